//! An iteration that may panic without ending the loop: it runs again, or is left out.
//!
//! Invariant: a try begins with a blank part, and what one that panicked wrote is gone with its part. So each iteration
//! is a chunk by itself in such loops, and nothing here depends on a loop's types.

use super::chunk::{Ran, Yield};
use crate::base::panicking;
use crate::base::thread_context::Identity;
use crate::loop_parts::items::{Cost, Next};
use crate::loop_parts::on_error::{Became, Mishap, OnError};

/// Runs a chunk, by a try that says what came of it, as often as `on_error` allows. Each is told whether there may be
/// another one after it, and the first is always made; another is not where there is nothing to run it with.
pub(super) fn run(
    on_error: OnError,
    length: u64,
    on: &Identity,
    attempt: &mut dyn FnMut(bool) -> Option<Yield>,
) -> (Yield, Option<Box<Mishap>>) {
    const FIRST: &str = "a chunk has its items once";
    if !on_error.goes_on() {
        return (attempt(false).expect(FIRST), None);
    }
    assert!(length <= 1, "a part holds one iteration");
    let _briefly = (on_error == OnError::Skip).then(panicking::briefly);
    let mut more = on_error.more_tries();
    let mut yielded = attempt(more > 0).expect(FIRST);
    let (mut panics, mut cost) = (0_u32, Cost::default());
    let mut last = None;
    while let Ran::Failed(panic) = &yielded.ran {
        panics = panics.saturating_add(1);
        last = Some(panic.clone());
        if more == 0 {
            break;
        }
        more -= 1;
        let Some(again) = attempt(more > 0) else {
            break;
        };
        cost.add(yielded.cost);
        yielded = again;
    }
    yielded.cost.add(cost);
    let Some(panic) = last else {
        return (yielded, None);
    };
    let failed = matches!(yielded.ran, Ran::Failed(_));
    let became = match (failed, on_error) {
        (false, _) => Became::Finished { panics },
        // The item behind it has ended the loop, on whatever rank.
        (true, OnError::Skip) if matches!(yielded.next, Next::Panic(_)) => return (yielded, None),
        (true, OnError::Skip) => Became::Skipped,
        (true, OnError::Stop | OnError::Retry(_)) => Became::Fatal { panics },
    };
    if became == Became::Skipped {
        yielded.ran = Ran::Skipped;
    }
    let mishap = Mishap {
        iteration: panic.iteration,
        rank: on.rank,
        host: on.host.clone(),
        became,
        report: panic.report,
    };
    (yielded, Some(Box::new(mishap)))
}
