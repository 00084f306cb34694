//! How the items of a loop come to the ranks that run it.

use std::vec;

use crate::base::rank::{SEVERAL, TRAVELS};
use crate::base::wire::Transport;
use crate::engine::{self, Ending, FedJob, ManagedJob, OrderedJob, Plan};
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{Chunk, ItemSource, ShippedItems};
use crate::loop_parts::schedule::Length;
use crate::process::crew::Runs;
use crate::transport::link::Link;

/// A way for loops with these outputs and this body, run by this crew.
pub(crate) trait Way<O: Output, F, C> {
    /// Whether the present thread is free to run chunks where there is one rank.
    const CALLER_COMPUTES: bool = false;

    /// The number of items, where it is known beforehand and to all ranks, or to this one, if it is `alone`.
    fn length(&self, alone: bool) -> Option<u64>;

    /// Whether other ranks are of no concern.
    const LOCAL: bool = false;

    /// Whether other ranks can have a part in it, and a journal can keep what is finished.
    const TRAVELS: bool = TRAVELS && !Self::LOCAL;

    /// See [`ItemSource::runs_again`].
    fn runs_again(&mut self) -> bool;

    /// See [`ItemSource::goes_back`]: whether another rank can run an iteration again.
    fn goes_back(&mut self) -> bool {
        false
    }

    /// A digest of what the ranks can compare of the items beforehand: 0 where that is nothing.
    fn fingerprint(&self) -> u64 {
        0
    }

    /// See [`ItemSource::is_seen`].
    fn sees_items(&self) -> bool {
        true
    }

    /// Runs this rank's part of a loop that all ranks have entered.
    fn run(self, link: &Link, plan: &Plan, body: F, outputs: &mut O, crew: &C) -> Ending;

    /// Runs all of it on the present thread, where there is one rank.
    fn run_here(self, link: &Link, plan: &Plan, body: F, outputs: &mut O) -> Ending;
}

/// Every rank has all items, and makes those that it runs.
pub(crate) struct ByEachRank<S>(pub(crate) S);

impl<S, O, F, C> Way<O, F, C> for ByEachRank<S>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<ManagedJob<S, O, F>> + Runs<OrderedJob<S, O, F>>,
{
    const CALLER_COMPUTES: bool = true;

    fn runs_again(&mut self) -> bool {
        self.0.runs_again()
    }

    fn goes_back(&mut self) -> bool {
        self.0.goes_back()
    }

    fn length(&self, _alone: bool) -> Option<u64> {
        self.0.length().hint()
    }

    fn fingerprint(&self) -> u64 {
        self.0.fingerprint()
    }

    fn sees_items(&self) -> bool {
        self.0.is_seen()
    }

    fn run(self, link: &Link, plan: &Plan, body: F, outputs: &mut O, crew: &C) -> Ending {
        let Self(source) = self;
        if !SEVERAL || link.is_master() {
            return engine::manage(link, plan, source, body, outputs, crew);
        }
        let blanks = outputs.blanks(Length::Unknown);
        if plan.schedule.is_managed() {
            let how = (plan.brief.is_some(), plan.on_panic());
            engine::work::<S, O, _, C>(link, how, source, body, blanks, crew)
        } else {
            engine::work_share::<S, O, _, C>(link, plan, source, body, blanks, crew).into()
        }
    }

    fn run_here(self, link: &Link, plan: &Plan, body: F, outputs: &mut O) -> Ending {
        engine::run_alone(link, plan, self.0, body, outputs)
    }
}

/// The threads of this process run all of it, where other ranks are of no concern.
pub(crate) struct ByThisRank<S>(pub(crate) S);

impl<S, O, F, C> Way<O, F, C> for ByThisRank<S>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<ManagedJob<S, O, F>>,
{
    const CALLER_COMPUTES: bool = true;
    const LOCAL: bool = true;

    fn runs_again(&mut self) -> bool {
        self.0.runs_again()
    }

    fn length(&self, _alone: bool) -> Option<u64> {
        self.0.length().hint()
    }

