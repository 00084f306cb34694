//! Items whose making may have a side effect on the function: `from_fn(|| stack.pop())`. A rank makes items
//! beyond the iteration that leaves the loop, and none behind the last one that it runs itself, so after
//! the loop the function would find another state than the sequential loop leaves.
//!
//! Invariant: only variables that the items can't have changed are left out. Whether items have side
//! effects is for their type to say, which the macro doesn't know.

use super::captures::used_from;
use super::open_loop::OpenLoop;
use super::scope::Binding;
use super::walker::Walker;
use crate::model::Declared;
use crate::syntax::sources::Items;
use syn::{FnArg, ItemFn, Pat, ReceiverKind, Type};

/// Whether the items mention a variable, by others if need be, that could be changed and that is
/// looked at once they were made: after the loop, by the value of a `return`, or by the caller.
pub(super) fn of_items(walker: &Walker, open: &OpenLoop, function: &ItemFn) -> bool {
    // Of variables and ranges alone.
    if matches!(open.head.items, Items::Mutable { repeatable, .. } if repeatable) {
        return false;
    }
    let items = open.made..open.mentioned.0;
    let mut pending = vec![items];
    let mut seen: Vec<usize> = Vec::new();
    while let Some(range) = pending.pop() {
        for (binding, name) in &walker.log[range] {
            if binding.depth >= open.depth || seen.contains(&binding.id) {
                continue;
            }
            seen.push(binding.id);
            if open.drained.as_ref().is_some_and(|drained| drained == name) {
                continue;
            }
            if is_lent_by_the_caller(function, *binding, name)
                || (binding.declared == Declared::Owned
                    && used_from(walker, open, open.mentioned.0, *binding))
            {
                return true;
            }
            pending.extend(walker.origins.of(binding.id));
        }
    }
    false
}

/// `&mut self`, `stack: &mut Vec<_>`
fn is_lent_by_the_caller(function: &ItemFn, binding: Binding, name: &str) -> bool {
    // The parameters are bound in the outermost frame.
    binding.depth == 0
        && function.sig.inputs.iter().any(|input| match input {
            FnArg::Receiver(receiver) => {
                name == "self" && matches!(receiver.kind, ReceiverKind::Reference(_, _, Some(_)))
            }
            FnArg::Typed(parameter) => match (&*parameter.pat, &*parameter.ty) {
                (Pat::Ident(pattern), Type::Reference(ty)) => {
                    pattern.ident == name && ty.mutability.is_some()
                }
                _ => false,
            },
        })
}
