//! Declarations of a variable in a function, found by its name.

use crate::model::Place;
use syn::visit::{self, Visit};
use syn::{Expr, FnArg, Ident, ItemFn, Local, Pat, PatIdent, ReceiverKind, Type};

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

/// The name of the variable's type, where it is written: `x: &mut Canvas`, `let mut x = Canvas::new(3);`. `None` where
/// it is not, or where there are several variables of the name.
pub(crate) fn type_name(function: &ItemFn, place: &Place) -> Option<String> {
    struct Types<'name> {
        name: &'name Ident,
        bindings: usize,
        found: Option<String>,
    }

    impl Types<'_> {
        fn declared(&mut self, pattern: &Pat, ty: Option<&Type>, value: Option<&Expr>) {
            match pattern {
                Pat::Ident(name) if name.ident == *self.name => {
                    let of_value = || value.and_then(constructed);
                    self.found = ty.and_then(named).or_else(of_value);
                }
                Pat::Type(typed) => self.declared(&typed.pat, Some(&typed.ty), value),
                Pat::Tuple(patterns) => {
                    if let Some(Expr::Tuple(values)) = value {
                        let pairs = patterns.elems.iter().zip(&values.elems);
                        pairs
                            .for_each(|(pattern, value)| self.declared(pattern, None, Some(value)));
                    }
                }
                _ => {}
            }
        }
    }

    impl<'ast> Visit<'ast> for Types<'_> {
        fn visit_local(&mut self, local: &'ast Local) {
            let value = local.init.as_ref().map(|init| &*init.expr);
            self.declared(&local.pat, None, value);
            visit::visit_local(self, local);
        }

        fn visit_fn_arg(&mut self, parameter: &'ast FnArg) {
            if let FnArg::Typed(parameter) = parameter {
                self.declared(&parameter.pat, Some(&parameter.ty), None);
            }
            visit::visit_fn_arg(self, parameter);
        }

        fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
            self.bindings += usize::from(name.ident == *self.name);
            visit::visit_pat_ident(self, name);
        }
    }

    if !place.fields.is_empty() {
        return None;
    }
    let mut types = Types {
        name: &place.root,
        bindings: 0,
        found: None,
    };
    types.visit_item_fn(function);
    types.found.filter(|_| types.bindings == 1)
}

/// Whether a variable is seen to be a number or a text of the standard library: `let mut x = 0.0;`, `x: &mut u64`
pub(crate) fn is_standard(function: &ItemFn, place: &Place) -> bool {
    struct Values<'name>(&'name Ident, bool);

    impl Values<'_> {
        fn declared(&mut self, pattern: &Pat, value: &Expr) {
            match (pattern, value) {
                (Pat::Ident(name), _) if name.ident == *self.0 => self.1 |= is_number(value),
                (Pat::Type(typed), _) => self.declared(&typed.pat, value),
                (Pat::Tuple(patterns), Expr::Tuple(values)) => {
                    let pairs = patterns.elems.iter().zip(&values.elems);
                    pairs.for_each(|(pattern, value)| self.declared(pattern, value));
                }
                _ => {}
            }
        }
    }

    impl<'ast> Visit<'ast> for Values<'_> {
        fn visit_local(&mut self, local: &'ast Local) {
            if let Some(init) = &local.init {
                self.declared(&local.pat, &init.expr);
            }
            visit::visit_local(self, local);
        }
    }

    let mut values = Values(&place.root, false);
    values.visit_item_fn(function);
    let name = type_name(function, place);
    values.1 || name.is_some_and(|name| name == "String" || is_primitive(&name))
}

/// `1`, `-0.5`, `f64::INFINITY`, `n as u64`
fn is_number(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Cast(_) => true,
        Expr::Unary(negated) => is_number(&negated.expr),
        Expr::Paren(inner) => is_number(&inner.expr),
        Expr::Path(path) => {
            let first = path.path.segments.first();
            first.is_some_and(|name| is_primitive(&name.ident.to_string()))
        }
        _ => false,
    }
}

/// `f64`, `usize`
pub(crate) fn is_primitive(name: &str) -> bool {
    let size = name.trim_start_matches(['f', 'i', 'u']);
    size.len() + 1 == name.len() && ["8", "16", "32", "64", "128", "size"].contains(&size)
}

/// `Canvas` of `&mut draw::Canvas<u8>`
fn named(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        Type::Reference(reference) => named(&reference.elem),
        Type::Paren(inner) => named(&inner.elem),
        _ => None,
    }
}

/// `Canvas` of `draw::Canvas::<u8>::new(3)`, `Canvas::EMPTY`, `Canvas { width: 3 }`, `Vec` of `vec![]`
fn constructed(value: &Expr) -> Option<String> {
    let name = match value {
        Expr::Call(call) => match &*call.func {
            Expr::Path(function) => function.path.segments.iter().rev().nth(1)?,
            _ => return None,
        },
        Expr::Path(constant) => constant.path.segments.iter().rev().nth(1)?,
        Expr::Struct(made) => made.path.segments.last()?,
        Expr::Macro(call) if call.mac.path.is_ident("vec") => return Some("Vec".to_owned()),
        _ => return None,
    };
    let name = name.ident.to_string();
    (name.starts_with(char::is_uppercase) && name != "Default").then_some(name)
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
