//! A loop as the walk comes to it: what its head and its place say, before its body is visited.

use super::ahead::{self, Trace};
use super::closures::Reached;
use super::found::FoundLoop;
use super::heads::{self, Mark};
use super::walk::Walker;
use super::{aliases, exits, guards, order, sources};
use crate::tags;
use std::collections::HashMap;
use syn::ExprForLoop;

impl Walker {
    /// Opens the loop, unless it stands in the arguments of a macro, where it can't be moved.
    pub(super) fn open(&mut self, node: &ExprForLoop, is_statement: bool) -> Option<usize> {
        let id = tags::id(node)?;
        let index = self.loops.len();
        let ways = exits::leaving(node);
        let misused = guards::misused(&node.body);
        self.loops.push(FoundLoop {
            id,
            span: node.for_token.span,
            head: heads::head(node),
            iterations: heads::iterations(node),
            marks: node.attrs.iter().filter_map(Mark::of).collect(),
            around: self.open.iter().map(|&open| self.loops[open].id).collect(),
            in_closure: self.closures > 0,
            in_loop: !self.rounds.is_empty(),
            statement: self.statement,
            is_statement,
            mentions: Vec::new(),
            bound: HashMap::new(),
            exits: ways.exits,
            returned: vec![Vec::new(); ways.values.len()],
            values: ways.values,
            captured: Vec::new(),
            scratch: Vec::new(),
            set: self.set.clone(),
            made: self.log.len(),
            drained: ahead::drained(&node.expr),
            body: (0, 0),
            trace: Trace::None,
            rounds: self.rounds.clone(),
            resets: Vec::new(),
            items: sources::items(&node.expr, &self.scope),
            passed: Vec::new(),
            statics: Vec::new(),
            assigned: Vec::new(),
            reached: Reached::default(),
            hidden: Vec::new(),
            announced: (self.announced.count(), 0),
            made_by_macros: Vec::new(),
            changed: aliases::changed(node, &misused),
            misused,
            orders: order::orders(node),
            inputs: Vec::new(),
            held_stream: self.held_stream(),
            index: sources::own_index(node),
            depth: self.scope.depth(),
        });
        Some(index)
    }
}
