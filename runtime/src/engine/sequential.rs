//! A loop that is reached inside a body: no other rank or thread has a part in it.

use super::chunk::HIDDEN_BREAK;
use crate::base::clock::nanoseconds;
use crate::base::panicking;
use crate::base::usage::most_files;
use crate::loop_parts::gather::{Blanks as _, Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource, Limit, Next, Prefetch, Taken, leaving};

/// Runs all items on the present thread, in order, as the loop stands: for loops inside a body.
pub(crate) fn run_sequentially<S, O, F>(mut source: S, body: &F, outputs: &mut O)
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    /// Iterations between two merges.
    const STRETCH: u64 = 1024;
    // Many threads may do this at the same time.
    let ahead = Prefetch::share(64, most_files(), &|| false);
    let mut start = 0;
    let mut blanks = outputs.blanks(source.length());
    loop {
        let Taken {
            iter, length, next, ..
        } = source.take(start..start + STRETCH, false, &ahead);
        let chunk = Chunk::new(iter, start, length, Limit::none(), nanoseconds, false);
        let part = blanks.blank(&(start..start + length));
        let (filled, left) = leaving(|| body(chunk, part));
        assert!(!left.is_some_and(|left| left.early), "{HIDDEN_BREAK}");
        let mut part = filled.part();
        if let Err(report) = panicking::catch(|| outputs.absorb(&mut part)) {
            panicking::resume(report);
        }
        blanks.reuse(part);
        start += length;
        match next {
            Next::Panic(panic) => panicking::resume(panic.report),
            Next::End => return,
            Next::More if length == 0 => return,
            Next::More => {}
        }
    }
}
