//! Where a loop is reached, and what happens there from its entry to its end.

use std::ops::Range;
use std::panic::Location;
use std::rc::Rc;
use std::vec;

use crate::base::panicking;
use crate::base::thread_context;
use crate::base::wire::{Encoded, Format, Transport, decode_message, encode_message};
use crate::engine::{self, EncodedParts, Ending, FedJob, ManagedJob, OrderedJob, Plan};
use crate::loop_parts::captures::{Captured, Captures};
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::identity::LoopIdentity;
use crate::loop_parts::items::{Chunk, ItemSource, ShippedItems};
use crate::loop_parts::options::{Gather, Options};
use crate::loop_parts::schedule::{Schedule, Workforce};
use crate::process::crew::{Alone, Runs};
use crate::process::world::World;
use crate::protocol::message::{Call, Cause, Entry, Halt, Site, Verdict};
use crate::transport::collectives;
use crate::transport::link::Link;

/// Says which iteration ended a loop, and how.
pub(crate) type Words = fn(&Halt, &Site) -> String;

/// Where a loop is reached.
pub(crate) struct LoopRun {
    pub(crate) world: Rc<World>,
    pub(crate) site: Site,
    pub(crate) threads: usize,
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
        if thread_context::in_body() {
            return None;
        }
        let world = World::current();
        let threads = world.threads(options);
        Some(Self {
            world,
            site: Location::caller().into(),
            threads,
            first: 0,
            words: Halt::describe,
            captures: Vec::new(),
        })
    }

    /// The run of a loop whose body captures what `tell` tells of.
    #[track_caller]
    pub(crate) fn capturing(options: &Options, tell: impl FnOnce(&mut Captures)) -> Option<Self> {
        let mut run = Self::new(options)?;
        let link = run.world.link();
        let captures = Captures::told(link.size() > 1 && run.world.checks(), tell);
        if let Some(words) = captures.refused() {
            link.refuse(&format!("the loop at {} {words}", run.site));
        }
        run.captures = captures.captured();
        Some(run)
    }

    /// One loop on all threads of this rank. Returns the iteration that left it, if one did.
    pub(crate) fn pooled<S, O, F>(
        &self,
        options: &Options,
        source: S,
        body: &F,
        outputs: &mut O,
    ) -> Option<Halt>
    where
        S: ItemSource + Send,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync,
    {
        if self.threads == 1 && self.world.link().size() == 1 {
            return self.alone(options, source, body, outputs);
        }
        match self.world.crew(self.threads) {
            Some(crew) => self.on_every_rank(options, source, body, outputs, &crew),
            None => self.alone(options, source, body, outputs),
        }
    }

    /// One loop on the present thread of this rank.
    pub(super) fn alone<S, O, F>(
        &self,
        options: &Options,
        source: S,
        body: &F,
        outputs: &mut O,
    ) -> Option<Halt>
    where
        S: ItemSource,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    {
        self.on_every_rank(options, source, body, outputs, &Alone)
    }

    fn on_every_rank<'f, S, O, F, C>(
        &self,
        options: &Options,
        source: S,
        body: &'f F,
        outputs: &mut O,
        crew: &C,
    ) -> Option<Halt>
    where
        S: ItemSource,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
        C: Runs<ManagedJob<S, O, &'f F>> + Runs<OrderedJob<S, O, &'f F>>,
    {
        let (length, fingerprint) = {
            let _upkeep = thread_context::enter_upkeep();
            (source.length().hint(), source.fingerprint())
        };
        let threads = crew.threads();
        let entry = Entry {
            length,
            fingerprint,
            ..self.entry::<S, O, F>(options)
        };
        self.run(options, entry, threads, outputs, |link, plan, outputs| {
            if link.is_master() {
                engine::manage(link, plan, source, body, outputs, crew)
            } else if plan.schedule.is_managed() {
                engine::work::<S, O, _, C>(link, source, body, crew).into()
            } else {
                engine::work_share::<S, O, _, C>(link, plan, source, body, crew).into()
            }
        })
    }

    /// One loop over items that the master alone has.
    pub(super) fn pooled_from_master<T, S, O, F>(
        &self,
        options: &Options,
        source: S,
        body: &F,
        outputs: &mut O,
    ) -> Option<Halt>
    where
        T: Transport,
        S: ItemSource<Item = T, Iter = vec::IntoIter<T>>,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync,
    {
        match self.world.crew(self.threads) {
            Some(crew) => self.with_masters_items(options, source, body, outputs, &crew),
            None => self.with_masters_items(options, source, body, outputs, &Alone),
        }
    }

    fn with_masters_items<'f, T, S, O, F, C>(
        &self,
        options: &Options,
        source: S,
        body: &'f F,
        outputs: &mut O,
        crew: &C,
    ) -> Option<Halt>
    where
        T: Transport,
        S: ItemSource<Item = T, Iter = vec::IntoIter<T>>,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync,
        C: Runs<FedJob<S, O, &'f F>> + Runs<OrderedJob<ShippedItems<T>, O, &'f F>>,
    {
        let threads = crew.threads();
        let entry = self.entry::<S, O, F>(options);
        self.run(options, entry, threads, outputs, |link, plan, outputs| {
            if link.is_master() {
                engine::manage_from_main(link, plan, source, body, outputs, crew)
            } else {
                engine::work::<_, O, _, C>(link, ShippedItems::new(), body, crew).into()
            }
        })
    }

    /// What the ranks have to agree on, whatever the items are.
    fn entry<S, O, F>(&self, options: &Options) -> Entry {
        let link = self.world.link();
        let written = options.written.filter(|_| link.size() > 1);
        Entry {
            captures: self.captures.clone(),
            identity: written.map(LoopIdentity::of::<S, O, F>),
            host: written.map(|_| link.identity().host.clone()),
            ..Entry::new(Call::Loop, self.site.clone())
        }
    }

    /// The ranks agree on a loop, `engine` runs it on this rank, and all learn how it ended.
    fn run<O: Output>(
        &self,
        options: &Options,
        entry: Entry,
        threads: usize,
        outputs: &mut O,
        engine: impl FnOnce(&Link, &Plan, &mut O) -> Ending,
    ) -> Option<Halt> {
        let _upkeep = thread_context::enter_upkeep();
        let (link, site) = (self.world.link(), &self.site);
        if self.world.warns_of_solitude() {
            eprintln!(
                "note: the loop at {site} is reached on the master alone: it uses this rank's threads only"
            );
        }
        if options.schedule == Schedule::Blocks && entry.length.is_none() {
            link.refuse(&format!(
                "the loop at {site} has items of unknown number, which `schedule = blocks` can't divide\n\
                 help: collect the items into a `Vec` before the loop, or use `schedule = managed`"
            ));
        }
        let plan = self.plan(options, threads);
        link.enter(entry);
        let Ending {
            verdict,
            encoded_parts,
        } = engine(link, &plan, outputs);
        link.complete();
        let left = match verdict {
            Verdict::Complete => None,
            Verdict::Halted(halt) if halt.cause == Cause::Left => Some(halt),
            Verdict::Halted(halt) => self.unwind(halt),
        };
        if plan.everywhere && link.size() > 1 {
            let until = left.as_ref().map(|halt| halt.iteration);
            spread(link, encoded_parts, outputs, until, site);
        }
        left.map(|halt| self.numbered(halt))
    }

    fn plan(&self, options: &Options, threads: usize) -> Plan {
        let ranks = self.world.link().size();
        // Without threads of its own, the master of several ranks leaves the work to them.
        let threads = (ranks * threads).max(ranks - 1).max(1);
        Plan {
            site: self.site.clone(),
            schedule: options.schedule.among(ranks),
            everywhere: options.gather == Gather::All,
            checked: self.world.checks(),
            force: Workforce { ranks, threads },
        }
    }

    /// With the number that the iteration has in the user's loop.
    fn numbered(&self, mut halt: Halt) -> Halt {
        halt.iteration += self.first;
        halt
    }

    /// What people are told of an iteration, which has its number in the user's loop.
    pub(super) fn describe(&self, halt: &Halt) -> String {
        (self.words)(halt, &self.site)
    }

    fn unwind(&self, halt: Halt) -> ! {
        let halt = self.numbered(halt);
        if self.world.link().is_master() {
            eprintln!("error: {}", self.describe(&halt));
        }
        panicking::unwind_silently(halt.into_message())
    }
}

/// Gives all ranks the parts that the master has collected: all, or those `until` an iteration.
fn spread<O: Output>(
    link: &Link,
    encoded_parts: Vec<EncodedParts>,
    outputs: &mut O,
    until: Option<u64>,
    site: &Site,
) {
    type Labels = Vec<(Vec<Range<u64>>, Format)>;
    let message = link.is_master().then(|| {
        let (labels, attachments): (Labels, _) = encoded_parts
            .into_iter()
            .map(|EncodedParts { chunks, parts }| ((chunks, parts.format), parts.bytes))
            .unzip();
        (encode_message(&labels), attachments)
    });
    let (labels, attachments) = collectives::broadcast_message(link, message);
    if link.is_master() {
        return;
    }
    let labels: Labels = decode_message(&labels);
    let encoded_parts = labels
        .into_iter()
        .zip(attachments)
        .map(|((chunks, format), bytes)| EncodedParts {
            chunks,
            parts: Encoded { format, bytes },
        });
    engine::absorb_all(link, encoded_parts, outputs, until, site);
}
