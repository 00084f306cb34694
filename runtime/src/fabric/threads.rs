//! N ranks in one process, for tests: whole programs of ranks without a message-passing library.
//!
//! Messages can be held back for a random time each (`Weather`), so that orders of arrival occur
//! which a quiet machine never shows. Order within one tag and pair of ranks is kept, as MPI does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Envelope, Fabric, Rank, Tag};

/// One rank of a world of threads.
#[derive(Debug)]
pub(crate) struct Threads {
    rank: Rank,
    inboxes: Arc<Vec<Inbox>>,
    weather: Mutex<Weather>,
}

#[derive(Debug, Default)]
struct Inbox {
    messages: Mutex<VecDeque<Delivery>>,
}

#[derive(Debug)]
struct Delivery {
    due: Instant,
    tag: Tag,
    envelope: Envelope,
}

/// How long messages take: at random up to a limit, from a seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    pub(crate) seed: u64,
    pub(crate) longest: Duration,
}

impl Weather {
    fn delay(&mut self) -> Duration {
        // A linear congruential step (Knuth's MMIX constants): any variety of delays will do.
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let longest = u64::try_from(self.longest.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos((self.seed >> 33) % longest.max(1))
    }
}

/// A world of `size` ranks, one value for the thread of each.
pub(crate) fn world(size: usize, weather: Weather) -> Vec<Threads> {
    let inboxes = Arc::new((0..size).map(|_| Inbox::default()).collect::<Vec<_>>());
    (0..size)
        .map(|rank| Threads {
            rank,
            inboxes: Arc::clone(&inboxes),
            weather: Mutex::new(Weather {
                seed: weather.seed ^ (rank as u64) << 32,
                ..weather
            }),
        })
        .collect()
}

impl Fabric for Threads {
    fn rank(&self) -> Rank {
        self.rank
    }

    fn size(&self) -> usize {
        self.inboxes.len()
    }

    fn processor_name(&self) -> String {
        "localhost".to_owned()
    }

    fn send(&self, to: Rank, tag: Tag, bytes: Vec<u8>) {
        let due = Instant::now()
            + self
                .weather
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .delay();
        let envelope = Envelope {
            source: self.rank,
            bytes,
        };
        let mut messages = self.inboxes[to]
            .messages
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        messages.push_back(Delivery { due, tag, envelope });
    }

    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        let now = Instant::now();
        let mut messages = self.inboxes[self.rank]
            .messages
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // A message that is late holds back the later ones of its sender and tag.
        let mut late: Vec<Rank> = Vec::new();
        let index = messages.iter().position(|delivery| {
            let from = delivery.envelope.source;
            let wanted = delivery.tag == tag
                && source.is_none_or(|source| source == from)
                && !late.contains(&from);
            if wanted && delivery.due > now {
                late.push(from);
            }
            wanted && delivery.due <= now
        })?;
        messages.remove(index).map(|delivery| delivery.envelope)
    }

    fn is_flushed(&self) -> bool {
        true
    }

    #[cfg(feature = "mpi")]
    fn abort(&self, code: i32) -> ! {
        panic!("rank {} aborted the job with code {code}", self.rank)
    }

    #[cfg(feature = "mpi")]
    fn finalize(&self) {}
}
