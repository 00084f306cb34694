//! The story of one loop.
//!
//! An expansion calls one of the [`entries`]. Where the loop is reached ([`LoopRun`]), the ranks agree on what they
//! are about to run; each runs its part in the way in which the items come to it ([`way`]); all learn how the loop
//! ended, and, where all are to have them, get the outputs ([`spread`]). A loop that can be left is run until it
//! was not, and the iteration that left it runs again ([`exits`]).

#[cfg(test)]
mod alike;
#[cfg(test)]
mod brief;
#[cfg(test)]
mod builds;
#[cfg(test)]
mod calling;
#[cfg(test)]
mod distant;
mod entries;
pub(crate) mod exits;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod iterators;
#[cfg(test)]
mod local;
mod locally;
#[cfg(test)]
mod long_parts;
mod mishaps;
mod movers;
#[cfg(test)]
mod observed;
#[cfg(test)]
mod on_error;
#[cfg(test)]
mod outputs;
#[cfg(test)]
mod resumed;
mod spread;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod unfaithful;
#[cfg(test)]
mod updates;
#[cfg(test)]
mod upkeep;
mod way;

use std::mem;
use std::panic::Location;
use std::ptr;
use std::rc::Rc;

pub use entries::{distribute, distribute_from_master, distribute_unshared, told, told_kept};
pub use locally::{distribute_locally, distribute_locally_unshared};
pub(crate) use way::ByEachRank;

use crate::base::panicking;
use crate::base::rank::{SEVERAL, TRAVELS};
use crate::base::stderr::say;
use crate::base::thread_context;
use crate::checkpoint::Reached;
use crate::engine::{BRIEF, EncodedParts, Ending, Plan};
use crate::loop_parts::arithmetic::Arithmetic;
use crate::loop_parts::captures::{Captured, Captures, nothing_captured};
use crate::loop_parts::gather::Output;
use crate::loop_parts::identity::LoopIdentity;
use crate::loop_parts::items::Cost;
use crate::loop_parts::on_error::{Mishap, OnError};
use crate::loop_parts::options::{Gather, Options, Shown};
use crate::loop_parts::schedule::{Expected, Paces, Schedule, Workforce};
use crate::observe::Event;
use crate::process::crew::{Crew, Threads};
use crate::process::world::World;
use crate::protocol::message::{Call, Entry, Halt, Site, Verdict};
use crate::transport::collectives;
use crate::transport::link::Link;
use spread::{spread, spread_values, watch_spreading};
use way::Way;

/// Says which iteration ended a loop, and how.
pub(crate) type Words = fn(&Halt, &Site) -> String;

/// See [`Plan::brief`].
fn brief(expected: Expected) -> Option<u64> {
    (expected.time() <= BRIEF).then(|| expected.iterations_in(BRIEF / 2))
}

/// What is told of variables, where somebody compares it: other ranks, or a journal.
fn looked_at(
    world: &World,
    link: &Link,
    recorded: bool,
    tell: impl FnOnce(&mut Captures),
) -> Captures {
    let compared = link.size() > 1 || recorded && link.is_master();
    Captures::told(compared && world.checks(), tell)
}

/// The ranks that run a loop, or the present one for a loop that each rank runs by itself.
fn link(world: &World, local: bool) -> &Link {
    if local { world.local() } else { world.link() }
}

/// Where a loop is reached.
pub(crate) struct LoopRun {
    pub(crate) world: Rc<World>,
    pub(crate) site: Site,
    /// The same as a number, within this process.
    place: usize,
    pub(crate) threads: usize,
    /// Whether each rank runs all of the loop by itself.
    local: bool,
    /// Whether it does so after the ranks have agreed on it, and on its items by these samples.
    alike: Option<u64>,
    /// Whether the master keeps what is finished of it.
    recorded: bool,
    /// The number of the first iteration, where the loop goes on after an interruption.
    pub(crate) first: u64,
    /// A function of this crate does not call its caller's code a loop.
    pub(crate) words: Words,
    /// What the body captures, where that is compared.
    pub(crate) captures: Vec<Captured>,
}

