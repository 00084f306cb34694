//! What becomes of events in the picture.

use std::slice;

use super::*;
use crate::loop_parts::items::Cost;

fn span(thread: u32, begun: u64, ended: u64) -> Span {
    Span {
        thread,
        begun,
        ended,
    }
}

/// Chunks that a thread of a rank has run, as the master hears now.
fn finish(
    timeline: &mut Timeline,
    call: &mut Open,
    rank: Rank,
    span: Span,
    chunk: std::ops::Range<u64>,
    now: u64,
) {
    let cost = Cost {
        nanos: span.ended - span.begun,
        slowest: None,
        span: Some(span),
    };
    let event = Event::Finished {
        rank,
        chunks: slice::from_ref(&chunk),
        cost,
        bytes: 0,
        memory: None,
    };
    timeline.notice(call, &event, now);
}

/// Of each track the rank, the thread, and when its bars begin and end.
type Lane = (Rank, u32, What, Vec<(u64, u64)>);

fn bars(timeline: &Timeline) -> Vec<Lane> {
    let tracks = timeline.tracks.iter().map(|(key, bars)| {
        let times = bars.iter().map(|bar| (bar.begun, bar.ended)).collect();
        (key.rank, key.thread, key.what, times)
    });
    tracks.collect()
}

/// A loop of two ranks; the clock of the other one is 1000 behind.
fn two_ranks() -> Timeline {
    let mut timeline = Timeline::default();
    timeline.compared(1, 4_000, (4_990, 5_010));
    let mut call = timeline.enter("simulate:12", 0, 5_100);
    let chunk = 4..8;
    let leased = Event::Leased {
        rank: 1,
        chunk: &chunk,
    };
    timeline.notice(&mut call, &leased, 5_110);
    finish(
        &mut timeline,
        &mut call,
        0,
        span(1, 5_120, 5_220),
        0..4,
        5_225,
    );
    finish(
        &mut timeline,
        &mut call,
        1,
        span(0, 4_120, 4_320),
        4..8,
        5_330,
    );
    let handled = Event::Handled {
        rank: 0,
        stage: Stage::Adding,
        span: span(0, 5_340, 5_350),
    };
    timeline.notice(&mut call, &handled, 5_350);
    timeline.end(&call, 5_400);
    timeline
}

#[test]
fn all_is_drawn_in_the_masters_time() {
    let timeline = two_ranks();
    assert_eq!(
        bars(&timeline),
        [
            (0, 0, What::Call, vec![(5_100, 5_400)]),
            (0, 0, What::Stage(Stage::Adding), vec![(5_340, 5_350)]),
            (0, 1, What::Chunk, vec![(5_120, 5_220)]),
            // Between 990 and 1010 more, as both were compared.
            (1, 0, What::Chunk, vec![(5_120, 5_320)]),
        ]
    );
    assert!(timeline.error <= 10, "{}", timeline.error);
}

#[test]
fn a_rank_whose_threads_nobody_asked_for_is_not_drawn() {
    let mut timeline = Timeline::default();
    let mut call = timeline.enter("f:1", 0, 10);
    let chunk = 0..3;
    let event = Event::Finished {
        rank: 1,
        chunks: slice::from_ref(&chunk),
        cost: Cost::default(),
        bytes: 0,
        memory: None,
    };
    timeline.notice(&mut call, &event, 20);
    assert_eq!(bars(&timeline), []);
}

#[test]
fn trace_events_are_what_chrome_reads() {
    let mut timeline = two_ranks();
    let call = timeline.enter("a \"quoted\"\nname", 0, 6_000);
    timeline.end(&call, 7_500);
    let text = trace_events(&timeline);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"displayTimeUnit":"ms","otherData":{"clock error in ns":10},"traceEvents":[{"name":"process_name","ph":"M","pid":0,"args":{"name":"rank 0"}},"#
    );
    assert_eq!(
        lines[1],
        r#"{"name":"simulate:12","cat":"call","ph":"X","pid":0,"tid":0,"ts":5.100,"dur":0.300,"args":{"items":8,"calls":1,"busy in us":0.300}},"#
    );
    assert!(
        text.contains(r#"{"name":"a \"quoted\"\u000aname","cat":"call","#),
        "{text}"
    );
    let chunk = r#"{"name":"simulate:12","cat":"chunk","ph":"X","pid":1,"tid":0,"ts":5.120,"dur":0.200,"args":{"first":4,"behind":8,"chunks":1,"busy in us":0.200}}]}"#;
    assert_eq!(lines.last(), Some(&chunk));
    assert_eq!(
        text.matches(['{', '[']).count(),
        text.matches(['}', ']']).count()
    );
}

#[test]
fn a_page_holds_its_data_whatever_is_in_them() {
    let mut timeline = two_ranks();
    let call = timeline.enter("</script><!--title-->/*data*/", 0, 6_000);
    timeline.end(&call, 7_500);
    let page = page(&timeline, "a<b>&c", "the report\n</script>");
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(page.contains("<title>Timeline: a b  c</title>"));
    assert!(page.contains("<h1>a b  c</h1>"));
    assert!(page.contains(r#""report":"the report\u000a\u003c/script\u003e""#));
    assert!(
        page.contains(r#"{"rank":1,"thread":0,"kind":1,"of":0,"bars":[[5120,200,200,1,4,8]]}"#)
    );
}

#[test]
fn a_page_of_a_large_cluster_can_be_sent_around() {
    let mut timeline = Timeline::default();
    let mut call = timeline.enter("f:1", 0, 0);
    for number in 0..1_000_000_u64 {
        let lane = number % (512 * 8);
        let (rank, thread) = ((lane / 8) as usize, (lane % 8) as u32);
        let begun = number / (512 * 8) * 5_000_000 + lane * 100;
        let span = span(thread, begun, begun + 4_000_000 + number % 900_000);
        finish(
            &mut timeline,
            &mut call,
            rank,
            span,
            number * 10..number * 10 + 10,
            span.ended,
        );
    }
    timeline.end(&call, 2_000_000_000);
    let page = page(&timeline, "large", "");
    assert!(page.len() < 20 << 20, "{} bytes", page.len());
    let chunks: u64 = timeline
        .tracks
        .iter()
        .filter(|(key, _)| key.what == What::Chunk)
        .flat_map(|(_, bars)| bars)
        .map(|bar| bar.count)
        .sum();
    assert_eq!(chunks, 1_000_000);
}
