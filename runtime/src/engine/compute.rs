//! What each compute thread of a rank does: take a chunk, run the body, hand in the part.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::bundle::{Bundle, Unfit};
use super::chunk::{Ran, run_chunk};
use super::chunk_source::ChunkSource;
use super::{EncodedParts, panicked};
use crate::base::faithful::{Check, is_plain};
use crate::base::panicking;
use crate::base::rank::SEVERAL;
use crate::base::thread_context::Identity;
use crate::base::wait::Waker;
use crate::base::wire::{self, Encoded, Encoder, Format, Refused};
use crate::loop_parts::gather::{Blanks, Filled, Part, Rewind};
use crate::loop_parts::items::{Chunk, Cost, Next, Panic, Taken};
use crate::observe::Observers;
use crate::process::crew::Job;
use crate::protocol::message::{Cause, Finished, Halt, Outcome};
use crate::transport::link::Link;

/// Threads that can come have come by then.
const COMING: Duration = Duration::from_millis(100);

/// What the threads of a rank share.
#[derive(Debug)]
pub(crate) struct ComputeJob<D, B: Blanks, F> {
    pub(crate) chunks: D,
    body: F,
    blanks: Mutex<B>,
    handling: Handling,
    encoder: Encoder,
    done: Mutex<Vec<Done<B::Part>>>,
    /// Threads that have begun and not come back yet.
    at_work: AtomicUsize,
    lost: AtomicBool,
    /// Whether any thread has begun.
    begun: AtomicBool,
    /// Whether none did for long.
    deserted: AtomicBool,
    identity: Arc<Identity>,
    waker: Arc<Waker>,
    observers: Observers,
}

/// What happens to the parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handling {
    /// They are needed on this rank.
    pub(crate) keep: bool,
    /// They travel.
    pub(crate) encode: bool,
    /// So many ranks run the loop.
    pub(crate) ranks: usize,
    /// So many chunks are handed in together.
    pub(crate) bundle: usize,
    /// The main thread has to do something for the next chunk; otherwise it looks by itself.
    pub(crate) prompt: bool,
}

/// What a thread hands in.
#[derive(Debug)]
pub(crate) struct Done<P> {
    pub(crate) finished: Finished,
    pub(crate) parts: Vec<P>,
    pub(crate) encoded: Option<EncodedParts>,
}

