//! What a thread collects before it hands it in.

use std::ops::Range;

/// Chunks that a thread has run and not handed in.
pub(super) struct Bundle<P> {
    pub(super) chunks: Vec<Range<u64>>,
    pub(super) parts: Vec<P>,
    pub(super) digest: u64,
    pub(super) nanos: u64,
}

impl<P> Bundle<P> {
    pub(super) fn new() -> Self {
        Self {
            chunks: Vec::new(),
            parts: Vec::new(),
            digest: 0,
            nanos: 0,
        }
    }

    pub(super) fn add(&mut self, chunk: Range<u64>, part: P, digest: u64, nanos: u64) {
        self.chunks.push(chunk);
        self.parts.push(part);
        self.digest = self.digest.wrapping_add(digest);
        self.nanos += nanos;
    }
}
