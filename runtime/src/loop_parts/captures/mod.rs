//! What the variables that a body captures hold, in a form that ranks can compare: every rank
//! computes them itself, so they have to be the same everywhere.
//!
//! Invariant: equal values have equal sketches on every rank, whatever the order of their hash
//! tables, which has a sketch of its own where the body shows it. What can be seen of a variable is
//! decided by its type, in `look`; what can't be seen is not compared. A sketch costs a bounded time, however large the variable is.

mod address;
mod digest;
mod look;
mod order;
mod shape;
mod sketch;
#[cfg(test)]
mod tests;

pub use look::{
    ByElementHash, ByElementSerde, ByElementText, ByHash, ByHasher, ByNumbers, BySerde, ByTable,
    ByTableSerde, ByText, Empty, Hidden, Look, TellsElements, TellsNothing, TellsText, Unseen,
};
pub use order::{HasNoOrder, HasOrder};
pub(crate) use sketch::{Difference, Sketch};

use std::borrow::Cow;

use look::{Steady, Way};
use order::Order;
use serde::{Deserialize, Serialize};

use crate::base::panicking;
use crate::base::rank::TRAVELS;
use crate::base::thread_context;

/// A captured variable and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Captured {
    pub(crate) name: Cow<'static, str>,
    /// Nothing, where nothing can be seen of it.
    pub(crate) sketch: Option<Sketch>,
}

/// What a loop captures, as an expansion tells it.
#[derive(Debug)]
pub struct Captures {
    /// Whether there are ranks that compare it.
    compared: bool,
    captured: Vec<Captured>,
    /// A variable that is shared state, and its type.
    state: Option<(&'static str, &'static str)>,
}

impl Default for Captures {
    /// Of which nothing is compared.
    fn default() -> Self {
        Self::told(false, nothing_captured)
    }
}

/// Of a body that captures nothing.
pub fn nothing_captured(_: &mut Captures) {}

impl Captures {
    /// What `tell` tells of. Only where it is `compared`, anything is looked at.
    pub(crate) fn told(compared: bool, tell: impl FnOnce(&mut Self)) -> Self {
        let mut captures = Self {
            compared,
            captured: Vec::new(),
            state: None,
        };
        tell(&mut captures);
        captures
    }

    /// What was told of before the loop could change it.
    pub(crate) fn include(&mut self, earlier: Self) {
        self.captured.extend(earlier.captured);
        self.state = self.state.or(earlier.state);
    }

    /// The variables, to be compared.
    pub(crate) fn captured(self) -> Vec<Captured> {
        self.captured
    }

    /// Why the loop can't be distributed, where a variable's type says that ranks can't share what the
    /// body does with it.
    pub(crate) fn refused(&self) -> Option<String> {
        let (name, state) = self.state?;
        Some(format!(
            "does more with `{name}` than read it, and `{state}` is memory that threads share, but ranks don't\nhelp: make what is wanted after the loop an output; where each rank may have its own, write `#[parallel_for(per_rank({name}))]`"
        ))
    }

    /// A variable of which the body does more than reading; its type, where that is shared state.
    pub fn shared(&mut self, name: &'static str, state: Option<&'static str>) {
        self.state = self.state.or(state.map(|state| (name, state)));
    }

    /// A variable, seen in the way that its type allows. By a raw pointer, because a field of a
    /// packed struct has no reference.
    pub fn add<T: ?Sized>(
        &mut self,
        name: &'static str,
        pointer: *const T,
        way: Way<T>,
        steady: Steady<T>,
    ) {
        if !TRAVELS || !self.compared {
            return;
        }
        // The types' own code runs here, which may reach loops and panic.
        let _upkeep = thread_context::enter_upkeep();
        let seen = panicking::catch(|| way.sketch(pointer, steady)).ok();
        self.captured.push(Captured {
            name: Cow::Borrowed(name),
            sketch: seen.flatten(),
        });
    }

    /// A variable that the body goes through in its order.
    pub fn in_order<T: ?Sized>(&mut self, name: &'static str, pointer: *const T, order: &Order<T>) {
        self.add_order(name, || order.sketch(pointer, false));
    }

    /// The same, where the order is of no concern but for sums of floats.
    pub fn floats_in_order<T: ?Sized>(
        &mut self,
        name: &'static str,
        pointer: *const T,
        order: &Order<T>,
    ) {
        self.add_order(name, || order.sketch(pointer, true));
    }

    fn add_order(&mut self, name: &'static str, order: impl FnOnce() -> Option<u64>) {
        if !TRAVELS || !self.compared {
            return;
        }
        let _upkeep = thread_context::enter_upkeep();
        let sketch = match panicking::catch(order) {
            // By its type: on all ranks.
            Ok(None) => return,
            Ok(Some(order)) => Some(Sketch::of_order(order)),
            Err(_) => None,
        };
        self.captured.push(Captured {
            name: Cow::Borrowed(name),
            sketch,
        });
    }
}
