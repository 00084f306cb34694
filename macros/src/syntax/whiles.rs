//! `while let Some(x) = items.next()`, which a `for` says as well.
//!
//! Invariant: the body does nothing else with the iterator, or the queue, so that it comes to an end by these calls alone.

use super::places;
use super::shown::shown;
use super::uses;
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprClosure, ExprWhile, Item, ItemFn, Pat};

/// One that goes over all that there is.
#[derive(Clone, Debug)]
pub(crate) struct OverAll {
    pub(crate) span: Span,
    /// `for x in items`
    pub(crate) instead: String,
}

/// The first one of a function, outside of closures.
pub(crate) fn first(function: &ItemFn) -> Option<OverAll> {
    struct Whiles(Option<OverAll>);

    impl<'ast> Visit<'ast> for Whiles {
        fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
            self.0 = self.0.take().or_else(|| over_all(node));
            visit::visit_expr_while(self, node);
        }

        fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
        fn visit_item(&mut self, _: &'ast Item) {}
    }

    let mut whiles = Whiles(None);
    whiles.visit_block(&function.block);
    whiles.0
}

// Input:
//     while let Some(x) = items.next() { .. }
//
// Output:
//     for x in items
/// The same as the head of a `for`.
pub(crate) fn over_all(node: &ExprWhile) -> Option<OverAll> {
    let Expr::Let(test) = &*node.cond else {
        return None;
    };
    let (Pat::TupleStruct(some), Expr::MethodCall(call)) = (&*test.pat, &*test.expr) else {
        return None;
    };
    let [item] = some.elems.iter().collect::<Vec<_>>()[..] else {
        return None;
    };
    let is_some = some
        .path
        .segments
        .last()
        .is_some_and(|last| last.ident == "Some");
    let place = places::whole(&call.receiver)?;
    let statements = node.body.stmts.iter();
    let mut uses = statements.flat_map(uses::of_statement);
    if !is_some || !call.args.is_empty() || uses.any(|each| each.place.overlaps(&place)) {
        return None;
    }
    let items = match &*call.method.to_string() {
        "next" if place.fields.is_empty() => place.to_string(),
        "next" => format!("{place}.by_ref()"),
        "pop_front" => format!("{place}.drain(..)"),
        _ => return None,
    };
    Some(OverAll {
        span: node.while_token.span,
        instead: format!("for {} in {items}", shown(item.to_token_stream())),
    })
}

#[cfg(test)]
mod tests {
    use super::over_all;

    #[test]
    fn what_a_for_says_as_well() {
        for (code, instead) in [
            (
                "while let Some(x) = items.next() { results.push(x); }",
                Some("for x in items"),
            ),
            (
                "while let Some((i, x)) = self.items.next() { self.results.push(i + x); }",
                Some("for (i, x) in self.items.by_ref()"),
            ),
            (
                "while let Some(x) = queue.pop_front() { results.push(x); }",
                Some("for x in queue.drain(..)"),
            ),
            // More comes, or goes, on the way.
            (
                "while let Some(x) = items.next() { results.push((x, items.next())); }",
                None,
            ),
            (
                "while let Some(x) = queue.pop_front() { queue.extend(next(x)); }",
                None,
            ),
            (
                "while let Some(x) = self.items.next() { self.step(x); }",
                None,
            ),
            ("while let Some(x) = stack.pop() { results.push(x); }", None),
            (
                "while let Some(x) = dfs.next(&graph) { results.push(x); }",
                None,
            ),
            ("while let Ok(x) = items.next() { results.push(x); }", None),
            (
                "while let Some(x) = items.next() && x > 3 { results.push(x); }",
                None,
            ),
            ("while more() { results.push(1); }", None),
        ] {
            let node = syn::parse_str(code).expect("a loop");
            let over = over_all(&node).map(|over| over.instead);
            assert_eq!(over.as_deref(), instead, "{code}");
        }
    }
}
