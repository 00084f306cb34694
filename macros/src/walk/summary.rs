//! The summary of one loop, when the walk is over.

use super::captures::{self, Captured};
use super::closures::{self, ByClosures};
use super::hidden;
use super::open_loop::{Body, Head, OpenLoop};
use super::side_effects;
use super::walker::Walker;
use crate::model::{Declared, Mention, Place, Scratch, Usage};
use proc_macro2::Ident;
use syn::ItemFn;

/// A `for` of the function, with what its body does, and what comes before it and after it.
#[derive(Clone, Debug)]
pub(crate) struct LoopSummary {
    pub(crate) head: Head,
    pub(crate) body: Body,
    pub(crate) captured: Vec<Captured>,
    /// Captured variables of which each chunk has its own; the body doesn't mention them any more.
    pub(crate) scratch: Vec<Scratch>,
    /// Making its items may change something that the function goes on with.
    pub(crate) items_have_effects: bool,
    /// Changes by closures.
    pub(crate) by_closures: ByClosures,
    /// Places that the body looks at, but doesn't mention as such.
    pub(crate) hidden: Vec<Place>,
    /// Variables around it that a macro declares.
    made_by_macros: Vec<String>,
}

impl LoopSummary {
    /// After the walk.
    pub(super) fn new(open: OpenLoop, walker: &Walker, function: &ItemFn) -> Self {
        let (items, end) = open.announced;
        Self {
            captured: captures::of(walker, &open),
            scratch: Vec::new(),
            by_closures: closures::changed_by(walker, &open),
            hidden: hidden::hidden(walker, &open),
            made_by_macros: walker.announced.around(items, end),
            items_have_effects: side_effects::of_items(walker, &open, function),
            head: open.head,
            body: open.body,
        }
    }

    /// The mentions of variables that are captured for certain.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &Mention> {
        let is_variable = |mention: &&Mention| match mention.declared {
            Declared::Unknown => self
                .made_by_macros
                .contains(&mention.place.root.to_string()),
            _ => true,
        };
        // Among the tokens of a macro, a name may be anything.
        let is_known = |mention: &&Mention| !matches!(mention.usage, Usage::UnknownMacro(_));
        let mentions = self.body.mentions.iter();
        mentions.filter(is_known).filter(is_variable)
    }

    /// Whether a variable has nothing in it that ranks could differ in, or iterations share. Its type may
    /// be known later only, and is not asked then.
    pub(crate) fn is_empty(&self, name: &Ident) -> bool {
        let mut captured = self.captured.iter();
        captured.any(|each| each.empty && *name == each.name)
    }
}
