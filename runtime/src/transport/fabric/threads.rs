//! N ranks in one process, for tests: whole programs of ranks without a message-passing library.
//!
//! Messages can be held back for a random time each (`Weather`), so that orders of arrival occur
//! which a quiet machine never shows. Order within one tag and pair of ranks is kept, as MPI does.
//! Lent frames are copied, and yet by chance some are done only when they were received: a program
//! that lends without receiving meanwhile hangs here too.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{Envelope, Fabric, LentBytes, Rank, Tag};
use crate::base::lock::lock;
use crate::base::shared::SharedBytes;

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
    received: Arc<AtomicBool>,
}

/// How long messages take: at random up to a limit, from a seed; and how much longer where they go from one host to the
/// other, of which each has one half of the ranks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    pub(crate) seed: u64,
    pub(crate) longest: Duration,
    pub(crate) far: Duration,
}

impl Weather {
    /// True or false, by chance.
    fn chance(&mut self) -> bool {
        self.step().is_multiple_of(2)
    }

    fn delay(&mut self) -> Duration {
        let longest = u64::try_from(self.longest.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(self.step() % longest.max(1))
    }

    fn step(&mut self) -> u64 {
        // A linear congruential step (Knuth's MMIX constants): any variety of delays will do.
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 33
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

impl Threads {
    /// Copies a message to where its receiver finds it; what tells when it was received.
    fn post(&self, to: Rank, tag: Tag, bytes: &[u8]) -> Arc<AtomicBool> {
        let is_here = |rank| rank < self.size().div_ceil(2);
        let mut weather = lock(&self.weather);
        let mut delay = weather.delay();
        if is_here(self.rank) != is_here(to) {
            delay += weather.far;
        }
        drop(weather);
        let received = Arc::new(AtomicBool::new(false));
        lock(&self.inboxes[to].messages).push_back(Delivery {
            due: Instant::now() + delay,
            tag,
            envelope: Envelope {
                source: self.rank,
                bytes: bytes.into(),
            },
            received: Arc::clone(&received),
        });
        received
    }
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

    fn send(&self, to: Rank, tag: Tag, bytes: SharedBytes) {
        self.post(to, tag, &bytes);
    }

    fn lend(&self, frames: &[LentBytes<'_>], meanwhile: &mut dyn FnMut(&[bool])) {
        let waited_for: Vec<Option<Arc<AtomicBool>>> = frames
            .iter()
            .map(|frame| {
                let received = self.post(frame.to, frame.tag, frame.bytes);
                lock(&self.weather).chance().then_some(received)
            })
            .collect();
        loop {
            let done: Vec<bool> = waited_for
                .iter()
                .map(|received| {
                    let received = received.as_ref();
                    received.is_none_or(|received| received.load(Ordering::Acquire))
                })
                .collect();
            if done.iter().all(|&done| done) {
                return;
            }
            meanwhile(&done);
        }
    }

    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        let now = Instant::now();
        let mut messages = lock(&self.inboxes[self.rank].messages);
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
        let delivery = messages.remove(index)?;
        delivery.received.store(true, Ordering::Release);
        Some(delivery.envelope)
    }

    fn receive_into(&self, source: Rank, tag: Tag, buffer: &mut [u8]) -> Option<usize> {
        let bytes = self.receive(Some(source), tag)?.bytes;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Some(bytes.len())
    }

    fn is_flushed(&self) -> bool {
        true
    }

    fn failure(&self) -> Option<String> {
        None
    }

    fn abort(&self, code: i32) -> ! {
        panic!("rank {} aborted the job with code {code}", self.rank)
    }

    fn finalize(&self) {}
}
