//! Checks the items of chunks that an earlier start of the program has run, and which nobody runs now: they are digested when
//! the iterator passes them.
//!
//! Invariant: parts of an earlier start are taken only once their items were passed: adding them may change what items are
//! made from.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::supply::AnySource;
use crate::checkpoint::Expected;
use crate::loop_parts::items::{Next, Panic, Prefetch};

/// See the module.
#[derive(Debug)]
pub(super) struct Verification {
    /// The chunks, by their starts, each with its place in the list of digests.
    chunks: VecDeque<(Range<u64>, usize)>,
    /// For chunks that were run together: what is missing of their digest, and how many chunks.
    missing: Vec<(u64, usize)>,
    verified: Arc<Verified>,
}

/// What is known by now, for whoever asks.
#[derive(Debug, Default)]
pub(crate) struct Verified {
    until: AtomicU64,
    different: OnceLock<Range<u64>>,
}

impl Verified {
    /// The items of chunks before this iteration were passed.
    pub(crate) fn until(&self) -> u64 {
        self.until.load(Ordering::Acquire)
    }

    /// A chunk with other items than it had.
    pub(crate) fn different(&self) -> Option<&Range<u64>> {
        self.different.get()
    }

    /// Of chunks that nobody compares.
    pub(crate) fn unseen() -> Self {
        Self {
            until: u64::MAX.into(),
            different: OnceLock::new(),
        }
    }

    fn differs(&self, chunk: Range<u64>) {
        // The first one is told of.
        let _ = self.different.set(chunk);
    }
}

impl Verification {
    pub(super) fn new(expected: Vec<Expected>) -> Self {
        let missing = expected.iter().map(|it| (it.digest, it.chunks.len()));
        let missing = missing.collect();
        let chunks = expected.into_iter().enumerate();
        let mut chunks: Vec<_> = chunks
            .flat_map(|(place, it)| it.chunks.into_iter().map(move |chunk| (chunk, place)))
            .collect();
        chunks.sort_by_key(|(chunk, _)| chunk.start);
        Self {
            chunks: chunks.into(),
            missing,
            verified: Arc::default(),
        }
    }

    pub(super) fn verified(&self) -> &Arc<Verified> {
        &self.verified
    }

    /// Passes the items of all chunks before an iteration. Those before `settled` are not needed again.
    pub(super) fn pass_until(
        &mut self,
        iteration: u64,
        settled: u64,
        source: &mut dyn AnySource,
    ) -> Option<Panic> {
        while let Some((chunk, place)) = self.next_before(iteration) {
            source.release(settled.min(chunk.start));
            let passed = source.pass(chunk.clone(), true, &Prefetch::all());
            if let Next::Panic(panic) = passed.next {
                return Some(panic);
            }
            let (missing, chunks) = &mut self.missing[place];
            *missing = missing.wrapping_sub(passed.digest);
            *chunks -= 1;
            let is_short = passed.length < chunk.end - chunk.start;
            if is_short || *chunks == 0 && *missing != 0 {
                self.verified.differs(chunk.clone());
            }
            self.verified.until.store(chunk.end, Ordering::Release);
        }
        if self.chunks.is_empty() {
            self.verified.until.store(u64::MAX, Ordering::Release);
        }
        None
    }

    fn next_before(&mut self, iteration: u64) -> Option<(Range<u64>, usize)> {
        let (first, _) = self.chunks.front()?;
        (first.start < iteration).then(|| self.chunks.pop_front())?
    }

    /// The same of those behind the last one that was handed out.
    pub(super) fn pass_all(&mut self, source: &mut dyn AnySource) {
        let first = self.chunks.front().map(|(chunk, _)| chunk.clone());
        if let Some(first) = first
            && self.pass_until(u64::MAX, first.start, source).is_some()
        {
            // They did not panic before.
            self.verified.differs(first);
        }
    }
}
