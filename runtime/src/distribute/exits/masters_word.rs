//! After an iteration that the master alone ran: the others learn from it whether the loop goes on.

use std::rc::Rc;

use crate::distribute::LoopRun;
use crate::process::world::World;
use crate::protocol::message::{Call, Site};
use crate::transport::collectives;

/// The master owes the other ranks a word, or this rank waits for it.
///
/// Invariant: a master that leaves the loop in any way gives the word when this is dropped.
pub(super) struct MastersWord(Option<(Rc<World>, Site)>);

impl MastersWord {
    /// Nobody waits where every rank ran the iteration, or where there is one.
    pub(super) fn new(run: &LoopRun, everywhere: bool) -> Option<Self> {
        let alone = everywhere || run.link().size() == 1;
        (!alone).then(|| Self(Some((Rc::clone(&run.world), run.site.clone()))))
    }

    /// On the other ranks: whether the loop goes on.
    pub(super) fn wait(mut self) -> bool {
        self.settle(None)
    }

    /// On the master: it does.
    pub(super) fn go_on(mut self) {
        self.settle(Some(true));
    }

    fn settle(&mut self, goes_on: Option<bool>) -> bool {
        let Some((world, site)) = self.0.take() else {
            return false;
        };
        let link = world.link();
        collectives::enter(link, Call::Loop, &site);
        let goes_on = collectives::broadcast(link, goes_on);
        collectives::leave(link);
        goes_on
    }
}

impl Drop for MastersWord {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.settle(Some(false));
        }
    }
}
