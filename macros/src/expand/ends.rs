//! The blocks with which an iteration leaves the loop: they run where the loop as it was written stands, in the function
//! itself, and nowhere else.

use super::paths;
use crate::model::End;
use crate::syntax::{ends, tags};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Item, Lifetime, Stmt};

// Input:
//     for x in xs { if x == 0 { first = spare; break; } .. }
//
// Output:
//     for x in xs { if x == 0 { first = spare; break '__rounds; } .. }
//
/// What such a block moves is moved once: no round comes after it. Says whether there is one.
pub(crate) fn leave_rounds(node: &mut ExprForLoop, ends: &[End]) -> bool {
    let own = node.label.as_ref().map(|label| label.name.clone());
    let is_own = |label: &Option<Lifetime>| label.is_none() || *label == own;
    let mut leaves = false;
    let mut leave = |block: &mut Block| {
        if let Some(Stmt::Expr(Expr::Break(end), _)) = block.stmts.last_mut()
            && is_own(&end.label)
        {
            end.label = Some(paths::rounds_label());
            leaves = true;
        }
    };
    let then = &mut leave;
    Ends { ends, then }.visit_block_mut(&mut node.body);
    leaves
}

/// Whether a block runs where its end is evaluated.
pub(crate) fn takes_block(ends: &[End], end: &Expr) -> bool {
    let id = tags::end_id(end);
    let mut taken = ends.iter().filter(|end| end.takes_block);
    taken.any(|end| Some(end.id) == id)
}

struct Ends<'plan> {
    ends: &'plan [End],
    then: &'plan mut dyn FnMut(&mut Block),
}

impl VisitMut for Ends<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        if ends::of(block).is_some_and(|end| takes_block(self.ends, end)) {
            (self.then)(block);
        } else {
            visit_mut::visit_block_mut(self, block);
        }
    }

    // Nested items are left by their own ends.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
