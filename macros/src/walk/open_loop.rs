//! A loop while the walk is in it.

use super::aliases::Changed;
use super::order::Orders;
use super::resets::Reset;
use crate::model::{Arithmetic, End, Exit, LoopId, Mention, Place, Site};
use crate::syntax::iterations::Iterations;
use crate::syntax::marks::Mark;
use crate::syntax::pushes::Pushed;
use crate::syntax::sources::Items;
use proc_macro2::{Ident, Span};
use std::collections::HashMap;
use syn::Path;

/// A `for` of the function, with the notes on it so far.
#[derive(Debug)]
pub(super) struct OpenLoop {
    pub(super) head: Head,
    pub(super) body: Body,
    /// The variables without an initial value that have one before the loop.
    pub(super) set: Vec<usize>,
    /// The mentions before its items.
    pub(super) made: usize,
    /// The variable that its items are taken out of, all at once.
    pub(super) drained: Option<Ident>,
    /// The mentions before its body, and with it, counted through the function.
    pub(super) mentioned: (usize, usize),
    /// The loops around it: the first mention in each, and the depth of its frame.
    pub(super) rounds: Vec<(usize, usize)>,
    /// The resets by top-level statements of the body.
    pub(super) resets: Vec<Reset>,
    /// How many names macros have announced before its items, and until its end.
    pub(super) announced: (usize, usize),
    /// Names bound in frames of this depth or deeper belong to the loop.
    pub(super) depth: usize,
}

/// The facts about a loop that are known before its body is visited.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) id: LoopId,
    pub(crate) span: Span,
    /// As a number.
    pub(crate) code: u64,
    /// `for x in xs`, to be shown to the user.
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
    pub(crate) iterations: Iterations,
    /// The `for` loops around it.
    pub(crate) around: Vec<LoopId>,
    pub(crate) in_closure: bool,
    /// Inside of any `for`, `while` or `loop`.
    pub(crate) in_loop: bool,
    /// The statement of the function's own block that it is, or stands in.
    pub(crate) statement: usize,
    /// It is that statement itself.
    pub(crate) is_statement: bool,
    pub(crate) items: Items,
    /// Variables whose locks are used for more than a cache.
    pub(crate) misused: Vec<Ident>,
    /// Changes that the body makes under another name.
    pub(crate) changed: Changed,
    /// A variable that holds the lock of a standard stream around the loop.
    pub(crate) held_stream: Option<Ident>,
    /// The number of the iteration: `i` of `for i in 0..n`, or of `for (i, x) in ...enumerate()`.
    pub(crate) index: Option<Ident>,
    /// What it is in the first iteration, if the iterations are counted from there.
    pub(crate) first: Option<usize>,
    /// The arrays of which every iteration gets to the element with its number.
    pub(crate) sure: Vec<Place>,
    /// The lists that every iteration pushes to once.
    pub(crate) pushed: Vec<Pushed>,
    /// Where it does nothing but arithmetic, as far as names tell.
    pub(crate) arithmetic: Option<Arithmetic>,
}

/// The facts about the body of a loop.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) mentions: Vec<Mention>,
    /// Names that the body binds anew, at their first binding.
    pub(crate) bound: HashMap<String, Span>,
    /// It does nothing but print.
    pub(crate) prints_alone: bool,
    pub(crate) exits: Vec<Exit>,
    pub(crate) ends: Vec<End>,
    /// Captured variables that the body gives to a function, by value.
    pub(crate) passed: Vec<Place>,
    /// Statics that the body may change.
    pub(crate) statics: Vec<Path>,
    /// Statics that the body assigns, or lends by `&mut`, each once.
    pub(crate) assigned: Vec<Ident>,
    /// Uses of variables in their order.
    pub(crate) orders: Orders,
    /// Where the body opens standard input.
    pub(crate) inputs: Vec<Span>,
    /// The statements that can be run elsewhere, by their numbers.
    pub(crate) sites: Vec<(usize, Site)>,
}

impl Body {
    /// Notes a static that the body assigns.
    pub(super) fn assigned(&mut self, name: &Ident) {
        if !self.assigned.contains(name) {
            self.assigned.push(name.clone());
        }
    }
}
