//! What the engine asks of a loop's own types: everything else of a loop is compiled once.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::EncodedParts;
use super::bundle::{Bundle, Unfit};
use super::chunk::Ran;
use super::chunk_source::Chunks;
use super::shelf::Ticket;
use super::tray::{Done, Tray};
use crate::base::panicking::PanicReport;
use crate::base::thread_context;
use crate::base::usage::most_memory_at_times;
use crate::base::whereabouts;
use crate::loop_parts::gather::{Form, Parcel};
use crate::loop_parts::items::{Cost, Panic};
use crate::loop_parts::on_error::{Mishap, OnPanic};
use crate::observe::{Event, OpenSpan, Stage};
use crate::protocol::message::{Cause, Finished, Halt, Outcome};

/// The chunks of a loop, and how they are run.
pub(super) trait Work {
    fn tray(&self) -> &Tray;

    fn chunks(&self) -> &dyn Chunks;

    /// Runs the next chunk, if there is one; see `ChunkSource::next`.
    fn run_next(&self, wait: bool) -> Option<Run>;

    /// The parts of some chunks, which took so many nanoseconds, as they travel, if they do.
    ///
    /// # Errors
    /// When they are not fit for it.
    fn encode(&self, parts: &mut Vec<Ticket>, nanos: u64) -> Result<Option<Parcel>, Unfit>;

    /// The parts that another rank has sent, which are so many.
    ///
    /// # Errors
    /// Why they can't be read.
    fn read(&self, parts: Parcel, count: usize) -> Result<Vec<Ticket>, String>;
}

/// A chunk that was run.
pub(super) struct Run {
    pub(super) chunk: Range<u64>,
    pub(super) digest: u64,
    /// Whether all its iterations came to their end: one that runs behind the end of the loop may be cut short.
    pub(super) whole: bool,
    pub(super) cost: Cost,
    pub(super) how: How,
    /// Where its iteration panicked, and that was not simply the end of the loop.
    pub(super) mishap: Option<Box<Mishap>>,
}

/// How that ended.
pub(super) enum How {
    /// This rank's items end before the chunk.
    Short { length: u64 },
    /// With its last item.
    Through(Ticket),
    /// An iteration left the loop; the part holds what those before it wrote.
    Left { iteration: u64, part: Ticket },
    /// The body of an iteration panicked.
    Failed(Panic),
    /// Something else did.
    Panicked(Panic),
}

impl Run {
    /// A chunk whose items this rank has not got.
    pub(super) fn without_items(chunk: Range<u64>, how: How) -> Self {
        Self {
            chunk,
            digest: 0,
            whole: false,
            cost: Cost::default(),
            how,
            mishap: None,
        }
    }
}

impl How {
    /// With the part that counts.
    pub(super) fn of(ran: Ran, part: Option<Ticket>) -> Self {
        const HANDS_IN: &str = "the loop over a chunk has a part unless it panics";
        match ran {
            Ran::Through { .. } | Ran::Skipped => Self::Through(part.expect(HANDS_IN)),
            Ran::Left { iteration } => Self::Left {
                iteration,
                part: part.expect(HANDS_IN),
            },
            Ran::Failed(panic) => Self::Failed(panic),
            Ran::Panicked(panic) => Self::Panicked(panic),
        }
    }
}

/// The outputs of a loop, and its parts on their way there.
pub(super) trait Sink {
    /// Adds a part to the outputs.
    ///
    /// # Errors
    /// When that ends the loop.
    fn add(&mut self, part: Ticket) -> Result<(), Unadded>;
}

/// How adding a part to the outputs ended the loop.
pub(super) enum Unadded {
    /// It made the user's code panic.
    Panicked(Box<PanicReport>),
    /// A statement that it was given to left the loop.
    Stopped,
}

