//! When a rank that is not the manager asks for chunks. Pure.
//!
//! Invariant: the rank holds or has asked for one chunk for each of its threads and, while the manager says that
//! reserves pay, as many more for each as a thread runs until one that is asked for has come; at least one, and no more
//! than the manager allows.

use std::collections::VecDeque;
use std::time::Duration;

use crate::base::wait::Pace;
use crate::loop_parts::schedule::{NEAR, Reserve, is_far};
use crate::protocol::message::Wants;

/// What a rank that is known to be far asks for before the manager says what pays. It gives no more than that.
const EXPECTED: Reserve = Reserve {
    chunk: NEAR,
    spread: Duration::ZERO,
    most: u32::MAX,
};
/// What a new measurement counts against those before: a message that takes shorter was on its way, one that takes
/// longer may only have waited for a core, which no reserve hides. At most it counts as so many times as long.
const SHORTER: u32 = 2;
const LONGER: u32 = 16;
const BELIEF: u32 = 4;

/// What a rank has in hand.
#[derive(Debug)]
pub(crate) struct Worker {
    threads: u32,
    /// Chunks that were received and not finished.
    in_hand: u32,
    /// When chunks were asked for that have not come.
    asked: VecDeque<Duration>,
    reserve: Option<Reserve>,
    /// How long a chunk takes to come after it was asked for; zero where that is not known.
    round_trip: Duration,
}

impl Worker {
    /// For a rank with this round trip, as far as earlier loops tell.
    pub(crate) fn new(threads: usize, round_trip: Duration) -> Self {
        Self {
            threads: u32::try_from(threads.max(1)).unwrap_or(u32::MAX),
            in_hand: 0,
            asked: VecDeque::new(),
            reserve: is_far(round_trip).then_some(EXPECTED),
            round_trip,
        }
    }

    /// How many chunks to ask for now; they count as asked for.
    pub(crate) fn ask(&mut self, now: Duration) -> Wants {
        let depth = self.reserve.map_or(0, |it| it.depth(self.round_trip));
        let target = self.threads.saturating_mul(1 + depth);
        let asked = u32::try_from(self.asked.len()).unwrap_or(u32::MAX);
        let chunks = target.saturating_sub(self.in_hand.saturating_add(asked));
        self.asked.extend((0..chunks).map(|_| now));
        Wants {
            chunks,
            round_trip: self.round_trip,
        }
    }

    /// A chunk has come, with what the manager says of reserves. The wish for it has waited for so long at the manager,
    /// if that is known.
    pub(crate) fn receive(
        &mut self,
        now: Duration,
        reserve: Option<Reserve>,
        waited: Option<Duration>,
    ) {
        let asked = self.asked.pop_front();
        self.in_hand += 1;
        self.reserve = reserve;
        if let Some((asked, waited)) = asked.zip(waited) {
            self.measured(now.saturating_sub(asked).saturating_sub(waited));
        }
    }

    fn measured(&mut self, round_trip: Duration) {
        let before = self.round_trip;
        let believed = round_trip.min(before.saturating_mul(BELIEF));
        let count = if believed < before { SHORTER } else { LONGER };
        let others = before.saturating_mul(count - 1);
        self.round_trip = if before.is_zero() {
            round_trip
        } else {
            others.saturating_add(believed) / count
        };
    }

    /// How long a chunk takes to come; zero where that is not known.
    pub(crate) fn round_trip(&self) -> Duration {
        self.round_trip
    }

    /// A thread has finished a chunk.
    pub(crate) fn finish(&mut self) {
        self.in_hand -= 1;
    }

    /// Whether it has any in hand.
    pub(crate) fn is_busy(&self) -> bool {
        self.in_hand > 0
    }

