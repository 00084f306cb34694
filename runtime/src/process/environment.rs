//! The variables by which users set this crate up; those of launchers are `launcher`'s to read.
//!
//! Invariant: a process reads them once, and a value that makes no sense is an error, never a default.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::loop_parts::on_error::OnError;

/// The version of this crate.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

const THREADS: &str = "PARALLEL_FOR_THREADS";
const DEADLOCK_AFTER: &str = "PARALLEL_FOR_DEADLOCK_AFTER";
const SILENCE_AFTER: &str = "PARALLEL_FOR_SILENCE_AFTER";
const LOST_AFTER: &str = "PARALLEL_FOR_LOST_AFTER";
const CHECK: &str = "PARALLEL_FOR_CHECK";
const LOCAL: &str = "PARALLEL_FOR_LOCAL";
const LOG: &str = "PARALLEL_FOR_LOG";
const ON_ERROR: &str = "PARALLEL_FOR_ON_ERROR";
const CHECKPOINT: &str = "PARALLEL_FOR_CHECKPOINT";
const CHECKPOINT_EVERY: &str = "PARALLEL_FOR_CHECKPOINT_EVERY";
const CHECKPOINT_TRUST: &str = "PARALLEL_FOR_CHECKPOINT_TRUST";
const GRACE: &str = "PARALLEL_FOR_GRACE";
const PROGRESS: &str = "PARALLEL_FOR_PROGRESS";
const REPORT: &str = "PARALLEL_FOR_REPORT";
const TIMELINE: &str = "PARALLEL_FOR_TIMELINE";
pub(crate) const PLAN: &str = "PARALLEL_FOR_PLAN";
const KNOWN: [&str; 16] = [
    THREADS,
    DEADLOCK_AFTER,
    SILENCE_AFTER,
    LOST_AFTER,
    CHECK,
    LOCAL,
    ON_ERROR,
    LOG,
    CHECKPOINT,
    CHECKPOINT_EVERY,
    CHECKPOINT_TRUST,
    GRACE,
    PROGRESS,
    REPORT,
    TIMELINE,
    PLAN,
];
/// How all of them begin.
const PREFIX: &str = "PARALLEL_FOR_";
/// How variables begin that only the suites of this project read.
const OF_SUITES: &str = "PARALLEL_FOR_TEST_";
/// The size of rayon's own pool.
const RAYON_THREADS: &str = "RAYON_NUM_THREADS";

/// Where people see how far loops are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Showing {
    Nowhere,
    /// In a bar on a terminal, in lines elsewhere.
    Anywhere,
    /// In a bar: standard error is passed on to a terminal.
    Bar,
}

/// Where a report goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reporting {
    Off,
    ToStandardError,
    To(PathBuf),
}

/// A picture of what threads did, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Picture {
    pub(crate) path: PathBuf,
    pub(crate) format: PictureFormat,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PictureFormat {
    /// As a page for a browser.
    Page,
    /// As trace events, which Chrome and Perfetto show.
    TraceEvents,
}

/// What is measured for a plan, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Planning {
    /// The program ends when its loops have run for so long.
    pub(crate) limit: Duration,
    pub(crate) ranks: Vec<usize>,
}

/// What the variables say.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the user's"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Environment {
    /// The compute threads of this rank; `None` leaves them to the machine.
    pub(crate) threads: Option<usize>,
    /// How long a rank waits before it asks whether it waits forever; `None`: it never asks.
    pub(crate) patience: Option<Duration>,
    /// How long a rank that has something in hand may be silent before the master speaks of it.
    pub(crate) silence_after: Option<Duration>,
    /// The same before the job ends.
    pub(crate) lost_after: Option<Duration>,
    /// Whether ranks compare their items and the variables that bodies read.
    pub(crate) checks: bool,
    /// Whether each rank runs all loops of the program on its own threads.
    pub(crate) local: bool,
    /// What is done about iterations that panic, of loops that don't say it.
    pub(crate) on_error: OnError,
    /// Whether this rank writes what happens to its loops to stderr.
    pub(crate) log: bool,
    /// Where the master shows how far its loops are; `None` leaves it to the terminal and to the loops.
    pub(crate) progress: Option<Showing>,
    /// Where the master reports on its loops, when the program ends.
    pub(crate) report: Option<Reporting>,
    /// Where the master draws what threads did, when the program ends.
    pub(crate) timeline: Option<Picture>,
    /// Whether the program is only measured, to plan what ranks it should have.
    pub(crate) plan: Option<Planning>,
    /// The folder in which the master keeps what is finished.
    pub(crate) checkpoint: Option<PathBuf>,
    /// At most so much time passes until that is on the disk.
    pub(crate) checkpoint_every: Duration,
    /// Whether another build of the program, or one with other arguments, may go on with it.
    pub(crate) checkpoint_trust: bool,
    /// Where something is kept: for so long iterations that run may go on when the job is told to end.
    pub(crate) grace: Duration,
    /// The threads of rayon's pool; `None` where rayon chooses.
    pub(crate) rayon_threads: Option<usize>,
    /// Variables that are named like ours, and that nobody reads.
    pub(crate) unknown: Vec<String>,
}