impl dyn Work + '_ {
    /// Runs one chunk on the present thread if there is one now.
    pub(super) fn step(&self) -> bool {
        let Some(run) = self.run_next(false) else {
            return false;
        };
        let mut bundle = Bundle::new();
        if self.finish(run, &mut bundle) {
            self.hand_in(bundle);
        }
        true
    }

    /// Runs chunks on the present thread for so long, and hands them in together; whether there was any.
    pub(super) fn step_for(&self, time: Duration) -> bool {
        let begun = Instant::now();
        let (mut bundle, mut any) = (Bundle::new(), false);
        while begun.elapsed() <= time
            && let Some(run) = self.run_next(false)
        {
            any = true;
            self.finish(run, &mut bundle);
        }
        self.hand_in(bundle);
        any
    }

    /// Runs chunks on a compute thread, to the end.
    pub(super) fn compute(&self) {
        let _at_work = self.tray().begin();
        let _in_loop = thread_context::enter_loop(self.tray().handling.ranks);
        whereabouts::set_place(self.tray().place);
        let mut bundle = Bundle::new();
        while let Some(run) = self.run_next(true) {
            let fine = self.finish(run, &mut bundle);
            if fine && bundle.parts.len() == self.tray().handling.bundle {
                self.hand_in(std::mem::replace(&mut bundle, Bundle::new()));
            }
            while self.open_next() {}
            self.tray().wait_for_main();
        }
        self.hand_in(bundle);
        whereabouts::set_place(None);
    }

    /// Reads what another rank has handed in, if anything waits for that.
    pub(super) fn open_next(&self) -> bool {
        let arrivals = &self.tray().arrivals;
        arrivals.open_next(|parts, count| self.decode(parts, count))
    }

    /// The parts that another rank has sent, which are so many.
    ///
    /// # Errors
    /// Why they can't be read.
    pub(super) fn decode(&self, parts: Parcel, count: usize) -> Result<Vec<Ticket>, String> {
        let (rank, observers) = (self.tray().identity.rank, &self.tray().observers);
        observers.watch(rank, Stage::Decoding, || self.read(parts, count))
    }

    /// Puts what a chunk came to into a bundle; whether that is still to be handed in.
    fn finish(&self, run: Run, bundle: &mut Bundle) -> bool {
        let Run {
            chunk,
            digest,
            whole,
            cost,
            how,
            mishap,
        } = run;
        let mishaps: Vec<Mishap> = mishap.map(|mishap| *mishap).into_iter().collect();
        let identity = &self.tray().identity;
        let halt = match how {
            How::Short { length } => {
                self.hand_in_outcome(vec![chunk], Outcome::Short { length }, mishaps);
                return false;
            }
            How::Through(part) => {
                self.chunks().finish(&chunk, cost.nanos);
                bundle.add(chunk, part, digest, cost);
                bundle.whole &= whole;
                bundle.mishaps.extend(mishaps);
                return true;
            }
            How::Left { iteration, part } => {
                let halt = Halt::on(identity, iteration, Cause::Left);
                let mut left = Bundle::new();
                left.add(chunk.clone(), part, digest, cost);
                left.mishaps = mishaps;
                self.chunks().stop_at(halt.clone());
                self.hand_in_until(left, Some(halt));
                None
            }
            How::Failed(panic) if self.tray().handling.on_panic == OnPanic::HandBack => {
                let halt = super::panicked(panic, identity);
                let outcome = Outcome::Failed(halt.clone());
                self.hand_in_outcome(vec![chunk.clone()], outcome, mishaps);
                self.chunks().fail(&chunk, halt);
                return false;
            }
            How::Failed(panic) | How::Panicked(panic) => {
                Some((super::panicked(panic, identity), mishaps))
            }
        };
        if let Some((halt, mishaps)) = halt {
            self.chunks().stop_at(halt.clone());
            let outcome = Outcome::Halted { halt, parts: None };
            self.hand_in_outcome(vec![chunk.clone()], outcome, mishaps);
        }
        // Only now: a chunk that is finished without its halt being known would count as complete.
        self.chunks().finish(&chunk, cost.nanos);
        false
    }

    fn hand_in(&self, bundle: Bundle) {
        self.hand_in_until(bundle, None);
    }

    /// Hands in the parts of some chunks, the last of which may have ended the loop.
    fn hand_in_until(&self, bundle: Bundle, halt: Option<Halt>) {
        let Bundle {
            chunks,
            mut parts,
            digest,
            whole,
            cost,
            mishaps,
        } = bundle;
        let Some(first) = chunks.first() else { return };
        let observers = &self.tray().observers;
        let span = observers.begin_span();
        let encoded = self.encode(&mut parts, cost.nanos);
        let encoding = span.map(OpenSpan::end);
        let encoded = match encoded {
            Ok(encoded) => encoded,
            Err(unfit) => {
                let halt = unfit.halt(&chunks, first.start, &self.tray().identity);
                self.chunks().stop_at(halt.clone());
                let outcome = Outcome::Halted { halt, parts: None };
                return self.hand_in_outcome(chunks, outcome, mishaps);
            }
        };
        let form = encoded.as_ref().map_or(Form::Raw, |it| it.form);
        let encoded = encoded.map(|parts| match &halt {
            None => EncodedParts {
                chunks: chunks.clone(),
                parts,
                digest: whole.then_some(digest),
            },
            Some(halt) => EncodedParts::until(chunks.clone(), parts, halt.iteration),
        });
        let outcome = match halt {
            None => Outcome::Parts(form),
            Some(halt) => Outcome::Halted {
                halt,
                parts: Some(form),
            },
        };
        let finished = Finished {
            chunks,
            digest,
            whole,
            cost,
            encoding: encoding.filter(|_| encoded.is_some()),
            memory: span.and_then(|_| most_memory_at_times()),
            outcome,
            mishaps,
        };
        if let Some(span) = finished.encoding {
            let (rank, stage) = (self.tray().identity.rank, Stage::Encoding);
            observers.tell(|| Event::Handled { rank, stage, span });
        }
        self.tray().push(Done {
            finished,
            parts,
            encoded,
        });
    }

    fn hand_in_outcome(&self, chunks: Vec<Range<u64>>, outcome: Outcome, mishaps: Vec<Mishap>) {
        let finished = Finished {
            mishaps,
            ..Finished::empty(chunks, outcome)
        };
        self.tray().push(Done {
            finished,
            parts: Vec::new(),
            encoded: None,
        });
    }
}