impl<D, B, F> ComputeJob<D, B, F>
where
    D: ChunkSource,
    B: Blanks<Part: Part>,
    F: Fn(Chunk<D::Iter>, B::Part) -> Filled<B::Part>,
{
    pub(crate) fn new(link: &Link, chunks: D, body: F, blanks: B, handling: Handling) -> Self {
        Self {
            chunks,
            body,
            blanks: Mutex::new(blanks),
            handling,
            encoder: Encoder::default(),
            done: Mutex::default(),
            at_work: AtomicUsize::new(0),
            lost: AtomicBool::new(false),
            begun: AtomicBool::new(false),
            deserted: AtomicBool::new(false),
            identity: Arc::clone(link.identity()),
            waker: Arc::clone(link.waker()),
            observers: link.observers().clone(),
        }
    }

    /// Whether the present thread has to run chunks: there is no other one, or none has come for long, as
    /// it waits for a lock that this one holds. So long has this one `slept`.
    pub(crate) fn are_missing(&self, threads: usize, slept: Duration) -> bool {
        if threads == 0 {
            return true;
        }
        if self.begun.load(Ordering::Relaxed) {
            return false;
        }
        if slept > COMING {
            self.deserted.store(true, Ordering::Relaxed);
        }
        self.deserted.load(Ordering::Relaxed)
    }

    /// Whether all threads that have begun are back. Asked after the source had nothing more to hand out,
    /// this says that all has been handed in.
    pub(crate) fn are_back(&self) -> bool {
        self.at_work.load(Ordering::SeqCst) == 0
    }

    /// What was handed in since the last call.
    ///
    /// # Panics
    /// Panics when a compute thread is lost, so that nobody waits for what it had in hand.
    pub(crate) fn take_done(&self) -> Vec<Done<B::Part>> {
        assert!(
            !self.lost.load(Ordering::Acquire),
            "a compute thread is lost; it has said why"
        );
        std::mem::take(&mut *self.done.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes back what is left of a part that was added to the outputs.
    pub(crate) fn reuse(&self, part: B::Part) {
        self.blanks().reuse(part);
    }

    fn blanks(&self) -> MutexGuard<'_, B> {
        self.blanks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one chunk on the present thread if there is one now.
    pub(crate) fn step(&self) -> bool {
        let Some((chunk, items)) = self.chunks.next(false) else {
            return false;
        };
        let mut bundle = Bundle::new();
        if self.run(chunk, items, &mut bundle) {
            self.hand_in(bundle);
        }
        true
    }

    /// Runs chunks on the present thread for so long, and hands them in together; whether there was any.
    pub(crate) fn step_for(&self, time: Duration) -> bool {
        let begun = Instant::now();
        let (mut bundle, mut any) = (Bundle::new(), false);
        while begun.elapsed() <= time
            && let Some((chunk, items)) = self.chunks.next(false)
        {
            any = true;
            self.run(chunk, items, &mut bundle);
        }
        self.hand_in(bundle);
        any
    }

    /// Runs one chunk into a bundle; whether that is still to be handed in.
    fn run(
        &self,
        chunk: Range<u64>,
        items: Result<Taken<D::Iter>, Panic>,
        bundle: &mut Bundle<B::Part>,
    ) -> bool {
        let (ran, digest, cost) = match items {
            Ok(taken) if is_short(&taken, &chunk) => {
                let outcome = Outcome::Short {
                    length: chunk.start + taken.length,
                };
                self.hand_in_outcome(vec![chunk], outcome);
                return false;
            }
            Ok(mut taken) => {
                let digest = taken.digest;
                let next = std::mem::replace(&mut taken.next, Next::More);
                let limit = self.chunks.limit().clone();
                let (on, observers) = (self.identity.rank, &self.observers);
                let part = self.blanks().blank(&chunk);
                let (ran, cost) = run_chunk(&self.body, &chunk, part, taken, limit, on, observers);
                match (ran, next) {
                    // What came before the item that panicked has not left the loop.
                    (Ran::Through { .. }, Next::Panic(panic)) => {
                        (Ran::Panicked(panic), digest, cost)
                    }
                    (ran, _) => (ran, digest, cost),
                }
            }
            Err(panic) => (Ran::Panicked(panic), 0, Cost::default()),
        };
        let halt = match ran {
            Ran::Through { part, check, .. } => {
                self.chunks.finish(&chunk, cost.nanos);
                bundle.add(chunk, part, check, digest, cost);
                return true;
            }
            Ran::Left {
                iteration,
                part,
                check,
            } => {
                let halt = Halt::on(&self.identity, iteration, Cause::Left);
                let mut left = Bundle::new();
                left.add(chunk.clone(), part, check, digest, cost);
                self.chunks.stop_at(halt.clone());
                self.hand_in_until(left, Some(halt));
                None
            }
            Ran::Panicked(panic) => Some(panicked(panic, &self.identity)),
        };
        if let Some(halt) = halt {
            self.chunks.stop_at(halt.clone());
            self.hand_in_outcome(vec![chunk.clone()], Outcome::Halted { halt, parts: None });
        }
        // Only now: a chunk that is finished without its halt being known would count as complete.
        self.chunks.finish(&chunk, cost.nanos);
        false
    }

    fn hand_in(&self, bundle: Bundle<B::Part>) {
        self.hand_in_until(bundle, None);
    }

    /// Hands in the parts of some chunks, the last of which may have ended the loop.
    fn hand_in_until(&self, bundle: Bundle<B::Part>, halt: Option<Halt>) {
        let Bundle {
            chunks,
            mut parts,
            check,
            digest,
            cost,
        } = bundle;
        let Some(first) = chunks.first() else { return };
        let encoded = match self.encode(&mut parts, &check, cost.nanos) {
            Ok(encoded) => encoded,
            Err(unfit) => {
                let halt = unfit.halt(&chunks, first.start, &self.identity);
                self.chunks.stop_at(halt.clone());
                return self.hand_in_outcome(chunks, Outcome::Halted { halt, parts: None });
            }
        };
        let format = encoded.as_ref().map_or(Format::Compact, |it| it.format);
        let until = halt.as_ref().map_or(u64::MAX, |halt| halt.iteration);
        let encoded = encoded.map(|parts| EncodedParts::until(chunks.clone(), parts, until));
        let outcome = match halt {
            None => Outcome::Parts(format),
            Some(halt) => Outcome::Halted {
                halt,
                parts: Some(format),
            },
        };
        let finished = Finished {
            chunks,
            digest,
            cost,
            outcome,
        };
        let parts = if self.handling.keep {
            parts
        } else {
            Vec::new()
        };
        self.push(Done {
            finished,
            parts,
            encoded,
        });
    }

    /// The parts as they travel, if they do. Where some travel, all of them have to be fit for it, and
    /// those that nobody can compare are what the other ranks' are: what serde makes of them.
    fn encode(
        &self,
        parts: &mut Vec<B::Part>,
        check: &Check<B::Part>,
        nanos: u64,
    ) -> Result<Option<Encoded>, Unfit> {
        if !SEVERAL {
            return Ok(None);
        }
        let Handling { keep, ranks, .. } = self.handling;
        let is_due = ranks > 1 && self.encoder.is_due::<B::Part>(nanos);
        let remade = ranks > 1 && keep && !check.known && !is_plain::<B::Part>();
        if !self.handling.encode && !is_due && !remade {
            return Ok(None);
        }
        parts.iter_mut().for_each(Rewind::settle);
        // A panic of serde is one of the body.
        panicking::catch(|| {
            let encoded = self.encoder.encode_parts(parts, check, is_due)?;
            if remade {
                *parts = wire::decode(encoded.format, &encoded.bytes)
                    .map_err(|words| Refused { index: 0, words })?;
            }
            Ok(self.handling.encode.then_some(encoded))
        })
        .map_err(Unfit::Panicked)?
        .map_err(Unfit::Refused)
    }

    fn hand_in_outcome(&self, chunks: Vec<Range<u64>>, outcome: Outcome) {
        let finished = Finished {
            chunks,
            digest: 0,
            cost: Cost::default(),
            outcome,
        };
        self.push(Done {
            finished,
            parts: Vec::new(),
            encoded: None,
        });
    }

    fn push(&self, done: Done<B::Part>) {
        self.done
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(done);
        if self.handling.prompt {
            self.waker.wake();
        }
    }
}

impl<D, B, F> Job for ComputeJob<D, B, F>
where
    D: ChunkSource,
    B: Blanks<Part: Part>,
    F: Fn(Chunk<D::Iter>, B::Part) -> Filled<B::Part>,
{
    fn expect_nobody(&self) {
        self.deserted.store(true, Ordering::Relaxed);
    }

    fn run(&self) {
        self.begun.store(true, Ordering::Relaxed);
        self.at_work.fetch_add(1, Ordering::SeqCst);
        let _returning = Returning(self);
        let mut bundle = Bundle::new();
        while let Some((chunk, items)) = self.chunks.next(true) {
            let fine = ComputeJob::run(self, chunk, items, &mut bundle);
            if fine && bundle.parts.len() == self.handling.bundle {
                self.hand_in(std::mem::replace(&mut bundle, Bundle::new()));
            }
        }
        self.hand_in(bundle);
    }
}

/// Whether this rank's items ended before the chunk did.
fn is_short<I>(taken: &Taken<I>, chunk: &Range<u64>) -> bool {
    taken.length < chunk.end - chunk.start && !matches!(taken.next, Next::Panic(_))
}

/// Tells the main thread that a compute thread comes back, even if it comes by a panic of our own.
struct Returning<'a, D, B: Blanks, F>(&'a ComputeJob<D, B, F>);

impl<D, B: Blanks, F> Drop for Returning<'_, D, B, F> {
    fn drop(&mut self) {
        let Self(job) = self;
        if std::thread::panicking() {
            job.lost.store(true, Ordering::Release);
        }
        job.at_work.fetch_sub(1, Ordering::SeqCst);
        job.waker.wake();
    }
}
