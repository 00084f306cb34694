//! The timeline as one page, which needs nothing else: no network, no other file.

use std::fmt::Display;

use super::json::{Listed, Text};
use super::tracks::{Bar, Key};
use super::{Timeline, What};
use crate::observe::Stage;

/// The page, but for what is in it.
const PAGE: &str = include_str!("page.html");

/// Where the data stand in it, and the title.
const DATA: &str = "/*data*/";
const TITLE: &str = "<!--title-->";

/// A page with this title that shows the timeline, and a report beside it.
pub(crate) fn page(timeline: &Timeline, title: &str, report: &str) -> String {
    let title: String = title
        .chars()
        .map(|letter| match letter {
            '<' | '>' | '&' => ' ',
            letter => letter,
        })
        .collect();
    let page = PAGE.replace(TITLE, &title);
    page.replacen(DATA, &data(timeline, report), 1)
}

/// `{kinds, loops, tracks: [{rank, thread, kind, of, bars: [[begun, length, busy, count, first, behind], …]}, …], …}`, times in
/// nanoseconds.
fn data(timeline: &Timeline, report: &str) -> String {
    let stages = Stage::ALL.map(What::Stage);
    let kinds = [What::Call, What::Chunk].into_iter().chain(stages);
    let kinds: Vec<String> = kinds.map(|kind| Text(&kind.name()).to_string()).collect();
    let loops = timeline.loops.iter().map(|name| Text(name).to_string());
    let loops: Vec<String> = loops.collect();
    let tracks = timeline.tracks.iter().map(|(key, bars)| track(key, bars));
    let tracks: Vec<String> = tracks.map(|track| track.to_string()).collect();
    format!(
        "{{\"kinds\":[{}],\"loops\":[{}],\"error\":{},\"resolution\":{},\"report\":{},\"tracks\":[\n{}]}}",
        Listed(kinds.iter()),
        Listed(loops.iter()),
        timeline.error,
        timeline.tracks.resolution(),
        Text(report),
        Listed(tracks.iter()),
    )
}

fn track(key: &Key, bars: &[Bar]) -> impl Display {
    let kind = match key.what {
        What::Call => 0,
        What::Chunk => 1,
        What::Stage(stage) => 2 + stage as usize,
    };
    let bars = bars.iter().map(|bar| {
        format!(
            "[{},{},{},{},{},{}]",
            bar.begun,
            bar.ended - bar.begun,
            bar.busy,
            bar.count,
            bar.first,
            bar.behind
        )
    });
    let bars: Vec<String> = bars.collect();
    format!(
        "{{\"rank\":{},\"thread\":{},\"kind\":{kind},\"of\":{},\"bars\":[{}]}}\n",
        key.rank,
        key.thread,
        key.of,
        Listed(bars.iter())
    )
}
