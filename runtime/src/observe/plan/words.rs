//! The plan, as people read it.

use std::fmt::Write as _;
use std::time::Duration;

use super::{Estimate, Measured};
use crate::base::phrases::{Time, grouped};
use crate::loop_parts::schedule::Workforce;

/// What is known of the program around its loops.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// Since the program began.
    pub(crate) wall: Duration,
    /// Bytes of memory that it had at most: before its last loop, and in all.
    pub(crate) memory: Option<(u64, u64)>,
    /// Whether it was ended after so long in loops.
    pub(crate) limit: Option<Duration>,
}

/// What takes less is not worth a message.
const TINY: Duration = Duration::from_micros(1);

/// The plan for these numbers of ranks of one thread each.
pub(crate) fn words(loops: &[Measured], around: Around, ranks: &[usize]) -> String {
    let inside: Duration = loops.iter().map(|one| one.wall).sum();
    let outside = around.wall.saturating_sub(inside);
    let mut text = "parallel-for plan, from what one process did here".to_owned();
    if let Some(limit) = around.limit {
        let _ = write!(text, " until its loops had run for {}", Time(limit));
    }
    let Some(last) = loops.last() else {
        return text + ": no loop was reached";
    };
    let mut sums = vec![outside; ranks.len()];
    for one in loops {
        text += &about(one);
        text += "\n  ranks       time  speed-up  what limits it";
        for (&ranks, sum) in ranks.iter().zip(&mut sums) {
            let estimate = one.on(of(ranks), false);
            *sum += estimate.time;
            text += row(one, ranks, estimate).trim_end();
        }
        if one.each() < TINY {
            text += "\n  iterations so short cost less than their results on the way, which are not counted: several ranks take longer";
        }
    }
    let outside = Time(outside);
    let _ = write!(
        text,
        "\n\noutside of loops: {outside}, on every rank, however many there are\nall of it: "
    );
    for (number, (&ranks, &sum)) in ranks.iter().zip(&sums).enumerate() {
        let comma = if number > 0 { ", " } else { "" };
        let unit = if ranks == 1 { "rank" } else { "ranks" };
        let _ = write!(text, "{comma}{} on {ranks} {unit}", Time(sum));
    }
    if let Some((before, most)) = around.memory {
        let grown = u128::from(most.saturating_sub(before));
        let grown = grown * u128::from(last.items) / u128::from(last.run.max(1));
        let whole = u64::try_from(grown).map_or(u64::MAX, |grown| before.saturating_add(grown));
        let _ = write!(
            text,
            "\nmemory of the master: about {} MiB, if it grows with the items as it did here",
            grouped(whole >> 20)
        );
    }
    if last.cut {
        text += "\nwhat follows that loop is not known: a longer time limit tells";
    }
    text
}

/// What was measured of a loop, and how well the calculation tells what it took here.
fn about(one: &Measured) -> String {
    let mut text = format!("\n\n{}: {} items", one.name, grouped(one.items));
    if one.calls > 1 {
        let _ = write!(text, " of {} calls", grouped(one.calls));
    }
    if one.run < one.items {
        let _ = write!(text, ", {} of them measured", grouped(one.run));
    }
    let _ = write!(text, ", {} each", Time(one.each()));
    if !one.cut {
        let here = Workforce {
            ranks: 1,
            threads: one.threads,
        };
        let said = one.on(here, true).time;
        let threads = if one.threads == 1 {
            "thread"
        } else {
            "threads"
        };
        let _ = write!(
            text,
            "\n  here, on {} {threads}: {}; the same calculation says {}",
            one.threads,
            Time(one.wall),
            Time(said)
        );
    }
    text
}

fn row(one: &Measured, ranks: usize, estimate: Estimate) -> String {
    format!(
        "\n  {ranks:>5}  {:>9}  {:>8.1}  {}",
        Time(estimate.time).to_string(),
        seconds(estimate.alone) / seconds(estimate.time),
        limit(one, ranks, estimate)
    )
}

