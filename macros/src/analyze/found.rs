//! What the walk knows of one loop.

use super::ahead::Trace;
use super::aliases::Changed;
use super::captures::{Captured, Reset};
use super::closures::Reached;
use super::heads::{Iterations, Mark};
use super::order::Orders;
use super::sources::Items;
use crate::model::{Declared, Exit, LoopId, Mention, Place, Scratch, Usage};
use proc_macro2::{Ident, Span};
use std::collections::HashMap;
use syn::Path;

/// A `for` of the function, with what its body does.
#[derive(Clone, Debug)]
pub(crate) struct FoundLoop {
    pub(crate) id: LoopId,
    pub(crate) span: Span,
    /// `for x in xs`, to be shown to the user.
    pub(crate) head: String,
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
    pub(crate) mentions: Vec<Mention>,
    /// Names that the body binds anew, at their first binding.
    pub(crate) bound: HashMap<String, Span>,
    pub(crate) exits: Vec<Exit>,
    /// The captured variables that the value of each visible `return` mentions: they are used
    /// outside of the closure that runs a chunk, and in any way.
    pub(crate) returned: Vec<Vec<Ident>>,
    pub(super) values: Vec<*const ()>,
    pub(crate) captured: Vec<Captured>,
    pub(crate) scratch: Vec<Scratch>,
    /// The variables without an initial value that have one before the loop.
    pub(super) set: Vec<usize>,
    /// The mentions before its items.
    pub(super) made: usize,
    /// The variable that its items are taken out of, all at once.
    pub(super) drained: Option<Ident>,
    /// Its items may move something that the function goes on with.
    pub(crate) trace: Trace,
    /// The mentions before its body, and with it, counted through the function.
    pub(super) body: (usize, usize),
    /// The loops around it: the first mention in each, and the depth of its frame.
    pub(super) rounds: Vec<(usize, usize)>,
    /// What top-level statements of the body reset.
    pub(super) resets: Vec<Reset>,
    pub(crate) items: Items,
    /// Captured variables that the body gives to a function, by value.
    pub(crate) passed: Vec<Place>,
    /// Statics that the body may change.
    pub(crate) statics: Vec<Path>,
    /// Statics that the body assigns, or lends by `&mut`, each once.
    pub(crate) assigned: Vec<Ident>,
    pub(crate) reached: Reached,
    /// Variables whose locks are used for more than a cache.
    pub(crate) misused: Vec<Ident>,
    /// What the body looks at, but doesn't mention as such.
    pub(super) hidden: Vec<Place>,
    /// How many names macros have announced before its items, and until its end.
    pub(super) announced: (usize, usize),
    /// Variables around it that a macro declares.
    pub(super) made_by_macros: Vec<String>,
    /// What the body changes under another name.
    pub(super) changed: Changed,
    /// What the body does with variables in their order.
    pub(super) orders: Orders,
    /// Where the body opens standard input.
    pub(crate) inputs: Vec<Span>,
    /// A variable that holds the lock of a standard stream around the loop.
    pub(crate) held_stream: Option<Ident>,
    /// The number of the iteration: `i` of `for i in 0..n`, or of `for (i, x) in ...enumerate()`.
    pub(crate) index: Option<Ident>,
    /// Names bound in frames of this depth or deeper belong to the loop.
    pub(super) depth: usize,
}

impl FoundLoop {
    /// What is captured for certain, by its mentions.
    pub(super) fn variables(&self) -> impl Iterator<Item = &Mention> {
        let is_variable = |mention: &&Mention| match mention.declared {
            Declared::Unknown => self
                .made_by_macros
                .contains(&mention.place.root.to_string()),
            _ => true,
        };
        // Among the tokens of a macro, a name may be anything.
        let is_known = |mention: &&Mention| !matches!(mention.usage, Usage::UnknownMacro(_));
        let mentions = self.mentions.iter();
        mentions.filter(is_known).filter(is_variable)
    }

    /// Whether a variable has nothing in it that ranks could differ in, or iterations share. Its type may
    /// be known later only, and is not asked then.
    pub(super) fn is_empty(&self, name: &Ident) -> bool {
        let mut captured = self.captured.iter();
        captured.any(|each| each.empty && *name == each.name)
    }

    /// Notes a static that the body assigns.
    pub(super) fn assigned(&mut self, name: &Ident) {
        if !self.assigned.contains(name) {
            self.assigned.push(name.clone());
        }
    }
}
