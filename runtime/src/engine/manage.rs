//! The master's side of a loop: it hands out chunks, collects parts, and its threads work too.

use std::cell::RefCell;

use super::desk::{Checks, Desk, ManagerDesk};
use super::feed::{FeedDesk, Feeder};
use super::hands::{Handling, Hands};
use super::office::Office;
use super::reception::{Reception, Shares};
use super::{Ending, Plan};
use crate::base::rank::MASTER;
use crate::loop_parts::gather::{Filled, Output};
use crate::loop_parts::items::{Chunk, Source};
use crate::loop_parts::schedule::policy;
use crate::process::crew::Crew;
use crate::protocol::manager::Manager;
use crate::protocol::message::Verdict;
use crate::transport::link::Link;

/// The hands of a rank whose desk has a manager.
pub(crate) type ManagerHands<S, O, F> = Hands<ManagerDesk<S>, <O as Output>::Part, F>;

/// The hands of a master whose main thread brings the items.
pub(crate) type FeedHands<S, O, F> = Hands<FeedDesk<<S as Source>::Iter>, <O as Output>::Part, F>;

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
    let mut desk = desk(link, plan, source, plan.threads());
    if crew.threads() > 0 && link.size() > 1 && plan.schedule.is_managed() {
        desk = desk.may_hoard();
    }
    let hands: ManagerHands<S, O, F> = Hands::new(link, desk, body, handling(link, plan, false));
    let shares = RefCell::new(Shares::new(link.size()));
    let reception = reception(link, plan, &hands.desk, &shares);
    let mut office = Office::new(plan, outputs);
    crew.work_beside(&hands, || {
        let _closing = Closing(&hands.desk);
        office.run(&reception, &hands, crew.threads(), None);
    });
    let ending = office.end(&reception);
    if ending.verdict == Verdict::Complete {
        hands.desk.exhaust();
    }
    ending
}

/// The same where the items must not leave the main thread: it brings them to the others.
pub(crate) fn manage_from_main<S, O, F, C>(
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
    C: Crew<FeedHands<S, O, F>>,
{
    // Those in reserve have items, too.
    let desk = desk(link, plan, source, 2 * plan.threads());
    let hands: FeedHands<S, O, F> = Hands::new(
        link,
        FeedDesk::new(desk.limit().clone()),
        body,
        handling(link, plan, true),
    );
    let shares = RefCell::new(Shares::new(link.size()));
    let reception = reception(link, plan, &desk, &shares);
    let mut office = Office::new(plan, outputs);
    crew.work_beside(&hands, || {
        let _closing = Closing(&hands.desk);
        let feeder = Feeder::new(&hands.desk, crew.threads());
        office.run(&reception, &hands, crew.threads(), Some(feeder));
    });
    office.end(&reception)
}

fn desk<S: Source>(link: &Link, plan: &Plan, source: S, chunks: usize) -> ManagerDesk<S> {
    let audits = plan.checked && !plan.schedule.is_managed() && link.size() > 1;
    let checks = if audits {
        Checks::Audit { ranks: link.size() }
    } else {
        Checks::None
    };
    let manager = Manager::new(policy(plan.schedule, source.length(), plan.force));
    ManagerDesk::new(MASTER, manager, source, checks, chunks)
}

fn handling(link: &Link, plan: &Plan, prompt: bool) -> Handling {
    Handling {
        keep: true,
        encode: plan.everywhere && link.size() > 1,
        ranks: link.size(),
        bundle: plan.bundle(),
        prompt,
    }
}

fn reception<'a, S: Source>(
    link: &'a Link,
    plan: &'a Plan,
    desk: &'a ManagerDesk<S>,
    shares: &'a RefCell<Shares>,
) -> Reception<'a, S> {
    Reception {
        link,
        desk,
        site: &plan.site,
        managed: plan.schedule.is_managed(),
        checked: plan.checked,
        shares,
    }
}

/// Sends the compute threads home, also when the main thread unwinds.
pub(super) struct Closing<'a, D: Desk>(pub(super) &'a D);

impl<D: Desk> Drop for Closing<'_, D> {
    fn drop(&mut self) {
        self.0.close();
    }
}
