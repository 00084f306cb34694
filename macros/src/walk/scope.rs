//! The names in scope, and where they are bound. A name resolves to the innermost block, pattern or
//! parameter list that has bound it so far; the depth of that frame says whether a loop captures it.

use crate::model::Declared;
use crate::syntax::initial_values::InitialValue;
use crate::syntax::macros;
use crate::syntax::patterns::names;
use crate::syntax::sources;
use std::collections::HashMap;
use syn::{
    Expr, FnArg, Item, Local, Pat, PatIdent, ReceiverKind, Signature, Stmt, Type, TypeReference,
};

/// A resolved name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    /// Its number in the order of the text.
    pub(crate) id: usize,
    pub(crate) depth: usize,
    pub(crate) declared: Declared,
}

/// The frames around the visited node, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    frames: Vec<HashMap<String, Binding>>,
    /// The first value of each binding, by its number.
    pub(crate) initial_values: Vec<InitialValue>,
    /// The depth of the frame that each binding is in, by its number.
    pub(crate) depths: Vec<usize>,
}

impl Scope {
    pub(crate) fn enter(&mut self) {
        self.frames.push(HashMap::new());
    }

    pub(crate) fn leave(&mut self) {
        self.frames.pop();
    }

    pub(crate) fn depth(&self) -> usize {
        self.frames.len()
    }

    pub(crate) fn lookup(&self, name: &str) -> Option<Binding> {
        let mut innermost_first = self.frames.iter().rev();
        innermost_first.find_map(|frame| frame.get(name).copied())
    }

    fn bind(&mut self, name: String, declared: Declared, initial_value: InitialValue) {
        let binding = Binding {
            id: self.initial_values.len(),
            depth: self.frames.len().saturating_sub(1),
            declared,
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name, binding);
            self.initial_values.push(initial_value);
            self.depths.push(binding.depth);
        }
    }

    /// The parameters of the annotated function.
    pub(crate) fn bind_parameters(&mut self, signature: &Signature) {
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let by_value = matches!(receiver.kind, ReceiverKind::Value);
                    let declared = if by_value {
                        Declared::Owned
                    } else {
                        Declared::Reference
                    };
                    self.bind("self".to_owned(), declared, InitialValue::Unknown);
                }
                FnArg::Typed(parameter) => self.bind_pattern(&parameter.pat, Some(&parameter.ty)),
            }
        }
    }

    /// The names of a `let`, visible after it.
    pub(crate) fn bind_local(&mut self, local: &Local) {
        if let Pat::Type(typed) = &local.pat {
            self.bind_pattern(&typed.pat, Some(&typed.ty));
            let value = local.init.as_ref().map(|init| &*init.expr);
            let initial_value = InitialValue::of_typed(value);
            if let (Pat::Ident(_), Some(initial_value)) = (&*typed.pat, initial_value)
                && let Some(last) = self.initial_values.last_mut()
            {
                *last = initial_value;
            }
            return;
        }
        let value = local.init.as_ref().map(|init| &*init.expr);
        let initial_value = InitialValue::of_local(&local.pat, value);
        for name in names(&local.pat) {
            let declared = match value {
                Some(Expr::Reference(_)) => Declared::Reference,
                Some(value)
                    if matches!(local.pat, Pat::Ident(_))
                        && sources::makes_mutable_items(value) =>
                {
                    Declared::MutableItems
                }
                Some(value) if makes_a_collection(value) => Declared::Owned,
                _ => declared_by(name),
            };
            self.bind(name.ident.to_string(), declared, initial_value);
        }
    }

    /// The names of any pattern, with the type where it is written.
    pub(crate) fn bind_pattern(&mut self, pattern: &Pat, ty: Option<&Type>) {
        let initial_value = InitialValue::of_pattern(pattern, ty);
        for name in names(pattern) {
            let declared = match (pattern, ty) {
                (Pat::Ident(_), Some(Type::Reference(to))) if lends_an_array(to) => {
                    Declared::ArrayReference
                }
                (Pat::Ident(_), Some(Type::Reference(_))) => Declared::Reference,
                (Pat::Ident(_), Some(ty)) if sources::are_mutable_items(ty) => {
                    Declared::MutableItems
                }
                (Pat::Ident(_), Some(Type::Path(path))) if names_a_collection(path) => {
                    Declared::Owned
                }
                _ => declared_by(name),
            };
            self.bind(name.ident.to_string(), declared, initial_value);
        }
    }

    /// Items are visible in their whole block, and shadow the variables around it.
    pub(crate) fn bind_items(&mut self, statements: &[Stmt]) {
        for statement in statements {
            if let Stmt::Macro(statement) = statement {
                for name in macros::defined_statics(&statement.mac) {
                    self.bind(name.to_string(), Declared::Unknown, InitialValue::Unknown);
                }
            }
            let name = match statement {
                Stmt::Item(Item::Fn(item)) => &item.sig.ident,
                Stmt::Item(Item::Const(item)) => &item.ident,
                Stmt::Item(Item::Static(item)) => &item.ident,
                Stmt::Item(Item::Struct(item)) => &item.ident,
                _ => continue,
            };
            self.bind(name.to_string(), Declared::Unknown, InitialValue::Unknown);
        }
    }
}

/// A variable that is filled without being `mut` can only be a reference.
fn declared_by(name: &PatIdent) -> Declared {
    if name.mutability.is_some() && name.by_ref.is_none() {
        Declared::Owned
    } else {
        Declared::Reference
    }
}

/// `Vec::new()`, `vec![]`: where `mut` was forgotten, the compiler should say so, which it does
/// for `&mut results` but not for `&mut *results`.
fn makes_a_collection(value: &Expr) -> bool {
    match value {
        Expr::Macro(_) | Expr::Struct(_) => true,
        // `let log = Log;`
        Expr::Path(unit) => unit.path.segments.last().is_some_and(|name| {
            let name = name.ident.to_string();
            name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
        }),
        Expr::Call(call) => match &*call.func {
            Expr::Path(function) => function.path.segments.last().is_some_and(|name| {
                ["new", "with_capacity", "default", "from"].contains(&&*name.ident.to_string())
            }),
            _ => false,
        },
        _ => false,
    }
}

/// A parameter `results: Vec<_>` without `mut`: as above.
fn names_a_collection(path: &syn::TypePath) -> bool {
    path.path.segments.last().is_some_and(|name| {
        let name = name.ident.to_string();
        ["Vec", "String"].contains(&&*name) || name.ends_with("Map") || name.ends_with("Set")
    })
}

/// `&mut [T]`, `&mut Vec<T>`: what iterates over its elements, and is no iterator itself.
fn lends_an_array(to: &TypeReference) -> bool {
    let is_array = match &*to.elem {
        Type::Slice(_) | Type::Array(_) => true,
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|name| ["Vec", "VecDeque"].contains(&&*name.ident.to_string())),
        _ => false,
    };
    is_array && to.mutability.is_some()
}
