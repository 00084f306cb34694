//! Variables that are declared without a value and have one by now, whichever way the function came.
//!
//! Invariant: a variable that is mentioned has its value from there on, as the compiler makes sure.

use super::walker::Walker;
use crate::syntax::initial_values::InitialValue;
use syn::visit::Visit as _;
use syn::{ExprIf, ExprMatch};

impl Walker {
    /// Notes that a variable is mentioned, and so has a value.
    pub(super) fn note_set(&mut self, binding: usize) {
        if self.scope.initial_values[binding] == InitialValue::Nothing
            && !self.set.contains(&binding)
        {
            self.set.push(binding);
        }
    }

    /// Visits code that may be passed over, and returns the variables that are set at its end.
    pub(super) fn branch(&mut self, inside: impl FnOnce(&mut Self)) -> Vec<usize> {
        let before = self.set.clone();
        inside(self);
        std::mem::replace(&mut self.set, before)
    }

    /// After branches of which the function takes one.
    fn join(&mut self, branches: &[Vec<usize>]) {
        if let Some((first, others)) = branches.split_first() {
            let everywhere = |id: &&usize| others.iter().all(|other| other.contains(id));
            self.set = first.iter().filter(everywhere).copied().collect();
        }
    }

    // The names of `if let` reach to the end of the block, not into the `else`.
    pub(super) fn branches_of_if(&mut self, node: &ExprIf) {
        let mut taken = Vec::new();
        self.scoped(|walker| {
            walker.visit_expr(&node.cond);
            taken = walker.branch(|walker| walker.visit_block(&node.then_branch));
        });
        let otherwise = self.branch(|walker| {
            if let Some((_, otherwise)) = &node.else_branch {
                walker.visit_expr(otherwise);
            }
        });
        self.join(&[taken, otherwise]);
    }

    pub(super) fn branches_of_match(&mut self, node: &ExprMatch) {
        self.visit_expr(&node.expr);
        let arms = node.arms.iter();
        let arms: Vec<Vec<usize>> = arms
            .map(|arm| self.branch(|walker| walker.visit_arm(arm)))
            .collect();
        self.join(&arms);
    }
}
