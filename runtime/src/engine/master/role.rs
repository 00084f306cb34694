//! The master's turns: it hears the other ranks, takes what its own threads hand in, adds what can be added
//! to the outputs, and grants wishes.

use std::mem;
use std::time::{Duration, Instant};

use super::collected::Collected;
use super::resumption::Resumption;
use crate::base::rank::MASTER;
use crate::base::wait::Pace;
use crate::engine::arrivals::Opened;
use crate::engine::brief::{self, Begin};
use crate::engine::chunk_source::Feeder;
use crate::engine::event_loop::{Role, Turn};
use crate::engine::requests::RequestHandler;
use crate::engine::work::Work;
use crate::process::interruption;
use crate::transport::link::Link;

/// Works until all chunks of all ranks are back.
pub(super) struct MasterRole<'a, 'o> {
    pub(super) requests: &'a RequestHandler<'a>,
    pub(super) work: &'a dyn Work,
    /// The compute threads of this rank.
    pub(super) threads: usize,
    /// Whether this thread runs chunks beside them.
    pub(super) computes: bool,
    /// Whether this thread runs chunks before they come.
    pub(super) begins: bool,
    /// Where this thread also brings the items to them.
    pub(super) feeder: Option<Feeder<'a>>,
    pub(super) collected: &'a mut Collected<'o>,
    /// Where parts of an earlier start are.
    pub(super) resumption: Option<Resumption<'a>>,
    /// So many times parts have come, from other ranks or an earlier start, that are not opened yet.
    pub(super) unopened: usize,
    /// What it took to hear them, beside what was told of that.
    pub(super) hearing: Duration,
}

/// Compute threads open what other ranks have handed in between two chunks; if it waits for so long, this one does.
const UNOPENED: Duration = Duration::from_millis(10);

/// What other ranks have handed in, as far as it was opened in one turn, and how long that took.
#[derive(Default)]
struct Carried {
    iterations: u64,
    time: Duration,
}

impl Role for MasterRole<'_, '_> {
    type End = ();

    fn attend(&self, link: &Link) {
        if link.size() > 1 {
            link.attend_in_loop();
        }
    }

    fn turn(&mut self, link: &Link, slept: Duration) -> Turn<()> {
        let Self { requests, work, .. } = *self;
        let tray = work.tray();
        let alone = link.size() == 1;
        // Asked in this order, and before the hand-ins are taken: when nothing is left to be run and
        // all are back, everything is handed in.
        let over = requests.chunks.manager(|manager| manager.is_over());
        let all_back = over && (self.feeder.is_some() || tray.are_back());
        let mut heard = false;
        let mut carried = Carried::default();
        if !alone {
            let begun = Instant::now();
            heard = requests.hear_all(&mut |mut encoded| {
                self.collected.receive(&mut encoded);
                if encoded.parts.is_long() {
                    tray.arrivals.add(encoded);
                    self.unopened += 1;
                } else {
                    let read = |parts, count| work.decode(parts, count);
                    let opened = Opened::by(read, encoded);
                    carried.iterations += opened.iterations();
                    self.collected.add(link, opened);
                }
            });
            if heard || link.is_arriving() {
                self.hearing += begun.elapsed();
            }
            requests.speak_of_silence();
            requests.announce();
        }
        let mut idle = !heard;
        if let Some(resumption) = &mut self.resumption {
            let unopened = &mut self.unopened;
            idle &= !resumption.fetch(link, work, self.collected, unopened);
        }
        for done in tray.take_done() {
            idle = false;
            if let Some(feeder) = &mut self.feeder {
                feeder.settle(requests.chunks, &done);
            }
            let bytes = tray.for_journal(&done);
            self.collected.collect(done);
            tray.settle(bytes);
        }
        for opened in tray.arrivals.take() {
            idle = false;
            self.unopened -= 1;
            carried.iterations += opened.iterations();
            carried.time += opened.time;
            self.collected.add(link, opened);
        }
        if carried.iterations > 0 {
            let time = carried.time + mem::take(&mut self.hearing);
            requests
                .chunks
                .manager(|manager| manager.carried(carried.iterations, time));
        }
        self.collected.absorb(requests);
        if self.is_interrupted() {
            if all_back && self.unopened == 0 {
                interruption::leave(Some(link));
            }
            requests.chunks.close();
        }
        idle &= !requests.grant_all();
        let reserve = self.feeder.is_some() && self.reserves();
        if let Some(feeder) = &mut self.feeder {
            idle &= !feeder.supply(reserve);
        }
        // Without threads the master runs bodies here, unless others depend on its answers.
        let here = self.threads > 0 || alone || !requests.managed;
        let slept = if heard { Duration::ZERO } else { slept };
        let worked = if self.begins {
            work.step_for(brief::RUN)
        } else {
            let computes = self.computes || (here && tray.are_missing(self.threads, slept));
            computes && work.step()
        };
        if heard {
            return Turn::Heard;
        }
        if worked || !idle {
            return Turn::Worked;
        }
        let forsaken = self.unopened > 0 && (tray.are_back() || slept > UNOPENED);
        if forsaken && work.open_next() {
            return Turn::Worked;
        }
        let all_here = if requests.managed {
            link.all_present()
        } else {
            requests.all_over()
        };
        let resumed = self.resumption.as_ref();
        let all_fetched = resumed.is_none_or(|it| it.is_over(requests, self.collected));
        if all_back
            && all_fetched
            && self.unopened == 0
            && all_here
            && requests.chunks.manager(|manager| manager.is_over())
        {
            return Turn::Over(());
        }
        Turn::Idle(self.pace(alone, over, tray.is_through()))
    }
}

impl Begin for MasterRole<'_, '_> {
    const TIME: Duration = brief::RUN;

    fn needs_threads(&self) -> bool {
        !self.requests.chunks.manager(|manager| manager.is_over())
    }
}

impl MasterRole<'_, '_> {
    /// Whether the job is to end, and what is finished of this loop is kept.
    fn is_interrupted(&self) -> bool {
        self.collected.is_kept() && interruption::is_pending()
    }

    /// Whether threads near by, such as the master's, hold a chunk in reserve.
    fn reserves(&self) -> bool {
        let chunks = self.requests.chunks;
        chunks.manager(|manager| manager.reserve(MASTER).is_some())
    }

    /// How the master waits: for messages alone where its own threads are `through`.
    fn pace(&self, alone: bool, over: bool, through: bool) -> Pace {
        if alone && self.computes {
            // Before the end, another thread has the items for a moment, or makes one.
            if over { Pace::Ending } else { Pace::Hot }
        } else if alone {
            Pace::Local
        } else if self.threads == 0 || self.begins || through {
            Pace::Hot
        } else if self.reserves() {
            Pace::Lazy
        } else {
            Pace::Warm
        }
    }
}