    fn run(self, link: &Link, plan: &Plan, body: F, outputs: &mut O, crew: &C) -> Ending {
        engine::manage(link, plan, self.0, body, outputs, crew)
    }

    fn run_here(self, link: &Link, plan: &Plan, body: F, outputs: &mut O) -> Ending {
        engine::run_alone(link, plan, self.0, body, outputs)
    }
}

/// As [`ByEachRank`], where the items must not leave the thread that calls the loop: it brings them to the others.
pub(super) struct ByEachCaller<S>(pub(super) S);

impl<S, O, F, C> Way<O, F, C> for ByEachCaller<S>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<FedJob<S, O, F>>,
{
    fn runs_again(&mut self) -> bool {
        self.0.runs_again()
    }

    fn length(&self, _alone: bool) -> Option<u64> {
        self.0.length().hint()
    }

    fn fingerprint(&self) -> u64 {
        self.0.fingerprint()
    }

    fn sees_items(&self) -> bool {
        self.0.is_seen()
    }

    fn run(self, link: &Link, plan: &Plan, body: F, outputs: &mut O, crew: &C) -> Ending {
        let Self(source) = self;
        if !SEVERAL || link.is_master() {
            return engine::manage_from_main(link, plan, source, body, outputs, crew);
        }
        let blanks = outputs.blanks(Length::Unknown);
        if plan.schedule.is_managed() {
            engine::work_from_main::<S, O, _, C>(link, plan.on_panic(), source, body, blanks, crew)
        } else {
            engine::work_share_from_main::<S, O, _, C>(link, plan, source, body, blanks, crew)
                .into()
        }
    }

    fn run_here(self, link: &Link, plan: &Plan, body: F, outputs: &mut O) -> Ending {
        engine::run_alone(link, plan, self.0, body, outputs)
    }
}

/// As [`ByThisRank`], where the items must not leave the thread that calls the loop.
pub(super) struct ByThisCaller<S>(pub(super) S);

impl<S, O, F, C> Way<O, F, C> for ByThisCaller<S>
where
    S: ItemSource,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<FedJob<S, O, F>>,
{
    const LOCAL: bool = true;

    fn runs_again(&mut self) -> bool {
        self.0.runs_again()
    }

    fn length(&self, _alone: bool) -> Option<u64> {
        self.0.length().hint()
    }

    fn run(self, link: &Link, plan: &Plan, body: F, outputs: &mut O, crew: &C) -> Ending {
        engine::manage_from_main(link, plan, self.0, body, outputs, crew)
    }

    fn run_here(self, link: &Link, plan: &Plan, body: F, outputs: &mut O) -> Ending {
        engine::run_alone(link, plan, self.0, body, outputs)
    }
}

/// The master alone has the items, and ships them.
pub(crate) struct ByMaster<S>(pub(crate) S);

impl<T, S, O, F, C> Way<O, F, C> for ByMaster<S>
where
    T: Transport,
    S: ItemSource<Item = T, Iter = vec::IntoIter<T>>,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Runs<FedJob<S, O, F>> + Runs<OrderedJob<ShippedItems<T>, O, F>>,
{
    fn runs_again(&mut self) -> bool {
        self.0.runs_again()
    }

    fn goes_back(&mut self) -> bool {
        self.0.goes_back()
    }

    fn length(&self, alone: bool) -> Option<u64> {
        alone.then(|| self.0.length().hint()).flatten()
    }

    fn run(self, link: &Link, plan: &Plan, body: F, outputs: &mut O, crew: &C) -> Ending {
        if !SEVERAL || link.is_master() {
            engine::manage_from_main(link, plan, self.0, body, outputs, crew)
        } else {
            let (source, blanks) = (ShippedItems::new(), outputs.blanks(Length::Unknown));
            let how = (false, plan.on_panic());
            engine::work::<_, O, _, C>(link, how, source, body, blanks, crew)
        }
    }

    fn run_here(self, link: &Link, plan: &Plan, body: F, outputs: &mut O) -> Ending {
        engine::run_alone(link, plan, self.0, body, outputs)
    }
}