    /// How to wait for the next message.
    pub(crate) fn pace(&self) -> Pace {
        if self.in_hand == 0 {
            Pace::Hot
        } else if self.in_hand < self.threads {
            Pace::Warm
        } else if !self.asked.is_empty() {
            Pace::Lazy
        } else {
            Pace::Local
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::loop_parts::schedule::DEEPEST;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// In chunks of 4 ms.
    fn reserve(most: u32) -> Reserve {
        Reserve {
            chunk: ms(4),
            spread: Duration::ZERO,
            most,
        }
    }

    fn asks(worker: &mut Worker, now: Duration) -> u32 {
        worker.ask(now).chunks
    }

    #[test]
    fn asks_for_one_chunk_per_thread_and_for_reserves_when_told() {
        let now = Duration::ZERO;
        let mut worker = Worker::new(2, Duration::ZERO);
        assert_eq!(asks(&mut worker, now), 2);
        assert_eq!(worker.pace(), Pace::Hot);
        assert_eq!(
            asks(&mut worker, now),
            0,
            "what was asked for is not asked for again"
        );
        worker.receive(now, None, None);
        worker.receive(now, Some(reserve(9)), None);
        assert_eq!(asks(&mut worker, now), 2, "one in reserve for each thread");
        worker.finish();
        assert_eq!(worker.pace(), Pace::Warm);
        assert_eq!(asks(&mut worker, now), 1);
        for _ in 0..3 {
            worker.receive(now, None, None);
        }
        assert_eq!(worker.pace(), Pace::Local);
        worker.finish();
        worker.finish();
        assert_eq!(
            asks(&mut worker, now),
            0,
            "without reserves two in hand are enough"
        );
    }

    #[test]
    fn a_far_rank_asks_for_what_it_runs_until_a_chunk_comes() {
        let mut worker = Worker::new(1, Duration::ZERO);
        assert_eq!(asks(&mut worker, ms(0)), 1);
        worker.receive(ms(120), Some(reserve(99)), Some(ms(20)));
        assert_eq!(worker.round_trip(), ms(100), "it has waited elsewhere, too");
        assert_eq!(asks(&mut worker, ms(120)), 25);
        worker.receive(ms(500), Some(reserve(99)), None);
        assert_eq!(
            worker.round_trip(),
            ms(100),
            "nobody knows when it was heard"
        );
        worker.receive(ms(120), Some(reserve(3)), Some(ms(20)));
        worker.finish();
        assert_eq!(
            asks(&mut worker, ms(121)),
            0,
            "towards the end there is less to be had"
        );
        let mut known = Worker::new(2, ms(100));
        assert_eq!(asks(&mut known, ms(0)), 2 * 26);
    }

    #[test]
    fn one_slow_answer_is_believed_in_part() {
        let mut worker = Worker::new(1, ms(10));
        for (took, believed) in [(10_000, 11_875), (10, 10_937), (0, 5_468)] {
            worker.asked = VecDeque::from([ms(0)]);
            worker.receive(ms(took), Some(reserve(9)), Some(ms(0)));
            assert_eq!(worker.round_trip().as_micros(), believed);
        }
    }

    proptest! {
        /// Clocks that go back, reserves of no time, round trips without end.
        #[test]
        fn there_is_always_something_in_hand_or_asked_for(
            steps in proptest::collection::vec((0..3_u8, any::<u64>(), any::<u64>(), any::<u32>()), 0..300),
            threads in 1..5_usize,
            known: u64,
        ) {
            let nanos = Duration::from_nanos;
            let mut worker = Worker::new(threads, nanos(known));
            let mut now = Duration::ZERO;
            for (what, time, chunk, most) in steps {
                let open = worker.asked.len();
                match what {
                    0 if open > 0 => {
                        now = nanos(time);
                        let reserve = Reserve { chunk: nanos(chunk), spread: nanos(time), most };
                        worker.receive(now, Some(reserve), Some(nanos(chunk / 2)));
                    }
                    1 if worker.in_hand > 0 => worker.finish(),
                    _ => {}
                }
                worker.ask(now);
                let all = worker.asked.len() + worker.in_hand as usize;
                prop_assert!(all >= threads && all <= threads * (1 + DEEPEST as usize));
            }
        }
    }
}
