//! The master's side of a loop: it hands out chunks, collects parts, and its threads work too.

use std::cell::RefCell;
use std::time::Duration;

use super::desk::{Desk, ManagerDesk};
use super::hands::{Done, Handling, Hands};
use super::reception::Reception;
use super::{Ending, Parcel, Plan, absorb, unpack};
use crate::communicator::MASTER;
use crate::crew::Crew;
use crate::gather::{Filled, Ordered, Output};
use crate::items::{Chunk, Source};
use crate::link::Link;
use crate::protocol::manager::Manager;
use crate::protocol::message::Verdict;
use crate::protocol::roll_call::USUAL_CAUSE;
use crate::schedule::{Schedule, policy};
use crate::wait::{Backoff, LOCAL_PATIENCE, MESSAGE_PATIENCE, SPIN};

/// The hands of a rank whose desk has a manager.
pub(crate) type ManagerHands<S, O, F> = Hands<ManagerDesk<S>, <O as Output>::Part, F>;

/// Runs a loop on the master, and with the other ranks where there are any.
pub(crate) fn manage<S, O, F, C>(
    link: &Link,
    plan: &Plan,
    source: S,
    body: F,
    outputs: &mut O,
    crew: &C,
) -> Ending
where
    S: Source,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Crew<ManagerHands<S, O, F>>,
{
    let manager = Manager::new(policy(plan.schedule, source.length(), plan.force));
    let desk = ManagerDesk::new(MASTER, manager, source);
    let handling = Handling {
        keep: true,
        encode: plan.everywhere && link.size() > 1,
        bundle: plan.schedule == Schedule::RoundRobin,
    };
    let hands = Hands::new(link, desk, body, crew.threads(), handling);
    let over = RefCell::default();
    let reception = Reception {
        link,
        desk: &hands.desk,
        site: &plan.site,
        managed: plan.schedule.is_managed(),
        checked: plan.checked,
        over: &over,
    };
    let mut office = Office {
        plan,
        outputs,
        ordered: Ordered::new(),
        parcels: Vec::new(),
    };
    crew.work_beside(&hands, || {
        let _closing = Closing(&hands.desk);
        office.run(&reception, &hands, crew.threads());
    });
    office.end(&reception)
}

/// The master's main thread.
struct Office<'a, O: Output> {
    plan: &'a Plan,
    outputs: &'a mut O,
    ordered: Ordered<O::Part>,
    /// The parts that every rank is to have.
    parcels: Vec<Parcel>,
}

impl<O: Output> Office<'_, O> {
    fn run<S, F>(
        &mut self,
        reception: &Reception<'_, S>,
        hands: &ManagerHands<S, O, F>,
        threads: usize,
    ) where
        S: Source,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    {
        let link = reception.link;
        let alone = link.size() == 1;
        // With compute threads on its core, a spinning manager would only slow them down.
        let mut backoff = Backoff::new(if threads == 0 { SPIN } else { Duration::ZERO });
        let patience = if alone {
            LOCAL_PATIENCE
        } else {
            MESSAGE_PATIENCE
        };
        loop {
            // Asked before the hand-ins are taken: whoever is back has handed everything in.
            let all_back = hands.are_back();
            let mut idle = true;
            if !alone {
                link.attend();
                idle &= !reception.hear_all(|parcel| self.receive(link, parcel));
            }
            for done in hands.take_done() {
                idle = false;
                self.collect(done);
            }
            absorb(&mut self.ordered, self.outputs);
            idle &= !reception.grant_all();
            // Without threads the master runs bodies here, unless others depend on its answers.
            if threads == 0 && (alone || !reception.managed) && hands.step() {
                continue;
            }
            let all_here = if reception.managed {
                link.all_present()
            } else {
                reception.all_over()
            };
            if idle && all_back && all_here && hands.desk.manager(|manager| manager.is_over()) {
                return;
            }
            if idle {
                backoff.pause(link.waker(), patience);
            } else {
                backoff.reset();
            }
        }
    }

    /// Tells all ranks how the loop has ended.
    fn end<S: Source>(self, reception: &Reception<'_, S>) -> Ending {
        let link = reception.link;
        let verdict = reception.verdict();
        if verdict == Verdict::Complete && !self.ordered.is_contiguous() {
            let from = self.ordered.finished();
            link.refuse(&format!(
                "the loop at {}: no rank ran iteration {from}\n{USUAL_CAUSE}",
                self.plan.site
            ));
        }
        reception.stop();
        Ending {
            verdict,
            parcels: self.parcels,
        }
    }

    /// What a thread of the master has done.
    fn collect(&mut self, done: Done<O::Part>) {
        for (chunk, part) in done.finished.chunks.into_iter().zip(done.parts) {
            self.ordered.insert(chunk, part);
        }
        self.parcels.extend(done.parcel);
    }

    /// What another rank has done.
    fn receive(&mut self, link: &Link, parcel: Parcel) {
        unpack::<O>(link, &parcel, &mut self.ordered);
        if self.plan.everywhere {
            self.parcels.push(parcel);
        }
    }
}

/// Sends the compute threads home, also when the main thread unwinds.
pub(super) struct Closing<'a, D: Desk>(pub(super) &'a D);

impl<D: Desk> Drop for Closing<'_, D> {
    fn drop(&mut self) {
        self.0.close();
    }
}