impl LoopRun {
    /// The caller's; `None` inside a body, where loops run sequentially.
    #[track_caller]
    pub(crate) fn new(options: &Options) -> Option<Self> {
        Self::telling(options, &mut nothing_captured)
    }

    /// The run of a loop whose body captures what `tell` tells of.
    #[track_caller]
    pub(crate) fn capturing(options: &Options, tell: impl FnOnce(&mut Captures)) -> Option<Self> {
        let mut tell = Some(tell);
        Self::telling(options, &mut |captures| {
            if let Some(tell) = tell.take() {
                tell(captures);
            }
        })
    }

    /// The same for closures of all types.
    #[track_caller]
    fn telling(options: &Options, tell: &mut dyn FnMut(&mut Captures)) -> Option<Self> {
        if thread_context::in_body() {
            return None;
        }
        let world = World::current();
        let (threads, local) = (world.threads(options), world.keeps(options));
        let location = Location::caller();
        let link = link(&world, local);
        let recorded = TRAVELS && world.records(options);
        if TRAVELS && !recorded {
            world.tell_unkept(location, options);
        }
        let captures = looked_at(&world, link, recorded, tell);
        if let Some(words) = captures.refused() {
            let site = Site::from(location);
            link.refuse(&format!("the loop at {site} {words}"));
        }
        Some(Self {
            world,
            site: location.into(),
            place: ptr::from_ref(location).addr(),
            threads,
            local,
            alike: None,
            recorded,
            first: 0,
            words: Halt::describe,
            captures: captures.captured(),
        })
    }

    /// Whether iterations do nothing but a little arithmetic, if their items are numbers. Then every rank may run all of the
    /// loop by itself, as it does with code outside of loops: it is over before the others' results would have come. Without
    /// checks, ranks might differ in what they begin with.
    fn is_arithmetic(&self, options: &Options) -> bool {
        SEVERAL
            && self.agreeing().size() > 1
            && !self.recorded
            && options.gather == Gather::All
            && !self.world.on_error(options).goes_on()
            && self.world.checks()
            && options.arithmetic.is_some_and(Arithmetic::holds)
    }

    /// The ranks that run the loop together.
    pub(crate) fn link(&self) -> &Link {
        link(&self.world, self.local || self.alike.is_some())
    }

    /// Those that agree on it.
    fn agreeing(&self) -> &Link {
        link(&self.world, self.local)
    }

