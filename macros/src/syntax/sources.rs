//! The source of a loop's items: elements to be changed in place, and numbers that no two iterations
//! share.

use super::{places, steps};
use crate::model::{Declared, Place};
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Expr, ExprForLoop, ExprLit, Ident, Lit, Pat, Type};

/// The items, as far as the loop can change them.
#[derive(Clone, Debug)]
pub(crate) enum Items {
    Shared,
    /// The elements of these arrays; `repeatable`, if the others are the same when asked for again.
    Mutable {
        arrays: Vec<(Place, Declared)>,
        repeatable: bool,
    },
    /// In a form that can't be told apart into arrays and numbers.
    Unknown {
        how: String,
        span: Span,
    },
}

/// `xs.iter_mut().zip(&ys).enumerate()` taken apart.
#[derive(Debug)]
pub(crate) enum Source<'ast> {
    /// `xs.iter_mut()`, `&mut xs`
    Mutable(Place),
    Enumerated(Box<Source<'ast>>),
    Zipped(Box<Source<'ast>>, Box<Source<'ast>>),
    Shared(&'ast Expr),
}

/// `declared` tells how the variable of a place is.
pub(crate) fn items(expression: &Expr, declared: &dyn Fn(&Place) -> Declared) -> Items {
    let is_array =
        |place: &Place| place.fields.is_empty() && declared(place) == Declared::ArrayReference;
    let Some(source) = source(expression, &is_array) else {
        return match mutable(expression, &is_array) {
            Some((how, span)) => Items::Unknown { how, span },
            None => Items::Shared,
        };
    };
    let mut places = Vec::new();
    arrays(&source, &mut places);
    let twice = |(number, place): (usize, &Place)| {
        places[..number].iter().any(|other| other.overlaps(place))
    };
    match places.iter().enumerate().any(twice) {
        _ if places.is_empty() => match handed_on(expression, declared) {
            Some(span) => Items::Unknown {
                how: "this iterator".to_owned(),
                span,
            },
            None => Items::Shared,
        },
        true => Items::Unknown {
            how: "the same array twice".to_owned(),
            span: expression.span(),
        },
        false => {
            let with_declared = |place: Place| (place.clone(), declared(&place));
            Items::Mutable {
                arrays: places.into_iter().map(with_declared).collect(),
                repeatable: is_repeatable(&source),
            }
        }
    }
}

/// The parts of the items; `is_array` tells variables that are `&mut [T]`.
pub(crate) fn source<'ast>(
    expression: &'ast Expr,
    is_array: &impl Fn(&Place) -> bool,
) -> Option<Source<'ast>> {
    let array = |expression| {
        let target = steps::target(expression)?;
        Some(Source::Mutable(target.place))
    };
    match expression {
        Expr::Paren(inner) => return source(&inner.expr, is_array),
        Expr::Group(inner) => return source(&inner.expr, is_array),
        Expr::Reference(borrow) if borrow.mutability.is_some() => return array(&borrow.expr),
        Expr::MethodCall(call) if call.method == "iter_mut" => return array(&call.receiver),
        Expr::MethodCall(call)
            if call.method == "into_iter" && is_lent(&call.receiver, is_array) =>
        {
            return array(&call.receiver);
        }
        Expr::MethodCall(call) if call.method == "enumerate" => {
            let inner = source(&call.receiver, is_array)?;
            if !matches!(inner, Source::Shared(_)) {
                return Some(Source::Enumerated(Box::new(inner)));
            }
        }
        Expr::Path(_) if is_lent(expression, is_array) => return array(expression),
        _ => {
            if let Some((left, right)) = zipped(expression) {
                let (left, right) = (source(left, is_array)?, source(right, is_array)?);
                if !matches!((&left, &right), (Source::Shared(_), Source::Shared(_))) {
                    return Some(Source::Zipped(Box::new(left), Box::new(right)));
                }
            }
        }
    }
    mutable(expression, is_array)
        .is_none()
        .then_some(Source::Shared(expression))
}

/// A variable that is `&mut [T]`.
fn is_lent(expression: &Expr, is_array: &impl Fn(&Place) -> bool) -> bool {
    places::whole(expression).is_some_and(|place| is_array(&place))
}

/// `a.zip(b)`, `zip(a, b)`
fn zipped(expression: &Expr) -> Option<(&Expr, &Expr)> {
    match expression {
        Expr::MethodCall(call) if call.method == "zip" && call.args.len() == 1 => {
            Some((&call.receiver, &call.args[0]))
        }
        Expr::Call(call) if call.args.len() == 2 => match &*call.func {
            Expr::Path(path) if path.path.segments.last()?.ident == "zip" => {
                Some((&call.args[0], &call.args[1]))
            }
            _ => None,
        },
        _ => None,
    }
}

