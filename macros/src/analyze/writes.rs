//! Changes of captured variables that are no outputs. Each would be made on one rank only, in a
//! copy that nobody reads.

use super::outputs::lends_an_element;
use super::places;
use super::walk::FoundLoop;
use crate::model::{Mention, OuterWrite, Output, Place, Usage, WriteKind};
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprMethodCall};

/// Every change of a place that is no output, and of the items.
pub(crate) fn outer_writes(found: &FoundLoop, outputs: &[Output]) -> Vec<OuterWrite> {
    let is_output = |place: &Place| outputs.iter().any(|output| output.place.overlaps(place));
    let others = found.mentions.iter().filter(|m| !is_output(&m.place));
    let of_place = |place: &Place| {
        let place = place.clone();
        others.clone().filter(move |m| m.place.overlaps(&place))
    };
    let writes = others.clone().filter_map(|mention| {
        Some(OuterWrite {
            place: mention.place.clone(),
            span: mention.span,
            kind: kind(mention, of_place(&mention.place).any(reads))?,
        })
    });
    writes.chain(found.mutable_items.clone()).collect()
}

fn kind(mention: &Mention, is_read: bool) -> Option<WriteKind> {
    Some(match &mention.usage {
        Usage::Operator(operator) if is_read => WriteKind::Counter(operator.clone()),
        Usage::Operator(operator) => WriteKind::Reduction(operator.clone()),
        Usage::Extremum(name) => WriteKind::Reduction(name.clone()),
        Usage::Assign => WriteKind::Carried,
        Usage::AssignElement => WriteKind::InPlace,
        Usage::BorrowMut if is_generator(&mention.place) => WriteKind::LentGenerator,
        Usage::BorrowMut => WriteKind::Lent,
        Usage::ElementMethod(method) if super::APPENDS.contains(&&**method) => {
            WriteKind::Scatter(method.clone())
        }
        Usage::Method(method) if lends_an_element(method) => WriteKind::Entry(method.clone()),
        Usage::Method(method) if method.starts_with("fetch_") => WriteKind::Atomic(method.clone()),
        _ => return None,
    })
}

fn reads(mention: &Mention) -> bool {
    !matches!(
        mention.usage,
        Usage::Operator(_) | Usage::Extremum(_) | Usage::Assign
    )
}

/// By its name; its type is out of sight.
fn is_generator(place: &Place) -> bool {
    let name = place.to_string().to_lowercase();
    name.contains("rng") || name.contains("random")
}

/// `&mut xs`, `xs.iter_mut().enumerate()`, `xs.iter().zip(&mut ys)` as the items of a loop.
pub(crate) fn mutable_items(items: &Expr) -> Option<OuterWrite> {
    match items {
        Expr::Reference(borrow) if borrow.mutability.is_some() => {
            let span = places::reached(&borrow.expr).map(|reached| reached.place.root.span());
            let span = span.unwrap_or_else(|| borrow.expr.span());
            Some(mutable("`&mut`".to_owned(), span))
        }
        Expr::MethodCall(call) => mutable_method(call),
        Expr::Paren(inner) => mutable_items(&inner.expr),
        Expr::Group(inner) => mutable_items(&inner.expr),
        Expr::Call(call) => call.args.iter().find_map(mutable_items),
        _ => None,
    }
}

fn mutable_method(call: &ExprMethodCall) -> Option<OuterWrite> {
    let method = call.method.to_string();
    if method.ends_with("_mut") && method != "as_mut" && method != "borrow_mut" {
        return Some(mutable(format!("`{method}`"), call.method.span()));
    }
    let combines = method == "zip" || method == "chain";
    let in_arguments = || {
        call.args
            .iter()
            .filter(|_| combines)
            .find_map(mutable_items)
    };
    mutable_items(&call.receiver).or_else(in_arguments)
}

fn mutable(how: String, span: Span) -> OuterWrite {
    let place = Place {
        root: Ident::new("items", span),
        fields: Vec::new(),
    };
    OuterWrite {
        place,
        span,
        kind: WriteKind::MutableItems(how),
    }
}