/// What keeps a loop from being as many times as fast as it has ranks.
fn limit(one: &Measured, ranks: usize, estimate: Estimate) -> String {
    let Estimate {
        time,
        longest,
        alone,
    } = estimate;
    let items = one.items / one.calls.max(1);
    let calls = u32::try_from(one.calls.max(1)).unwrap_or(u32::MAX);
    let efficiency = seconds(alone) / seconds(time) / ratio(ranks as u64, 1);
    if ranks == 1 || efficiency > 0.9 {
        String::new()
    } else if alone == time {
        "a call is over before other ranks come".to_owned()
    } else if longest > time / 2 {
        format!("its longest iteration: {}", Time(longest / calls))
    } else if items < 8 * ranks as u64 {
        format!("it has {} items only", grouped(items))
    } else if time < Duration::from_millis(1) * calls {
        "messages: a call is short".to_owned()
    } else {
        "messages, and waiting for the last iterations".to_owned()
    }
}

fn of(ranks: usize) -> Workforce {
    Workforce {
        ranks,
        threads: ranks,
    }
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64().max(1e-12)
}

#[expect(clippy::cast_precision_loss, reason = "it is an estimate")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Cost;
    use crate::observe::plan::Sample;

    /// A loop of which each item takes 10 ms, and half of them were measured.
    fn even(items: u64, cut: bool) -> Measured {
        let mut sample = Sample::default();
        let run = if cut { items / 2 } else { items };
        let nanos = run * 10_000_000;
        let cost = Cost {
            nanos,
            ..Cost::default()
        };
        sample.add(&(0..run), cost);
        Measured {
            name: "simulate:12".to_owned(),
            calls: 1,
            items,
            wall: Duration::from_nanos(nanos) / 2,
            run,
            busy: Duration::from_nanos(nanos),
            sample,
            cut,
            threads: 2,
        }
    }

    #[test]
    fn a_plan_reads_like_this() {
        let around = Around {
            wall: Duration::from_secs(12),
            memory: Some((100 << 20, 150 << 20)),
            limit: Some(Duration::from_secs(5)),
        };
        assert_eq!(
            words(&[even(2_000, true)], around, &[1, 8]),
            "parallel-for plan, from what one process did here until its loops had run for 5.0 s\n\n\
             simulate:12: 2,000 items, 1,000 of them measured, 10 ms each\n\
             \x20 ranks       time  speed-up  what limits it\n\
             \x20     1       20 s       1.0\n\
             \x20     8      2.5 s       8.0\n\n\
             outside of loops: 7.0 s, on every rank, however many there are\n\
             all of it: 27 s on 1 rank, 9.5 s on 8 ranks\n\
             memory of the master: about 200 MiB, if it grows with the items as it did here\n\
             what follows that loop is not known: a longer time limit tells"
        );
    }

    #[test]
    fn the_calculation_tells_its_own_error() {
        let around = Around {
            wall: Duration::from_secs(12),
            memory: None,
            limit: None,
        };
        let text = words(&[even(1_000, false)], around, &[2]);
        let here = "\n  here, on 2 threads: 5.0 s; the same calculation says 5.0 s\n";
        assert!(text.contains(here), "{text}");
        assert!(!text.contains("which are not counted"), "{text}");
        let mut tiny = even(1_000, false);
        tiny.busy = Duration::from_micros(10);
        assert!(words(&[tiny], around, &[2]).contains("which are not counted"));
        assert!(words(&[], around, &[2]).ends_with(": no loop was reached"));
    }

    #[test]
    fn one_iteration_may_be_the_limit() {
        let mut one = even(1_000, false);
        let long = Cost {
            nanos: 3_000_000_000,
            ..Cost::default()
        };
        one.sample.add(&(1_000..1_001), long);
        one.items += 1;
        let says = |ranks| limit(&one, ranks, one.on(of(ranks), false));
        assert_eq!(says(64), "its longest iteration: 3.0 s");
        assert_eq!(says(1), "");
    }
}
