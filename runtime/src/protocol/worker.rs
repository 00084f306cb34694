//! When a rank that is not the manager asks for chunks. Pure.
//!
//! Invariant: the rank holds or has asked for one chunk for each of its threads, and one more for
//! each while the manager says that reserves pay.

use crate::base::wait::Pace;

/// What a rank has in hand.
#[derive(Debug)]
pub(crate) struct Worker {
    threads: u32,
    /// Chunks that were received and not finished.
    in_hand: u32,
    asked: u32,
    reserve: bool,
}

impl Worker {
    pub(crate) fn new(threads: usize) -> Self {
        Self {
            threads: u32::try_from(threads.max(1)).unwrap_or(u32::MAX),
            in_hand: 0,
            asked: 0,
            reserve: false,
        }
    }

    /// How many chunks to ask for now; they count as asked for.
    pub(crate) fn ask(&mut self) -> u32 {
        let target = self.threads * if self.reserve { 2 } else { 1 };
        let wants = target.saturating_sub(self.in_hand + self.asked);
        self.asked += wants;
        wants
    }

    /// A chunk has come.
    pub(crate) fn receive(&mut self, reserve: bool) {
        self.asked -= 1;
        self.in_hand += 1;
        self.reserve = reserve;
    }

    /// A thread has finished a chunk.
    pub(crate) fn finish(&mut self) {
        self.in_hand -= 1;
    }

    /// How to wait for the next message.
    pub(crate) fn pace(&self) -> Pace {
        if self.in_hand == 0 {
            Pace::Hot
        } else if self.in_hand < self.threads {
            Pace::Warm
        } else if self.asked > 0 {
            Pace::Lazy
        } else {
            Pace::Local
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_one_chunk_per_thread_and_for_reserves_when_told() {
        let mut worker = Worker::new(2);
        assert_eq!(worker.ask(), 2);
        assert_eq!(worker.pace(), Pace::Hot);
        assert_eq!(worker.ask(), 0, "what was asked for is not asked for again");
        worker.receive(false);
        worker.receive(true);
        assert_eq!(worker.ask(), 2, "one in reserve for each thread");
        worker.finish();
        assert_eq!(worker.pace(), Pace::Warm);
        assert_eq!(worker.ask(), 1);
        for _ in 0..3 {
            worker.receive(false);
        }
        assert_eq!(worker.pace(), Pace::Local);
        worker.finish();
        worker.finish();
        assert_eq!(worker.ask(), 0, "without reserves two in hand are enough");
    }
}