fn arrays(source: &Source<'_>, places: &mut Vec<Place>) {
    match source {
        Source::Mutable(place) => places.push(place.clone()),
        Source::Enumerated(inner) => arrays(inner, places),
        Source::Zipped(left, right) => {
            arrays(left, places);
            arrays(right, places);
        }
        Source::Shared(_) => {}
    }
}

/// Variables, ranges of them, and what only passes over them.
fn is_repeatable(source: &Source<'_>) -> bool {
    match source {
        Source::Mutable(_) => true,
        Source::Enumerated(inner) => is_repeatable(inner),
        Source::Zipped(left, right) => is_repeatable(left) && is_repeatable(right),
        Source::Shared(expression) => is_pure(expression),
    }
}

/// Variables, ranges of them, and what goes over them: made again it is the same.
pub(crate) fn is_pure(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(field) => is_pure(&field.base),
        Expr::Reference(borrow) => borrow.mutability.is_none() && is_pure(&borrow.expr),
        Expr::Paren(inner) => is_pure(&inner.expr),
        Expr::Group(inner) => is_pure(&inner.expr),
        Expr::Range(range) => [&range.start, &range.end]
            .into_iter()
            .flatten()
            .all(|end| is_pure(end)),
        Expr::MethodCall(call) => {
            let passes = ["iter", "enumerate", "len"].contains(&&*call.method.to_string());
            passes && call.args.is_empty() && is_pure(&call.receiver)
        }
        _ => false,
    }
}

/// `&mut xs[1..]`, `xs.chunks_mut(3)`: what makes the items mutable, anywhere in the expression.
fn mutable(items: &Expr, is_array: &impl Fn(&Place) -> bool) -> Option<(String, Span)> {
    match items {
        Expr::Reference(borrow) if borrow.mutability.is_some() => {
            let place = places::reached(&borrow.expr).map(|reached| reached.place.root.span());
            let span = place.unwrap_or_else(|| borrow.expr.span());
            Some(("`&mut`".to_owned(), span))
        }
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            let is_mutable =
                method.ends_with("_mut") && method != "as_mut" && method != "borrow_mut";
            if is_mutable || (method == "into_iter" && is_lent(&call.receiver, is_array)) {
                return Some((format!("`{method}`"), call.method.span()));
            }
            let combines = method == "zip" || method == "chain";
            let mut arguments = call.args.iter().filter(|_| combines);
            let in_arguments = || arguments.find_map(|argument| mutable(argument, is_array));
            mutable(&call.receiver, is_array).or_else(in_arguments)
        }
        Expr::Paren(inner) => mutable(&inner.expr, is_array),
        Expr::Group(inner) => mutable(&inner.expr, is_array),
        Expr::Call(call) if !takes_out(&call.func) => call
            .args
            .iter()
            .find_map(|argument| mutable(argument, is_array)),
        _ => None,
    }
}

/// `mem::take`, `std::mem::replace`: items are what was there, whole.
fn takes_out(function: &Expr) -> bool {
    let Expr::Path(function) = function else {
        return false;
    };
    let mut names = function.path.segments.iter().rev().map(|name| &name.ident);
    names
        .next()
        .is_some_and(|name| name == "take" || name == "replace")
        && names.next().is_some_and(|module| module == "mem")
}

/// What only passes items on.
const PASSING: [&str; 9] = [
    "by_ref",
    "enumerate",
    "fuse",
    "into_iter",
    "rev",
    "skip",
    "step_by",
    "take",
    "zip",
];

/// `rows.enumerate()`, after `let rows = table.chunks_mut(3);`
fn handed_on(items: &Expr, declared: &dyn Fn(&Place) -> Declared) -> Option<Span> {
    match items {
        Expr::Paren(inner) => handed_on(&inner.expr, declared),
        Expr::Group(inner) => handed_on(&inner.expr, declared),
        Expr::MethodCall(call) if PASSING.contains(&&*call.method.to_string()) => {
            let zipped = call.args.iter().filter(|_| call.method == "zip");
            let mut zipped = zipped.filter_map(|with| handed_on(with, declared));
            handed_on(&call.receiver, declared).or_else(|| zipped.next())
        }
        _ => {
            let place = places::whole(items)?;
            let is_known = place.fields.is_empty() && declared(&place) == Declared::MutableItems;
            is_known.then(|| place.root.span())
        }
    }
}