impl Default for Environment {
    /// What holds where no variable is set.
    fn default() -> Self {
        Self {
            threads: None,
            patience: Some(Duration::from_secs(5)),
            silence_after: Some(Duration::from_secs(60)),
            lost_after: None,
            checks: true,
            local: false,
            on_error: OnError::Stop,
            log: false,
            progress: None,
            report: None,
            timeline: None,
            plan: None,
            checkpoint: None,
            checkpoint_every: Duration::from_secs(1),
            checkpoint_trust: false,
            grace: Duration::from_secs(10),
            rayon_threads: None,
            unknown: Vec::new(),
        }
    }
}

impl Environment {
    /// This process's, as the first call finds it.
    ///
    /// # Errors
    /// In words, when a value makes no sense.
    pub(crate) fn of_this_process() -> &'static Result<Self, String> {
        static READ: OnceLock<Result<Environment, String>> = OnceLock::new();
        READ.get_or_init(|| {
            let texts = env::vars_os().map(|(name, text)| {
                // What is no Unicode is no allowed value either, and stays one that can be shown.
                let [name, text] = [name, text].map(|text| text.to_string_lossy().into_owned());
                (name, text)
            });
            Self::parse(&texts.collect())
        })
    }

    /// The meaning of these texts, by the names of their variables.
    ///
    /// # Errors
    /// In words, when a value makes no sense.
    pub(crate) fn parse(texts: &BTreeMap<String, String>) -> Result<Self, String> {
        let usual = Self::default();
        let threads = "a number of threads from 1 to 4096";
        let patience = "a number of seconds (decimals are allowed) or `off`";
        let switch = "`1`, `on`, `0` or `off`";
        let seconds = "a number of seconds (decimals are allowed)";
        let reporting = "`1`, `on`, `0`, `off`, or the path of a file";
        let planning = "a number of seconds, or `SECONDS:RANKS,RANKS,…`";
        let picture = "`0`, `off`, or the path of a file that ends in `.html` or `.json`";
        let showing = "`1`, `on`, `0`, `off`, or `bar`";
        let folder = "the path of a folder, in a program that is built with the feature `checkpoint`, as it is by default";
        let failures = "`stop`, `skip`, or `retry(n)` with a number from 1 on";
        Ok(Self {
            threads: value(texts, THREADS, threads, read_threads)?,
            patience: value(texts, DEADLOCK_AFTER, patience, read_patience)?
                .unwrap_or(usual.patience),
            silence_after: value(texts, SILENCE_AFTER, patience, read_patience)?
                .unwrap_or(usual.silence_after),
            lost_after: value(texts, LOST_AFTER, patience, read_patience)?
                .unwrap_or(usual.lost_after),
            checks: value(texts, CHECK, switch, read_switch)?.unwrap_or(usual.checks),
            local: value(texts, LOCAL, switch, read_switch)?.unwrap_or(usual.local),
            on_error: value(texts, ON_ERROR, failures, OnError::parse)?.unwrap_or(usual.on_error),
            log: value(texts, LOG, switch, read_switch)?.unwrap_or(usual.log),
            progress: value(texts, PROGRESS, showing, read_showing)?,
            report: value(texts, REPORT, reporting, read_reporting)?,
            timeline: value(texts, TIMELINE, picture, read_picture)?.flatten(),
            plan: value(texts, PLAN, planning, read_planning)?,
            checkpoint: value(texts, CHECKPOINT, folder, read_folder)?,
            checkpoint_every: value(texts, CHECKPOINT_EVERY, seconds, read_seconds)?
                .unwrap_or(usual.checkpoint_every),
            checkpoint_trust: value(texts, CHECKPOINT_TRUST, switch, read_switch)?
                .unwrap_or(usual.checkpoint_trust),
            grace: value(texts, GRACE, seconds, read_seconds)?.unwrap_or(usual.grace),
            // As rayon does, which ignores what makes no sense to it, and chooses where this is 0.
            rayon_threads: texts
                .get(RAYON_THREADS)
                .and_then(|text| text.parse().ok())
                .filter(|&threads| threads > 0),
            unknown: texts
                .keys()
                .filter(|name| is_unknown(name))
                .cloned()
                .collect(),
        })
    }

    /// Whether the master has to know when threads do something.
    pub(crate) fn wants_spans(&self) -> bool {
        let reports = self.report.as_ref().is_some_and(|it| *it != Reporting::Off);
        reports || self.timeline.is_some()
    }

    /// The variables that must mean the same on all ranks, each with what it means.
    pub(crate) fn common(&self) -> [(&'static str, String); 7] {
        let seconds = |patience: Duration| patience.as_secs_f64().to_string();
        let switch = |is_on| if is_on { "on" } else { "off" }.to_owned();
        [
            (CHECK, switch(self.checks)),
            (LOCAL, switch(self.local)),
            (ON_ERROR, self.on_error.to_string()),
            (
                CHECKPOINT,
                self.checkpoint
                    .as_ref()
                    .map_or("off".to_owned(), |folder| folder.display().to_string()),
            ),
            (
                DEADLOCK_AFTER,
                self.patience.map_or("off".to_owned(), seconds),
            ),
            (
                SILENCE_AFTER,
                self.silence_after.map_or("off".to_owned(), seconds),
            ),
            (
                LOST_AFTER,
                self.lost_after.map_or("off".to_owned(), seconds),
            ),
        ]
    }
}

