//! Statics that a body may change, known by the way they are written: in capitals, or as a name that
//! nothing in the function declares. What a call or an assignment does with one is noted in the loops
//! around it (`calls`); the types of those that a method changes are asked, as of captured variables (`state`).

use crate::model::{Declared, Mention, Usage};
use crate::syntax::methods::CHANGES;
use proc_macro2::Ident;
use syn::{Expr, ExprCall, ExprMethodCall, Path};

/// `COUNT.fetch_add(1, Relaxed)`
pub(super) fn of_method(call: &ExprMethodCall) -> Option<&Path> {
    let method = call.method.to_string();
    match &*call.receiver {
        // A name in small letters that the function does not declare: a parser that is one has a `take`.
        Expr::Path(path) if path.path.get_ident().is_some() && method != "take" => Some(&path.path),
        receiver => shouted(receiver),
    }
    .filter(|_| CHANGES.contains(&&*method))
}

/// `AtomicU32::fetch_add(&COUNT, 1, Relaxed)`
pub(super) fn of_call(call: &ExprCall) -> Option<&Path> {
    let Expr::Path(function) = &*call.func else {
        return None;
    };
    let name = function.path.segments.last()?.ident.to_string();
    let Expr::Reference(lent) = call.args.first()? else {
        return None;
    };
    CHANGES.contains(&&*name).then(|| shouted(&lent.expr))?
}

/// Whether a `static mut` is changed, or lent to be.
pub(super) fn assigns_a_static(mention: &Mention) -> bool {
    let assigns = matches!(
        mention.usage,
        Usage::Step(_)
            | Usage::AssignPart(_)
            | Usage::AssignElement { .. }
            | Usage::BorrowMut
            | Usage::BorrowElementMut
            | Usage::ChangeInMacro(_)
    );
    assigns && mention.declared == Declared::Unknown && shouts(&mention.place.root)
}

/// `COUNT` of `stats::COUNT`, `stats::COUNTS[i]`
pub(super) fn of_a_module(expression: &Expr) -> Option<&Ident> {
    let path = shouted(expression).filter(|path| path.segments.len() > 1)?;
    path.segments.last().map(|name| &name.ident)
}

pub(super) fn is_shouted(path: &Path) -> bool {
    path.segments.last().is_some_and(|name| shouts(&name.ident))
}

fn shouts(name: &Ident) -> bool {
    let name = name.to_string();
    name.chars().any(|c| c.is_ascii_uppercase()) && !name.chars().any(|c| c.is_ascii_lowercase())
}

/// `COUNT`, `stats::COUNT`, `COUNTS[i]`: a static, by the way it is written.
fn shouted(expression: &Expr) -> Option<&Path> {
    match expression {
        Expr::Path(path) if path.qself.is_none() && is_shouted(&path.path) => Some(&path.path),
        Expr::Index(indexed) => shouted(&indexed.expr),
        Expr::Field(field) => shouted(&field.base),
        Expr::Paren(inner) => shouted(&inner.expr),
        _ => None,
    }
}
