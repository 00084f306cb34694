//! Whether a loop that is refused can be split: all that is wrong with it is how some statements use a few variables.

use crate::model::{
    Exit, ExitKind, LoopId, Misuse, MisuseKind, OuterWrite, Output, Place, Split, Unreduced,
    WriteKind,
};
use crate::syntax::declarations::is_mutable;
use crate::syntax::sources::Items;
use crate::syntax::splits::{self, Known};
use crate::syntax::{formats, tags};
use crate::walk::LoopSummary;
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{ExprForLoop, FnArg, Ident, Item, ItemFn, Pat, Type};

/// The split of the loop, for what is wrong with it.
pub(crate) fn split(
    function: &ItemFn,
    summary: &LoopSummary,
    outputs: &[Output],
    misuses: &[Misuse],
    writes: &[OuterWrite],
) -> Option<Split> {
    let of_outputs = misuses
        .iter()
        .map(|misuse| is_order(&misuse.kind).then_some(&misuse.output));
    let of_others = writes
        .iter()
        .map(|write| is_state(&write.kind).then_some(&write.place));
    let mut refused: Vec<Place> = Vec::new();
    for place in of_outputs.chain(of_others) {
        let place = place?;
        if !refused.contains(place) {
            refused.push(place.clone());
        }
    }
    // What the iterations before did behind would be missing where the function is left.
    let leaves = |exit: &Exit| exit.kind != ExitKind::Break;
    let are_changed = !matches!(summary.head.items, Items::Shared);
    if refused.is_empty() || are_changed || summary.body.exits.iter().any(leaves) {
        return None;
    }
    let outputs = outputs.iter().map(|output| output.place.clone());
    let scratch = summary.scratch.iter().map(|scratch| Place {
        root: scratch.name.clone(),
        fields: Vec::new(),
    });
    let changed: Vec<Place> = outputs.chain(scratch).collect();
    let names = formats::mentioned(&function.to_token_stream());
    splits::split(
        loop_of(function, summary.head.id)?,
        &Known {
            refused: &refused,
            changed: &changed,
            index: summary.head.index.as_ref(),
            is_mutable: &|place| is_mutable(function, place),
            is_lent: &|name| is_lent(function, name),
            is_free: &|name| !names.iter().any(|known| known == name),
        },
    )
}

/// What needs the iterations before, or all of them.
fn is_order(kind: &MisuseKind) -> bool {
    matches!(
        kind,
        MisuseKind::Changed(_)
            | MisuseKind::Element(_)
            | MisuseKind::FormatString(_)
            | MisuseKind::InsertValue
            | MisuseKind::OtherElement { .. }
            | MisuseKind::Read(_)
            | MisuseKind::Scratch
            | MisuseKind::Whole(_)
    )
}

/// The same of what is no output. A random number generator is better off in the loop.
fn is_state(kind: &WriteKind) -> bool {
    match kind {
        WriteKind::Carried
        | WriteKind::InPlace { .. }
        | WriteKind::Lent
        | WriteKind::Scatter { .. }
        | WriteKind::Unpacked => true,
        WriteKind::Unreduced(why) => matches!(
            why,
            Unreduced::Choice
                | Unreduced::Counter(_)
                | Unreduced::Foldable { .. }
                | Unreduced::Mixed { .. }
                | Unreduced::Operator(_)
        ),
        _ => false,
    }
}

fn loop_of(function: &ItemFn, wanted: LoopId) -> Option<&ExprForLoop> {
    struct Loops<'ast> {
        wanted: LoopId,
        found: Option<&'ast ExprForLoop>,
    }
    impl<'ast> Visit<'ast> for Loops<'ast> {
        fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
            if tags::id(node) == Some(self.wanted) {
                self.found = Some(node);
            }
            visit::visit_expr_for_loop(self, node);
        }

        fn visit_item(&mut self, _: &'ast Item) {}
    }
    let mut loops = Loops {
        wanted,
        found: None,
    };
    loops.visit_block(&function.block);
    loops.found
}

/// `xs: &[u64]`
fn is_lent(function: &ItemFn, name: &Ident) -> bool {
    function.sig.inputs.iter().any(|input| match input {
        FnArg::Typed(parameter) => {
            matches!(&*parameter.pat, Pat::Ident(pattern) if pattern.ident == *name)
                && matches!(&*parameter.ty, Type::Reference(_))
        }
        FnArg::Receiver(_) => false,
    })
}
