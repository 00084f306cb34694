//! The picture of what all threads did: that it shows what has happened, and that browsers draw it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use parallel_for_tests::{Folder, Outcome, Program, Vendor, under_each_mpi};
use serde_json::Value;

under_each_mpi! {
    all_ranks_are_drawn
}

/// What is drawn of a thread, in microseconds.
#[derive(Debug)]
struct Drawn {
    name: String,
    kind: String,
    rank: u64,
    thread: u64,
    begun: f64,
    ended: f64,
    arguments: Value,
}

fn watched(picture: &str) -> Program {
    Program::new("fault_watched")
        .variable("PARALLEL_FOR_PROGRESS", "0")
        .variable("PARALLEL_FOR_TIMELINE", picture)
}

/// A folder for pictures.
fn folder() -> Folder {
    let folder = Folder::new("timeline");
    fs::create_dir_all(folder.path()).expect("the folder is ours");
    folder
}

/// The loops of the program are all that it says.
fn is_fine(outcome: &Outcome) {
    let said: Vec<&str> = outcome.stderr.lines().collect();
    let loops = said
        .iter()
        .filter(|line| !line.starts_with("parallel-for: sums of numbers"));
    assert_eq!((outcome.code, loops.count()), (0, 0), "{outcome}");
}

/// The complete events of a file, and the largest error of clocks.
fn read(path: &str) -> (Vec<Drawn>, f64) {
    let text = fs::read_to_string(path).expect("it is written");
    let all: Value = serde_json::from_str(&text).expect("it is JSON");
    let events = all["traceEvents"].as_array().expect("a list of events");
    let complete = events.iter().filter(|event| event["ph"] == "X");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let drawn = complete.map(|event| {
        let begun = event["ts"].as_f64().expect("a time");
        Drawn {
            name: text(&event["name"]),
            kind: text(&event["cat"]),
            rank: event["pid"].as_u64().expect("a rank"),
            thread: event["tid"].as_u64().expect("a thread"),
            begun,
            ended: begun + event["dur"].as_f64().expect("a time"),
            arguments: event["args"].clone(),
        }
    });
    let error = all["otherData"]["clock error in ns"].as_f64();
    (drawn.collect(), error.expect("an error") / 1e3)
}

/// Everything is there that so many ranks with so many compute threads each have run, at its time.
fn check(path: &str, ranks: u64, threads: usize) {
    let (drawn, error) = read(path);
    let mut lanes: BTreeMap<(u64, u64), Vec<&Drawn>> = BTreeMap::new();
    for (name, items) in [("long:", 60), ("sums of numbers", 60), ("hidden:", 30)] {
        let of_loop = drawn.iter().filter(|it| it.name.starts_with(name));
        let (calls, chunks): (Vec<_>, Vec<_>) = of_loop.partition(|it| it.kind == "call");
        let [call] = calls[..] else {
            panic!("one call of {name}: {calls:?}");
        };
        assert_eq!(call.arguments["items"], items, "{call:?}");
        let mut iterations = BTreeSet::new();
        for chunk in &chunks {
            assert_eq!(chunk.kind, "chunk");
            // One chunk at a time is handed in, as each takes long.
            let bound = |name: &str| chunk.arguments[name].as_u64().expect("an iteration");
            for iteration in bound("first")..bound("behind") {
                assert!(iterations.insert(iteration), "{iteration} of {name} twice");
                // Iterations sleep that long.
                assert!(chunk.ended - chunk.begun >= 80e3, "{chunk:?}");
            }
            assert!(
                chunk.begun >= call.begun - 2.0 * error,
                "{chunk:?} {call:?}"
            );
            assert!(
                chunk.ended <= call.ended + 2.0 * error,
                "{chunk:?} {call:?}"
            );
            lanes
                .entry((chunk.rank, chunk.thread))
                .or_default()
                .push(chunk);
        }
        assert!(iterations.into_iter().eq(0..items), "all of {name}");
        let at_work: BTreeSet<u64> = chunks.iter().map(|chunk| chunk.rank).collect();
        assert!(at_work.into_iter().eq(0..ranks), "{name}");
    }
    assert_eq!(lanes.len(), usize::try_from(ranks).unwrap() * threads);
    for mut lane in lanes.into_values() {
        lane.sort_by(|one, other| one.begun.total_cmp(&other.begun));
        for pair in lane.windows(2) {
            let [one, next] = pair else { unreachable!() };
            assert!(
                one.ended <= next.begun + 2.0 * error + 1.0,
                "{one:?} {next:?}"
            );
        }
    }
    let short = drawn.iter().filter(|it| it.name.starts_with("short:"));
    let short: Vec<&Drawn> = short.collect();
    let sum = |kind: &str, what: &str| -> u64 {
        let all = short.iter().filter(|it| it.kind == kind);
        all.map(|it| it.arguments[what].as_u64().expect("a number"))
            .sum()
    };
    assert_eq!(sum("call", "calls"), 1000);
    assert!(sum("chunk", "chunks") >= 1000);
}