    /// One loop on all threads of each rank. Returns the iteration that left it, if one did, or where a statement did.
    pub(crate) fn pooled<'f, W, O, F>(
        &self,
        options: &Options,
        way: W,
        body: &'f F,
        outputs: &mut O,
    ) -> Option<Halt>
    where
        O: Output,
        W: Way<O, &'f F, Threads>,
    {
        let is_single = self.link().size() == 1;
        let is_alone = self.threads == 1 && is_single;
        let others = self.threads - usize::from(is_single && W::CALLER_COMPUTES);
        // What the present thread runs by itself is not kept.
        let crew = self.world.crew(others);
        let crew = crew.filter(|_| !is_alone || self.recorded);
        self.run(options, way, body, outputs, crew.as_ref())
    }

    /// One loop: the ranks agree on it, each runs its part on a crew, and all learn how it ended. Without one, there
    /// is one rank, and the present thread runs everything.
    fn run<'f, W, O, F, C>(
        &self,
        options: &Options,
        mut way: W,
        body: &'f F,
        outputs: &mut O,
        crew: Option<&C>,
    ) -> Option<Halt>
    where
        O: Output,
        W: Way<O, &'f F, C>,
        C: Crew,
    {
        let link = self.link();
        let _in_loop = thread_context::enter_loop(link.size());
        let length = way.length(crew.is_none());
        let threads = crew.map_or(0, Crew::threads);
        let mut plan = self.begin(options, threads, W::CALLER_COMPUTES, length);
        if plan.on_error.goes_on() {
            self.can_go_on(plan.on_error, W::LOCAL, way.runs_again());
        }
        let several = SEVERAL && link.size() > 1;
        plan.elsewhere = match plan.on_error {
            OnError::Retry(more) if several && plan.schedule.is_managed() => {
                way.goes_back().then_some(more)
            }
            _ => None,
        };
        let by_value = several && plan.everywhere && O::is_value();
        plan.everywhere &= !by_value;
        link.observers().want(options.progress);
        let agree = SEVERAL && self.agreeing().size() > 1;
        let compared = W::TRAVELS && (agree || self.recorded);
        let fingerprint = if compared { way.fingerprint() } else { 0 };
        let fingerprint = fingerprint ^ self.alike.unwrap_or(0);
        let identity = match options.written {
            Some(written) if compared || !link.observers().are_none() => {
                Some(LoopIdentity::of::<W, O, F>(written))
            }
            _ => None,
        };
        let number = self.world.number(options);
        if W::TRAVELS && self.recorded {
            let refuse = |words: String| link.refuse(&words);
            let journal = self.world.journal(options).unwrap_or_else(refuse);
            if let Some((journal, identity)) = journal.zip(identity.as_ref()) {
                let checks = self.world.checks();
                let reached = Reached {
                    number,
                    site: self.site.to_string(),
                    identity: identity.clone(),
                    first: self.first,
                    length: way.length(false),
                    fingerprint,
                    captures: checks.then(|| self.captures.clone()),
                    sees_items: !checks || way.sees_items(),
                };
                let reached = journal
                    .reach(reached)
                    .unwrap_or_else(|words| link.refuse(&words));
                plan.journal = Some(Rc::new(reached));
            }
        }
        self.enter(options.progress, plan.force, length, fingerprint, identity);
        self.tell_resumed(&plan);
        let ending = match crew {
            Some(crew) => way.run(link, &plan, body, outputs, crew),
            None => way.run_here(link, &plan, body, outputs),
        };
        if let Some(journal) = &plan.journal {
            match &ending.verdict {
                Verdict::Halted(halt) if !halt.leaves() => journal.fail(),
                Verdict::Halted(_) | Verdict::Complete => journal.end(),
            }
        }
        let (left, encoded_parts, mishaps) = self.end(length, ending);
        // Constants come first: what they rule out is not compiled.
        if SEVERAL && W::TRAVELS && several && plan.everywhere {
            let mut parts = encoded_parts;
            watch_spreading(link, &mut || {
                let parts = mem::take(&mut parts);
                spread(link, parts, outputs, left.as_ref(), &self.site)
            });
        } else if SEVERAL && by_value {
            watch_spreading(link, &mut || spread_values(link, outputs));
        }
        if plan.on_error == OnError::Skip {
            self.keep_skipped(&mishaps, W::LOCAL);
        }
        left.map(|halt| self.numbered(halt))
    }

    /// Before a loop of this length is entered: what is to be done, by a crew of so many threads, beside which the
    /// present one `can_compute`.
    fn begin(
        &self,
        options: &Options,
        crew: usize,
        can_compute: bool,
        length: Option<u64>,
    ) -> Plan {
        let (link, site) = (self.link(), &self.site);
        if !self.local && self.world.warns_of_solitude() {
            say(format_args!(
                "note: the loop at {site} is reached on the master alone: it uses this rank's threads only"
            ));
        }
        if options.schedule == Schedule::Blocks && length.is_none() {
            link.refuse(&format!(
                "the loop at {site} has items of unknown number, which `schedule = blocks` can't divide\n\
                 help: collect the items into a `Vec` before the loop, or use `schedule = managed`"
            ));
        }
        self.plan(options, crew, can_compute, length)
    }

    /// The ranks agree on a loop. The fingerprint of its items and its identity are for several, and for who looks on.
    fn enter(
        &self,
        shown: Option<Shown>,
        force: Workforce,
        length: Option<u64>,
        fingerprint: u64,
        identity: Option<LoopIdentity>,
    ) {
        let link = self.agreeing();
        link.enter_loop(shown, force, || Entry {
            host: identity.as_ref().map(|_| link.identity().host.clone()),
            length,
            fingerprint,
            captures: self.captures.clone(),
            identity,
            ..Entry::new(Call::Loop, self.site.clone())
        });
    }

    /// Tells who looks on what was finished before.
    fn tell_resumed(&self, plan: &Plan) {
        if let Some(journal) = &plan.journal {
            let iterations = journal.finished().iterations();
            let observers = self.link().observers();
            observers.tell(|| Event::Resumed { iterations });
        }
    }

    /// Tells all ranks how the loop ended.
    ///
    /// Returns the halt of an iteration that left it, the parts for every rank, and the mishaps that count.
    fn end(
        &self,
        length: Option<u64>,
        ending: Ending,
    ) -> (Option<Halt>, Vec<EncodedParts>, Vec<Mishap>) {
        let Ending {
            verdict,
            encoded_parts,
            iterations,
            cost,
            mishaps,
            paces,
            too_much,
        } = ending;
        self.remember(length, iterations, cost, paces, too_much);
        let link = self.agreeing();
        if self.alike.is_some() {
            collectives::meet(link);
        }
        link.complete(&verdict);
        let mishaps = self.counting(mishaps, &verdict);
        let left = match verdict {
            Verdict::Complete => None,
            Verdict::Halted(halt) if halt.leaves() => Some(*halt),
            Verdict::Halted(halt) => self.unwind(*halt, &mishaps),
        };
        (left, encoded_parts, mishaps)
    }

    /// The plan for a crew of so many threads, beside which the present one `can_compute`.
    fn plan(&self, options: &Options, crew: usize, can_compute: bool, length: Option<u64>) -> Plan {
        let ranks = self.link().size();
        let caller_computes = can_compute && ranks == 1 && crew > 0;
        let threads = crew + usize::from(caller_computes);
        // Without threads of its own, the master of several ranks leaves the work to them.
        let threads = (ranks * threads).max(ranks - 1).max(1);
        let costs = self.world.costs().borrow();
        let remembered = costs.of(self.place);
        let brief = remembered.and_then(|known| brief(known.expected(length)));
        let schedule = match options.schedule.among(ranks) {
            // What is left of a loop is in nobody's share.
            divided if self.recorded && !divided.is_managed() => Schedule::Managed { chunk: None },
            schedule => schedule,
        };
        let on_error = self.world.on_error(options);
        Plan {
            site: self.site.clone(),
            schedule: if on_error.goes_on() {
                schedule.one_by_one()
            } else {
                schedule
            },
            on_error,
            elsewhere: None,
            journal: None,
            everywhere: options.gather == Gather::All,
            checked: self.world.checks(),
            force: Workforce { ranks, threads },
            too_much: remembered.and_then(|known| known.too_much),
            brief: brief.filter(|_| ranks == 1 || crew > 0),
            rival: remembered
                .filter(|_| ranks == 1 && !self.recorded)
                .and_then(|known| known.rivals.rival()),
            caller_computes,
        }
    }

    /// Keeps what this rank's part of a loop of this length took, and how it went. Where the others did without it, the
    /// loop is taken for one that is over soon.
    fn remember(
        &self,
        length: Option<u64>,
        iterations: u64,
        cost: Cost,
        paces: Paces,
        too_much: Option<f64>,
    ) {
        let mut costs = self.world.costs().borrow_mut();
        if let Some(remembered) = costs.remember(self.place, iterations, cost.nanos) {
            remembered.too_much = too_much;
            remembered.rivals.ran(paces);
        } else if !self.link().is_master() {
            let nanos = u64::try_from(BRIEF.as_nanos()).unwrap_or(u64::MAX);
            costs.remember(self.place, length.unwrap_or(1), nanos);
        }
    }

    /// With the number that the iteration has in the user's loop.
    fn numbered(&self, mut halt: Halt) -> Halt {
        halt.iteration += self.first;
        halt
    }

    /// What people are told of an iteration, which has its number in the user's loop.
    fn describe(&self, halt: &Halt) -> String {
        (self.words)(halt, &self.site)
    }

    fn unwind(&self, halt: Halt, mishaps: &[Mishap]) -> ! {
        let halt = self.numbered(halt);
        if self.agreeing().is_master() {
            say(format_args!("error: {}", self.describe(&halt)));
            mishaps::say_how_often(mishaps, halt.iteration);
        }
        panicking::unwind_silently(halt.into_message())
    }
}
