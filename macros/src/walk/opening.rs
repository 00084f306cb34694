//! A loop as the walk comes to it: its head and its surroundings, before its body is visited.

use super::open_loop::{Body, Head, OpenLoop};
use super::walker::Walker;
use super::{aliases, guards, order};
use crate::model::Declared;
use crate::syntax::marks::{self, Mark};
use crate::syntax::{
    arithmetic, code, exits, iterations, prints, pushes, sources, tags, unconditional,
};
use std::collections::HashMap;
use syn::ExprForLoop;

impl Walker {
    /// Opens the loop, unless it stands in the arguments of a macro, where it can't be moved.
    pub(super) fn open(&mut self, node: &ExprForLoop, is_statement: bool) -> Option<usize> {
        let id = tags::id(node)?;
        let index = self.loops.len();
        let ways = exits::leaving(node);
        let misused = guards::misused(&node.body);
        let number = sources::own_index(node);
        let around = self.open.iter().map(|&open| self.loops[open].head.id);
        let head = Head {
            id,
            span: node.for_token.span,
            code: code::of(node),
            text: marks::head(node),
            iterations: iterations::iterations(node),
            marks: node.attrs.iter().filter_map(Mark::of).collect(),
            around: around.collect(),
            in_closure: self.closures > 0,
            in_loop: !self.rounds.is_empty(),
            statement: self.statement,
            is_statement,
            items: sources::items(&node.expr, &|place| {
                let binding = self.scope.lookup(&place.root.to_string());
                binding.map_or(Declared::Unknown, |binding| binding.declared)
            }),
            changed: aliases::changed(node, &misused),
            misused,
            held_stream: self.streams.held(&self.scope),
            first: sources::first_number(node),
            sure: number.as_ref().map_or_else(Vec::new, |number| {
                unconditional::elements(&node.body, number)
            }),
            pushed: pushes::once(node),
            arithmetic: arithmetic::of(node),
            index: number,
        };
        let body = Body {
            mentions: Vec::new(),
            bound: HashMap::new(),
            prints_alone: prints::alone(&node.body),
            exits: ways.exits,
            ends: ways.ends,
            passed: Vec::new(),
            statics: Vec::new(),
            assigned: Vec::new(),
            orders: order::orders(node),
            inputs: Vec::new(),
            sites: Vec::new(),
        };
        self.loops.push(OpenLoop {
            head,
            body,
            set: self.set.clone(),
            made: self.log.len(),
            drained: sources::drained(&node.expr),
            mentioned: (0, 0),
            rounds: self.rounds.clone(),
            resets: Vec::new(),
            announced: (self.announced.count(), 0),
            depth: self.scope.depth(),
        });
        Some(index)
    }
}
