//! The state of the walk: its position, and its notes so far.

use super::announced::Announced;
use super::definitions::Definitions;
use super::open_loop::OpenLoop;
use super::origins::Origins;
use super::scope::{Binding, Scope};
use super::statics;
use super::streams::Streams;
use crate::model::{Declared, LetId, Mention};
use crate::syntax::patterns;
use std::ops::Range;
use syn::{Ident, Pat};

/// The state of the walk.
#[derive(Debug, Default)]
pub(crate) struct Walker {
    pub(super) scope: Scope,
    pub(super) loops: Vec<OpenLoop>,
    /// Indices of the loops around the visited node.
    pub(super) open: Vec<usize>,
    pub(super) closures: usize,
    pub(super) rounds: Vec<(usize, usize)>,
    /// The mentioned variables, in the order of the text.
    pub(super) log: Vec<(Binding, String)>,
    /// The same mentions, each with its use.
    pub(super) seen: Vec<Seen>,
    /// The variables without an initial value that have one by now.
    pub(super) set: Vec<usize>,
    pub(super) statement: usize,
    pub(super) is_statement: bool,
    /// The value of the expression visited next is dropped.
    pub(super) dropped: bool,
    /// The value of this expression, which ends an `unsafe` block, is dropped behind it.
    pub(super) dropped_end: Option<*const ()>,
    /// The method calls whose values are used for certain.
    pub(super) used: Vec<*const ()>,
    /// The macro whose arguments are visited.
    pub(super) in_macro: Option<String>,
    /// The statement around the visited node that can be run elsewhere, and how many there were.
    pub(super) site: Option<usize>,
    pub(super) sites: usize,
    /// The `unsafe` block visited next is a statement.
    pub(super) is_unsafe_statement: bool,
    /// The `unsafe` blocks around the visited node that are none.
    pub(super) unsafe_values: usize,
    /// The ends whose values or blocks are visited: the index of the loop, and that among its ends.
    pub(super) leaving: Vec<(usize, usize)>,
    pub(super) definitions: Definitions,
    pub(super) origins: Origins,
    pub(super) announced: Announced,
    /// The `let` that each variable is made in.
    pub(super) lets: Vec<(usize, LetId)>,
    pub(super) streams: Streams,
}

/// A mention of the function, with its use.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) binding: usize,
    pub(super) mention: Mention,
    pub(super) in_closure: bool,
}

impl Seen {
    pub(super) fn new(binding: Binding, mention: &Mention, in_closure: bool) -> Self {
        Self {
            binding: binding.id,
            mention: mention.clone(),
            in_closure,
        }
    }
}

impl Walker {
    /// Notes a mention in every loop that captures the place, with the variable it is indexed by.
    pub(super) fn note(&mut self, mention: &Mention, index: Option<&Ident>) {
        let name = mention.place.root.to_string();
        let binding = self.scope.lookup(&name);
        if let Some(binding) = binding {
            self.note_set(binding.id);
        }
        self.log.extend(binding.map(|binding| (binding, name)));
        let in_closure = self.closures > 0;
        self.seen
            .extend(binding.map(|binding| Seen::new(binding, mention, in_closure)));
        // A loop's own index is bound in its first frame.
        let numbered = index.and_then(|index| Some(self.scope.lookup(&index.to_string())?.depth));
        for &open in &self.open {
            let end = self.end_around(open);
            let around = &mut self.loops[open];
            if binding.is_some_and(|binding| binding.depth >= around.depth) {
                continue;
            }
            let Some(end) = end else {
                if statics::assigns_a_static(mention) {
                    around.body.assigned(&mention.place.root);
                    continue;
                }
                let mut mention = mention.clone();
                mention.own = around.head.index.as_ref() == index && numbered == Some(around.depth);
                around.body.mentions.push(mention);
                continue;
            };
            let names = &mut around.body.ends[end].captured;
            if mention.declared != Declared::Unknown && !names.contains(&mention.place.root) {
                names.push(mention.place.root.clone());
            }
        }
    }

    pub(super) fn note_bound(&mut self, pattern: &Pat) {
        for name in patterns::names(pattern) {
            for &index in &self.open {
                let bound = &mut self.loops[index].body.bound;
                let first = bound.entry(name.ident.to_string());
                first.or_insert(name.ident.span());
            }
        }
    }

    /// The index among the loop's ends of the one that evaluates the visited node, outside of the closure
    /// that runs a chunk.
    pub(super) fn end_around(&self, open: usize) -> Option<usize> {
        let mut leaving = self.leaving.iter();
        leaving.find_map(|&(of, end)| (of == open).then_some(end))
    }

    pub(super) fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scope.enter();
        inside(self);
        self.scope.leave();
    }

    /// The depth of the frame in which a variable is bound.
    pub(super) fn depth_of(&self, binding: usize) -> usize {
        self.scope.depths[binding]
    }

    /// Names bound in frames of this depth or deeper belong to an iteration of the outermost loop.
    pub(super) fn depth_of_body(&self) -> Option<usize> {
        self.open.first().map(|&open| self.loops[open].depth)
    }

    /// The variables that were bound since there were `bound` of them are made from these mentions.
    pub(super) fn originate(&mut self, bound: usize, mentions: Range<usize>) {
        let variables = bound..self.scope.initial_values.len();
        self.origins.add(variables, mentions);
    }
}