#[test]
fn a_process_is_drawn() {
    let folder = folder();
    let path = folder.file("t.json");
    is_fine(&watched(&path).run_threads(2));
    check(&path, 1, 2);
}

fn all_ranks_are_drawn(vendor: Vendor) {
    let folder = folder();
    let path = folder.file("t.json");
    is_fine(
        &watched(&path)
            .variable("PARALLEL_FOR_THREADS", "2")
            .run_ranks(vendor, 3),
    );
    check(&path, 3, 2);
    let page = folder.file("t.html");
    is_fine(&watched(&page).argument("quick").run_ranks(vendor, 2));
    check_page(&page);
}

#[test]
fn a_page_is_drawn_by_a_browser() {
    let folder = folder();
    let page = folder.file("t.html");
    is_fine(&watched(&page).run_threads(2));
    check_page(&page);
    let text = fs::read_to_string(&page).expect("it is written");
    assert!(text.contains("parallel-for report: 1 process"));
    for outside in ["http://", "https://", "src=", "@import", "fetch("] {
        assert!(!text.contains(outside), "a page that needs {outside}");
    }
}

/// Shows a page in a browser, and compares what that has drawn with what the page holds.
fn check_page(page: &str) {
    let text = fs::read_to_string(page).expect("it is written");
    let (_, data) = text.split_once(r#"id="data">"#).expect("data");
    let (data, _) = data.split_once("</script>").expect("their end");
    let data: Value = serde_json::from_str(data).expect("JSON");
    let tracks = data["tracks"].as_array().expect("tracks");
    let count = |kind: u64| -> u64 {
        let tracks = tracks.iter().filter(|track| track["kind"] == kind);
        let bars = tracks.flat_map(|track| track["bars"].as_array().expect("bars"));
        bars.map(|bar| bar[3].as_u64().expect("a number")).sum()
    };
    let lanes: BTreeSet<(u64, u64, bool)> = tracks
        .iter()
        .map(|track| {
            let number = |name: &str| track[name].as_u64().expect("a number");
            (number("rank"), number("thread"), number("kind") == 0)
        })
        .collect();
    let Some(drawn) = shown(page) else { return };
    for (name, number) in [
        ("errors", 0),
        ("calls", count(0)),
        ("chunks", count(1)),
        ("lanes", lanes.len() as u64),
    ] {
        let expected = format!(r#"data-{name}="{number}""#);
        assert!(drawn.contains(&expected), "no {expected} in {drawn}");
    }
    assert!(drawn.contains(r#"data-drawn="yes""#), "{drawn}");
    assert!(count(0) >= 1000 && count(1) >= 1000);
}

/// The beginning of what a browser makes of a page.
fn shown(page: &str) -> Option<String> {
    let paths = ["chromium", "chromium-browser", "google-chrome"]
        .map(|name| Path::new("/usr/bin").join(name));
    let Some(browser) = paths.iter().find(|path| path.exists()) else {
        println!("SKIPPED: no browser (package chromium)");
        return None;
    };
    let profile = Folder::new("browser");
    let shown = Command::new("timeout")
        .arg("120")
        .arg(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ])
        .arg(format!("--user-data-dir={}", profile.name()))
        .args([
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--dump-dom",
        ])
        .arg(format!("file://{page}"))
        .output()
        .expect("the browser runs");
    let said = String::from_utf8_lossy(&shown.stderr);
    assert!(!said.contains("CONSOLE"), "{said}");
    let drawn = String::from_utf8_lossy(&shown.stdout);
    Some(drawn.lines().take(3).collect())
}

#[test]
fn what_is_no_picture_is_refused_and_what_cant_be_written_is_told() {
    let outcome = watched("t.png").run_threads(1);
    assert_eq!((outcome.code, &*outcome.stdout), (2, ""), "{outcome}");
    assert_eq!(
        outcome.stderr,
        "error: PARALLEL_FOR_TIMELINE=t.png is not `0`, `off`, or the path of a file that ends in `.html` or `.json`\n"
    );
    let folder = folder();
    let missing = folder.file("missing/t.html");
    let outcome = watched(&missing).argument("quick").run_threads(2);
    assert_eq!(outcome.code, 0, "{outcome}");
    let warning = format!("warning: the timeline can't be written to {missing}: ");
    assert!(outcome.stderr.starts_with(&warning), "{outcome}");
}