/// `table.chunks_mut(3).enumerate()`
pub(crate) fn makes_mutable_items(value: &Expr) -> bool {
    const MUTABLE: [&str; 12] = [
        "array_chunks_mut",
        "axis_iter_mut",
        "chunk_by_mut",
        "chunks_exact_mut",
        "chunks_mut",
        "iter_mut",
        "outer_iter_mut",
        "rchunks_exact_mut",
        "rchunks_mut",
        "rows_mut",
        "split_mut",
        "values_mut",
    ];
    match value {
        Expr::Paren(inner) => makes_mutable_items(&inner.expr),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            let mut zipped = call.args.iter().filter(|_| method == "zip");
            MUTABLE.contains(&&*method)
                || (PASSING.contains(&&*method)
                    && (makes_mutable_items(&call.receiver) || zipped.any(makes_mutable_items)))
        }
        _ => false,
    }
}

/// `IterMut<'_, T>`, `impl Iterator<Item = &mut T>`
pub(crate) fn are_mutable_items(ty: &Type) -> bool {
    if matches!(ty, Type::Reference(_)) {
        return false;
    }
    let tokens = ty.to_token_stream().to_string();
    let is_iterator = |name: &str| tokens.contains(name);
    is_iterator("IterMut") || is_iterator("ChunksMut") || {
        let item = tokens
            .split_once("Item = &")
            .map(|(_, item)| item.trim_start());
        item.is_some_and(|item| {
            let lifetime = item
                .split_once(' ')
                .filter(|(first, _)| first.starts_with('\''));
            lifetime.map_or(item, |(_, rest)| rest).starts_with("mut ")
        })
    }
}

/// The variable that numbers the iterations: no two of them have the same value in it.
pub(crate) fn own_index(node: &ExprForLoop) -> Option<Ident> {
    numbered(&node.pat, &node.expr)
}

/// The number of the first iteration, where each next one has the next number.
pub(crate) fn first_number(node: &ExprForLoop) -> Option<usize> {
    fn first(items: &Expr) -> Option<usize> {
        match items {
            Expr::Paren(inner) => first(&inner.expr),
            Expr::Group(inner) => first(&inner.expr),
            Expr::Range(range) => match &**range.start.as_ref()? {
                Expr::Lit(ExprLit {
                    lit: Lit::Int(start),
                    ..
                }) => start.base10_parse().ok(),
                _ => None,
            },
            _ => None,
        }
    }
    match &*node.expr {
        Expr::MethodCall(call) if call.method == "enumerate" && own_index(node).is_some() => {
            let Pat::Tuple(pair) = &*node.pat else {
                return None;
            };
            pair.elems.first().and_then(plain).map(|_| 0)
        }
        items => first(items),
    }
}

fn numbered(pattern: &Pat, items: &Expr) -> Option<Ident> {
    // They leave out items, or turn them around.
    const CHOOSING: [&str; 7] = [
        "rev",
        "skip",
        "take",
        "step_by",
        "filter",
        "skip_while",
        "take_while",
    ];
    let pair = || match pattern {
        Pat::Tuple(pair) if pair.elems.len() == 2 => Some((&pair.elems[0], &pair.elems[1])),
        _ => None,
    };
    match items {
        Expr::Paren(inner) => numbered(pattern, &inner.expr),
        Expr::Group(inner) => numbered(pattern, &inner.expr),
        Expr::Range(_) => plain(pattern),
        Expr::MethodCall(call) if CHOOSING.contains(&&*call.method.to_string()) => {
            numbered(pattern, &call.receiver)
        }
        Expr::MethodCall(call) if call.method == "enumerate" => {
            let (number, item) = pair()?;
            plain(number).or_else(|| numbered(item, &call.receiver))
        }
        _ => {
            let ((left, right), (a, b)) = (pair()?, zipped(items)?);
            numbered(left, a).or_else(|| numbered(right, b))
        }
    }
}

fn plain(pattern: &Pat) -> Option<Ident> {
    match pattern {
        Pat::Ident(name)
            if name.mutability.is_none() && name.by_ref.is_none() && name.subpat.is_none() =>
        {
            Some(name.ident.clone())
        }
        _ => None,
    }
}

/// `queue` of `queue.drain(..)`, which loses the same elements wherever the loop ends.
pub(crate) fn drained(items: &Expr) -> Option<Ident> {
    match items {
        Expr::MethodCall(call) if call.method == "drain" => {
            places::whole(&call.receiver).map(|place| place.root)
        }
        Expr::MethodCall(call) => drained(&call.receiver),
        _ => None,
    }
}
