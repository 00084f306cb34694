//! The master as a mere manager: for distributions that are written by hand, where its thread
//! belongs to the user's code.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crate::base::panicking;
use crate::base::rank::MASTER;
use crate::base::stderr::say;
use crate::base::thread_context;
use crate::base::wait::Pace;
use crate::distribute::Words;
use crate::engine::{
    self, Checks, Chunks as _, EncodedParts, ManagedChunks, RequestHandler, Role, Shares, Turn,
};
use crate::loop_parts::items::ItemSource;
use crate::loop_parts::schedule::{Schedule, Workforce, policy};
use crate::process::world::World;
use crate::protocol::manager::Manager;
use crate::protocol::message::{Site, Verdict};
use crate::transport::link::Link;

/// What becomes of the results on the master.
pub(crate) trait Audience {
    /// Takes what has arrived.
    fn take(&mut self, encoded: EncodedParts);

    /// Whether there is enough for now, so that the master's thread goes back to the user's code.
    fn is_served(&self) -> bool;

    /// Whether the other ranks may go on to items that were not handed out yet.
    fn has_room(&self) -> bool;
}

/// The ranks keep what they make, and the master waits for the end.
#[derive(Debug)]
pub(crate) struct Nobody;

impl Audience for Nobody {
    fn take(&mut self, _parts: EncodedParts) {}

    fn is_served(&self) -> bool {
        false
    }

    fn has_room(&self) -> bool {
        true
    }
}

/// Hands out the items of one call to the other ranks.
#[derive(Debug)]
pub(crate) struct Dispatch<S> {
    world: Rc<World>,
    site: Site,
    words: Words,
    chunks: ManagedChunks<S>,
    shares: RefCell<Shares>,
}

impl<S: ItemSource> Dispatch<S> {
    /// Items for `threads` threads in all.
    pub(crate) fn new(
        world: Rc<World>,
        site: Site,
        words: Words,
        source: S,
        threads: usize,
    ) -> Self {
        let _upkeep = thread_context::enter_upkeep();
        let ranks = world.everybody().size();
        let force = Workforce { ranks, threads };
        let schedule = Schedule::Managed { chunk: None };
        let threads = threads.div_ceil(ranks);
        let manager = Manager::new(policy(schedule, source.length(), force), threads);
        let chunks = ManagedChunks::new(MASTER, manager, source, Checks::None, threads);
        Self {
            world,
            site,
            words,
            chunks,
            shares: RefCell::new(Shares::new(ranks)),
        }
    }

    /// Hands out nothing more.
    pub(crate) fn close(&self) {
        self.chunks.close();
    }

    /// Serves the other ranks until the audience has enough for now, or until they have run
    /// everything. Says whether everything is done; then it must not be called again.
    ///
    /// # Panics
    /// Panics when the body or the user's iterator did, once the audience has what came before.
    pub(crate) fn serve(&self, audience: &mut impl Audience) -> bool {
        let _upkeep = thread_context::enter_upkeep();
        // Between two calls the master may be in code that it runs alone.
        let link = self.world.everybody();
        let requests = &RequestHandler {
            link,
            chunks: &self.chunks,
            site: &self.site,
            managed: true,
            checked: false,
            shares: &self.shares,
            attentive: Cell::new(false),
        };
        let over = engine::run(link, DispatchRole { requests, audience });
        if !over {
            return false;
        }
        requests.stop();
        let verdict = requests.verdict();
        link.complete(&verdict);
        if let Verdict::Halted(halt) = verdict {
            say(format_args!("error: {}", (self.words)(&halt, &self.site)));
            panicking::unwind_silently(halt.into_message());
        }
        true
    }
}

/// Hands out items and takes results, while the audience wants any.
struct DispatchRole<'a, A> {
    requests: &'a RequestHandler<'a>,
    audience: &'a mut A,
}

impl<A: Audience> Role for DispatchRole<'_, A> {
    /// Whether everything is done.
    type End = bool;

    fn turn(&mut self, link: &Link, _slept: Duration) -> Turn<bool> {
        let Self { requests, audience } = self;
        let heard = requests.hear_all(&mut |encoded| audience.take(encoded));
        // After a halt only what lies before it is handed out, and the end is found by asking.
        let halted = requests.chunks.manager(|manager| manager.halt().is_some());
        let granted = (halted || audience.has_room()) && requests.grant_all();
        if audience.is_served() {
            return Turn::Over(false);
        }
        let over = || requests.chunks.manager(|manager| manager.is_over());
        if requests.all_over() || link.all_present() && over() {
            return Turn::Over(true);
        }
        if heard || granted {
            Turn::Heard
        } else {
            Turn::Idle(Pace::Hot)
        }
    }
}
