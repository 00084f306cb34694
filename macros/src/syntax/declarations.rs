//! Declarations of a variable in a function, found by its name.

use crate::model::Place;
use syn::visit::{self, Visit};
use syn::{FnArg, ItemFn, Pat, PatIdent, ReceiverKind, Type};

/// Whether a `&mut` of the variable can be had at all: there is a `mut` in its declaration.
pub(crate) fn is_mutable(function: &ItemFn, place: &Place) -> bool {
    struct Declarations<'name>(&'name str, bool);

    impl<'ast> Visit<'ast> for Declarations<'_> {
        fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
            self.1 |= pattern.ident == self.0 && pattern.mutability.is_some();
            visit::visit_pat_ident(self, pattern);
        }

        fn visit_fn_arg(&mut self, parameter: &'ast FnArg) {
            self.1 |= match parameter {
                FnArg::Receiver(receiver) => {
                    let mutable = matches!(receiver.kind, ReceiverKind::Reference(_, _, Some(_)));
                    self.0 == "self" && (mutable || receiver.mutability.is_some())
                }
                FnArg::Typed(parameter) => {
                    matches!(&*parameter.pat, Pat::Ident(pattern) if pattern.ident == self.0)
                        && matches!(&*parameter.ty, Type::Reference(ty) if ty.mutability.is_some())
                }
            };
            visit::visit_fn_arg(self, parameter);
        }
    }

    let name = place.root.to_string();
    let mut declarations = Declarations(&name, false);
    declarations.visit_item_fn(function);
    declarations.1
}

/// Of `x` in `fn f(x: &mut T)`, `self` in `fn f(&self)`: whether it is lent to be changed.
pub(crate) fn lent_parameter(function: &ItemFn, place: &Place) -> Option<bool> {
    function
        .sig
        .inputs
        .iter()
        .find_map(|parameter| match parameter {
            FnArg::Receiver(receiver) if place.root == "self" => match receiver.kind {
                ReceiverKind::Reference(_, _, mutable) => Some(mutable.is_some()),
                _ => None,
            },
            FnArg::Receiver(_) => None,
            FnArg::Typed(parameter) => match (&*parameter.pat, &*parameter.ty) {
                (Pat::Ident(pattern), Type::Reference(ty)) if pattern.ident == place.root => {
                    Some(ty.mutability.is_some())
                }
                _ => None,
            },
        })
}
