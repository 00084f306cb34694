//! The captures of a loop: the variables that all its iterations share.

use crate::model::{Capture, Declared, Listed, Ordered, Output, Place, Usage};
use crate::walk::LoopSummary;
use syn::visit::{self, Visit};
use syn::{FnArg, Ident, ItemFn, Pat, PatIdent, ReceiverKind, Type};

/// What the closure around the body captures, each as it stands at its first use. What only a
/// macro's tokens mention is left out: it may be something else there.
pub(crate) fn captures(
    function: &ItemFn,
    summary: &LoopSummary,
    outputs: &[Output],
) -> Vec<Capture> {
    let mut captures: Vec<Capture> = Vec::new();
    for mention in &summary.body.mentions {
        let is_variable = mention.declared != Declared::Unknown
            && !matches!(mention.usage, Usage::UnknownMacro(_));
        let is_output = |place: &Place| outputs.iter().any(|output| output.place.overlaps(place));
        if !is_variable || is_output(&mention.place) {
            continue;
        }
        let mut place = mention.place.clone();
        let behind_reference = is_reference(function, &place.root.to_string());
        if behind_reference {
            place.fields.clear();
        }
        let is_known = |known: &Capture| {
            known.place.overlaps(&place) && known.place.fields.len() <= place.fields.len()
        };
        if !captures.iter().any(is_known) {
            captures.push(Capture {
                place,
                behind_reference,
            });
        }
    }
    captures
}

/// The variables and fields that the body looks at: every rank computes them itself.
pub(crate) fn compared(summary: &LoopSummary, outputs: &[Output], own: &[Ident]) -> Vec<Place> {
    let mut compared: Vec<Place> = Vec::new();
    let mentioned = summary.variables().map(|mention| &mention.place);
    // Those that each iteration starts from.
    let cloned = summary
        .scratch
        .iter()
        .filter(|scratch| scratch.each_iteration);
    let cloned = cloned.map(|scratch| Place {
        root: scratch.name.clone(),
        fields: Vec::new(),
    });
    let cloned: Vec<Place> = cloned.collect();
    for place in mentioned.chain(&summary.hidden).chain(&cloned) {
        let is_output = outputs.iter().any(|output| output.place.overlaps(place));
        if is_output || own.contains(&place.root) || summary.is_empty(&place.root) {
            continue;
        }
        let contains = |whole: &Place, part: &Place| {
            whole.overlaps(part) && whole.fields.len() <= part.fields.len()
        };
        if !compared.iter().any(|known| contains(known, place)) {
            compared.retain(|known| !contains(place, known));
            compared.push(place.clone());
        }
    }
    compared
}

/// What the body goes through in its order, of what ranks compare.
pub(crate) fn ordered(summary: &LoopSummary, compared: &[Place]) -> Vec<Ordered> {
    let shown = summary.body.orders.shown.iter();
    let shown = shown.filter(|ordered| is_compared(compared, &ordered.place));
    shown.cloned().collect()
}

/// And what lists are filled from.
pub(crate) fn listed(summary: &LoopSummary, compared: &[Place]) -> Vec<Listed> {
    let listed = summary.body.orders.listed.iter();
    let listed = listed.filter(|listed| is_compared(compared, &listed.table));
    listed.cloned().collect()
}

fn is_compared(compared: &[Place], place: &Place) -> bool {
    compared.iter().any(|compared| compared.overlaps(place))
}

/// Of a value behind a shared reference, a closure captures all, whichever field it uses.
fn is_reference(function: &ItemFn, name: &str) -> bool {
    function.sig.inputs.iter().any(|input| match input {
        FnArg::Receiver(receiver) => {
            let shared = matches!(receiver.kind, ReceiverKind::Reference(_, _, None));
            name == "self" && shared
        }
        FnArg::Typed(parameter) => {
            let is_it = matches!(&*parameter.pat, Pat::Ident(pattern) if pattern.ident == name);
            let shared = matches!(&*parameter.ty, Type::Reference(ty) if ty.mutability.is_none());
            is_it && shared && !is_bound_again(function, name)
        }
    })
}

/// Whether the body of the function has another variable of that name.
fn is_bound_again(function: &ItemFn, name: &str) -> bool {
    struct Again<'name>(&'name str, bool);

    impl<'ast> Visit<'ast> for Again<'_> {
        fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
            self.1 |= pattern.ident == self.0;
            visit::visit_pat_ident(self, pattern);
        }
    }

    let mut again = Again(name, false);
    again.visit_block(&function.block);
    again.1
}
