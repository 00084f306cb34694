//! The first value of a variable, as far as it can be seen: whether `clear` and `fill` are known to
//! leave nothing of it.

use syn::{Expr, ExprCall, ExprClosure, Pat, Type};

/// The kind of a first value, by the type that is written, or else by the value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InitialValue {
    /// `let buffer;`
    Nothing,
    /// `Vec::new()`, `None`: the type of its elements may be known later
    Empty,
    /// `vec![1]`, `String`, `HashMap<_, _>`
    Collection,
    /// `[0.0; 3]`, whose length never changes.
    Array,
    /// `&mut [f64]`
    Slice,
    /// `|x| x + 1`, which borrows what it uses; `Box::new(|x| x + 1)`
    Closure,
    /// `move |x| x + 1`, which takes it along.
    MovingClosure,
    /// `Canvas::new()`
    Other,
    Unknown,
}

impl InitialValue {
    pub(crate) fn of_local(pattern: &Pat, value: Option<&Expr>) -> Self {
        match (pattern, value) {
            (_, None) => Self::Nothing,
            (Pat::Ident(_), Some(value)) => Self::of_value(value),
            _ => Self::Unknown,
        }
    }

    pub(crate) fn of_pattern(pattern: &Pat, ty: Option<&Type>) -> Self {
        match (pattern, ty) {
            (Pat::Ident(_), Some(ty)) => Self::of_type(ty),
            _ => Self::Unknown,
        }
    }

    /// The kind that only the value shows, beside a written type.
    pub(crate) fn of_typed(value: Option<&Expr>) -> Option<Self> {
        match value {
            None => Some(Self::Nothing),
            Some(value) => Self::of_closure(value),
        }
    }

    fn of_closure(value: &Expr) -> Option<Self> {
        closure_in(value).map(|closure| match closure.capture {
            Some(_) => Self::MovingClosure,
            None => Self::Closure,
        })
    }

    fn of_type(ty: &Type) -> Self {
        match ty {
            Type::Path(path) => match path.path.segments.last() {
                Some(name) => Self::of_name(&name.ident.to_string()),
                None => Self::Unknown,
            },
            Type::Array(_) => Self::Array,
            Type::Reference(reference) => match &*reference.elem {
                Type::Slice(_) => Self::Slice,
                Type::Path(path) if path.path.is_ident("str") => Self::Slice,
                inner => Self::of_type(inner),
            },
            Type::Paren(inner) => Self::of_type(&inner.elem),
            _ => Self::Unknown,
        }
    }

    fn of_value(value: &Expr) -> Self {
        if let Some(closure) = Self::of_closure(value) {
            return closure;
        }
        match value {
            Expr::Array(_) | Expr::Repeat(_) => Self::Array,
            Expr::Struct(_) => Self::Other,
            _ if is_empty(value) => Self::Empty,
            Expr::Call(call) => Self::of_call(call),
            Expr::Macro(call) => match call.mac.path.segments.last() {
                Some(name) if name.ident == "vec" || name.ident == "format" => Self::Collection,
                _ => Self::Unknown,
            },
            Expr::Reference(borrow) => Self::of_value(&borrow.expr),
            _ => Self::Unknown,
        }
    }

    /// `Vec::new()`, `Canvas::new(3)`; a function of a module says nothing.
    fn of_call(call: &ExprCall) -> Self {
        let Expr::Path(function) = &*call.func else {
            return Self::Unknown;
        };
        let mut names = function.path.segments.iter().rev().skip(1);
        let Some(name) = names.next().map(|name| name.ident.to_string()) else {
            return Self::Unknown;
        };
        let is_type = name.starts_with(char::is_uppercase);
        if is_type && name != "Default" {
            Self::of_name(&name)
        } else {
            Self::Unknown
        }
    }

    fn of_name(name: &str) -> Self {
        const ENDINGS: [&str; 7] = ["Vec", "String", "Map", "Set", "Deque", "Heap", "List"];
        const FAMILIES: [&str; 4] = ["Array", "Matrix", "Vector", "Bytes"];
        let known = ENDINGS.iter().any(|ending| name.ends_with(ending))
            || FAMILIES.iter().any(|family| name.contains(family));
        if known { Self::Collection } else { Self::Other }
    }
}

/// The closure in a value, in a box or among others if need be.
fn closure_in(value: &Expr) -> Option<&ExprClosure> {
    match value {
        Expr::Closure(closure) => Some(closure),
        Expr::Paren(inner) => closure_in(&inner.expr),
        Expr::Group(inner) => closure_in(&inner.expr),
        Expr::Cast(cast) => closure_in(&cast.expr),
        Expr::Reference(borrow) => closure_in(&borrow.expr),
        Expr::Array(list) => list.elems.iter().find_map(closure_in),
        Expr::Tuple(list) => list.elems.iter().find_map(closure_in),
        Expr::Struct(made) => made.fields.iter().find_map(|field| closure_in(&field.expr)),
        // `Box::new(|x| x + 1)`, `Some(|x| x + 1)`; what another function makes of it isn't known.
        Expr::Call(call) => match &*call.func {
            Expr::Path(function) => {
                let name = &function.path.segments.last()?.ident;
                let is_kept = name == "new" || name.to_string().starts_with(char::is_uppercase);
                call.args.iter().find_map(closure_in).filter(|_| is_kept)
            }
            _ => None,
        },
        _ => None,
    }
}

/// `Vec::new()`, `vec![]`, `None`
fn is_empty(value: &Expr) -> bool {
    const COLLECTIONS: [&str; 7] = [
        "BTreeMap",
        "BTreeSet",
        "BinaryHeap",
        "HashMap",
        "HashSet",
        "Vec",
        "VecDeque",
    ];
    match value {
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Macro(call) => call.mac.path.is_ident("vec") && call.mac.tokens.is_empty(),
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else {
                return false;
            };
            let names: Vec<String> = function
                .path
                .segments
                .iter()
                .map(|s| s.ident.to_string())
                .collect();
            let [collection, method] = &names[..] else {
                return false;
            };
            COLLECTIONS.contains(&&**collection) && ["new", "with_capacity"].contains(&&**method)
        }
        _ => false,
    }
}