/// One of this process's variables, as others set it.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// What to say where variables with these names are set, which nobody reads.
pub(crate) fn warning<'a>(unknown: impl IntoIterator<Item = &'a String>) -> Option<String> {
    let unknown: Vec<&str> = unknown.into_iter().map(String::as_str).collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "parallel-for does not read {}\nhelp: it reads {}",
            unknown.join(", "),
            KNOWN.join(", ")
        )
    })
}

fn value<T>(
    texts: &BTreeMap<String, String>,
    name: &str,
    allowed: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, String> {
    let Some(text) = texts.get(name) else {
        return Ok(None);
    };
    let value = read(text.trim());
    value
        .map(Some)
        .ok_or_else(|| format!("{name}={text} is not {allowed}"))
}

fn read_threads(text: &str) -> Option<usize> {
    let threads = text.parse().ok();
    threads.filter(|threads| (1..=4096).contains(threads))
}

#[expect(clippy::option_option, reason = "`off` is a value, too")]
fn read_patience(text: &str) -> Option<Option<Duration>> {
    if text == "off" {
        return Some(None);
    }
    let patience = read_seconds(text)?;
    Some(Some(patience).filter(|patience| !patience.is_zero()))
}

fn read_seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

fn read_folder(text: &str) -> Option<PathBuf> {
    (!text.is_empty() && cfg!(feature = "checkpoint")).then(|| text.into())
}

fn read_switch(text: &str) -> Option<bool> {
    match text {
        "1" | "on" => Some(true),
        "0" | "off" => Some(false),
        _ => None,
    }
}

fn read_showing(text: &str) -> Option<Showing> {
    if text == "bar" {
        return Some(Showing::Bar);
    }
    let shows = read_switch(text)?;
    Some(if shows {
        Showing::Anywhere
    } else {
        Showing::Nowhere
    })
}

fn read_reporting(text: &str) -> Option<Reporting> {
    match read_switch(text) {
        Some(true) => Some(Reporting::ToStandardError),
        Some(false) => Some(Reporting::Off),
        None => (!text.is_empty()).then(|| Reporting::To(text.into())),
    }
}

/// The same path, wherever the program goes from here.
pub(super) fn anchored(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

fn read_planning(text: &str) -> Option<Planning> {
    const USUAL: &str = "1,8,64,512";
    const MOST: usize = 4096;
    let (limit, ranks) = text.split_once(':').unwrap_or((text, USUAL));
    let rank = |text: &str| text.parse().ok().filter(|it| (1..=MOST).contains(it));
    Some(Planning {
        limit: read_seconds(limit)?,
        ranks: ranks.split(',').map(rank).collect::<Option<_>>()?,
    })
}

#[expect(clippy::option_option, reason = "`off` is a value, too")]
fn read_picture(text: &str) -> Option<Option<Picture>> {
    if read_switch(text) == Some(false) {
        return Some(None);
    }
    let path = PathBuf::from(text);
    let format = match path.extension()?.to_str()? {
        "html" | "htm" => PictureFormat::Page,
        "json" => PictureFormat::TraceEvents,
        _ => return None,
    };
    Some(Some(Picture { path, format }))
}

fn is_unknown(name: &str) -> bool {
    // One in small letters is a slip, too.
    let capitals = name.to_uppercase();
    capitals.starts_with(PREFIX) && !name.starts_with(OF_SUITES) && !KNOWN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(texts: &[(&str, &str)]) -> Result<Environment, String> {
        let owned = texts
            .iter()
            .map(|&(name, text)| (name.to_owned(), text.to_owned()));
        Environment::parse(&owned.collect())
    }

    /// Every such text is an error, which names the variable, the text and what is allowed.
    fn refuses(name: &str, texts: &[&str], allowed: &str) {
        for text in texts {
            let words = parse(&[(name, text)]).unwrap_err();
            assert_eq!(words, format!("{name}={text} is not {allowed}"));
        }
    }

    #[test]
    fn nothing_is_the_usual() {
        assert_eq!(parse(&[("HOME", "/")]), Ok(Environment::default()));
    }

    #[test]
    fn only_sensible_numbers_of_threads_are_taken() {
        assert_eq!(parse(&[(THREADS, "3 ")]).unwrap().threads, Some(3));
        refuses(
            THREADS,
            &["0", "-1", "two", "", " ", "5000", "2.5", "\u{fffd}"],
            "a number of threads from 1 to 4096",
        );
    }

    #[test]
    fn patience_is_a_number_of_seconds_or_off() {
        let patience = |text| parse(&[(DEADLOCK_AFTER, text)]).unwrap().patience;
        assert_eq!(patience(" 0.25"), Some(Duration::from_millis(250)));
        assert_eq!(patience("90"), Some(Duration::from_secs(90)));
        for never in ["0", "off", "0.0", " off "] {
            assert_eq!(patience(never), None);
        }
        refuses(
            DEADLOCK_AFTER,
            &["-1", "soon", "", "inf", "NaN", "5s", "on"],
            "a number of seconds (decimals are allowed) or `off`",
        );
    }

    #[test]
    fn switches_are_on_or_off() {
        let checks = |text| parse(&[(CHECK, text)]).unwrap().checks;
        let local = |text| parse(&[(LOCAL, text)]).unwrap().local;
        let log = |text| parse(&[(LOG, text)]).unwrap().log;
        assert!(checks("1") && checks("on ") && local("1") && log("on"));
        assert!(!checks("0") && !checks(" off") && !local("off") && !log("0"));
        for name in [CHECK, LOCAL, LOG] {
            refuses(
                name,
                &["banana", "", "2", "00", "true", "Off"],
                "`1`, `on`, `0` or `off`",
            );
        }
    }

    #[test]
    fn what_is_done_about_panics_is_one_of_three_things() {
        let on_error = |text| parse(&[(ON_ERROR, text)]).unwrap().on_error;
        assert_eq!(on_error("stop"), OnError::Stop);
        assert_eq!(on_error(" skip"), OnError::Skip);
        assert_eq!(on_error("retry(3)"), OnError::Retry(3));
        refuses(
            ON_ERROR,
            &["", "retry", "retry(0)", "retry(-1)", "ignore", "Skip", "3"],
            "`stop`, `skip`, or `retry(n)` with a number from 1 on",
        );
    }

    #[test]
    fn progress_is_shown_nowhere_anywhere_or_in_a_bar() {
        let progress = |text| parse(&[(PROGRESS, text)]).unwrap().progress;
        assert_eq!(progress("1"), Some(Showing::Anywhere));
        assert_eq!(progress("off"), Some(Showing::Nowhere));
        assert_eq!(progress(" bar"), Some(Showing::Bar));
        refuses(
            PROGRESS,
            &["", "yes", "2", "Bar", "lines"],
            "`1`, `on`, `0`, `off`, or `bar`",
        );
    }

    #[test]
    fn a_report_goes_to_standard_error_or_a_file() {
        let report = |text| parse(&[(REPORT, text)]).unwrap().report;
        assert_eq!(report("1"), Some(Reporting::ToStandardError));
        assert_eq!(report("0"), Some(Reporting::Off));
        assert_eq!(report("out/r.txt"), Some(Reporting::To("out/r.txt".into())));
        refuses(
            REPORT,
            &["", " "],
            "`1`, `on`, `0`, `off`, or the path of a file",
        );
    }

    #[test]
    fn a_plan_is_for_some_ranks_after_some_seconds() {
        let plan = |text| parse(&[(PLAN, text)]).unwrap().plan.unwrap();
        assert_eq!(plan("20").ranks, [1, 8, 64, 512]);
        assert_eq!(plan("0.5:2,3").limit, Duration::from_millis(500));
        assert_eq!(plan("0.5:2,3").ranks, [2, 3]);
        refuses(
            PLAN,
            &["", "on", "5:", "5:0", "5:2,", "-1", "5:9999"],
            "a number of seconds, or `SECONDS:RANKS,RANKS,…`",
        );
    }

    #[test]
    fn a_picture_is_a_page_or_trace_events() {
        let timeline = |text| parse(&[(TIMELINE, text)]).unwrap().timeline;
        let format = |text| timeline(text).map(|picture| picture.format);
        assert_eq!(format("out/t.html"), Some(PictureFormat::Page));
        assert_eq!(format(" t.json"), Some(PictureFormat::TraceEvents));
        assert_eq!(timeline("0"), None);
        refuses(
            TIMELINE,
            &["", "1", "on", "t.png", "html", ".html", "t"],
            "`0`, `off`, or the path of a file that ends in `.html` or `.json`",
        );
    }

    #[test]
    fn rayons_variable_is_rayons_to_judge() {
        let threads = |text| parse(&[(RAYON_THREADS, text)]).unwrap().rayon_threads;
        assert_eq!(threads("3"), Some(3));
        for text in ["0", "many", " 3", ""] {
            assert_eq!(threads(text), None);
        }
    }

    #[test]
    fn what_is_only_named_like_a_variable_is_known_by_name() {
        let texts = [
            (CHECK, "1"),
            ("PARALLEL_FOR_CHECK_ITEMS", "0"),
            ("PARALLEL_FOR_TEST_REQUIRE_MPI", "1"),
            ("PARALLEL_FOREIGN", "1"),
            ("parallel_for_threads", "1"),
        ];
        let unknown = parse(&texts).unwrap().unknown;
        assert_eq!(
            unknown,
            ["PARALLEL_FOR_CHECK_ITEMS", "parallel_for_threads"]
        );
        let words = warning(&unknown).unwrap();
        for name in unknown.iter().map(String::as_str).chain(KNOWN) {
            assert!(words.contains(name), "{words}");
        }
        assert_eq!(warning(&[]), None);
    }

    #[test]
    fn what_ranks_must_share_does_not_depend_on_how_it_is_written() {
        let common = |check, patience| {
            let texts = [(CHECK, check), (DEADLOCK_AFTER, patience)];
            parse(&texts).unwrap().common()
        };
        assert_eq!(common("0", "0.50"), common("off", "0.5"));
        assert_eq!(common("1", "5"), Environment::default().common());
        assert_ne!(common("1", "off"), common("1", "5"));
    }
}
