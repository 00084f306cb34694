//! The master as a mere manager: for distributions that are written by hand, where its thread
//! belongs to the user's code.

use std::cell::RefCell;
use std::rc::Rc;

use crate::fabric::MASTER;
use crate::items::Source;
use crate::panicking;
use crate::protocol::drive::{Checks, ManagerDesk, Parcel, Reception, Shares};
use crate::protocol::manager::Manager;
use crate::protocol::message::{Site, Verdict};
use crate::schedule::{Schedule, Workforce, policy};
use crate::wait::{Backoff, Pace};
use crate::world::World;

/// Hands out the items of one call to the other ranks.
#[derive(Debug)]
pub(crate) struct Dispatch<S> {
    world: Rc<World>,
    site: Site,
    desk: ManagerDesk<S>,
    shares: RefCell<Shares>,
}

impl<S: Source> Dispatch<S> {
    /// Items for `threads` threads in all.
    pub(crate) fn new(world: Rc<World>, site: Site, source: S, threads: usize) -> Self {
        let ranks = world.link().size();
        let force = Workforce { ranks, threads };
        let schedule = Schedule::Managed { chunk: None };
        let manager = Manager::new(policy(schedule, source.length(), force));
        let desk = ManagerDesk::new(MASTER, manager, source, Checks::None);
        Self {
            world,
            site,
            desk,
            shares: RefCell::new(Shares::new(ranks)),
        }
    }

    /// Serves the other ranks until they have run everything, or until there is `enough` for now.
    /// Says whether everything is done; then it must not be called again.
    ///
    /// # Panics
    /// Panics when the body or the user's iterator did.
    pub(crate) fn serve(&self, mut deliver: impl FnMut(Parcel), enough: impl Fn() -> bool) -> bool {
        let link = self.world.link();
        let reception = Reception {
            link,
            desk: &self.desk,
            site: &self.site,
            managed: true,
            checked: false,
            shares: &self.shares,
        };
        let mut backoff = Backoff::new();
        loop {
            link.attend();
            let heard = reception.hear_all(&mut deliver);
            let granted = reception.grant_all();
            if reception.all_over()
                || link.all_present() && self.desk.manager(|manager| manager.is_over())
            {
                break;
            }
            if enough() {
                return false;
            }
            if heard || granted {
                backoff.reset();
            } else {
                backoff.pause(link.waker(), Pace::Hot);
            }
        }
        reception.stop();
        link.complete();
        if let Verdict::Halted(halt) = reception.verdict() {
            eprintln!("error: {}", halt.describe(&self.site));
            panicking::unwind_silently(halt.into_message());
        }
        true
    }
}
