//! The numbers of a function's `for`s, `let`s and ends. Each stands in the syntax tree itself, in an
//! attribute that the compiler never gets to see, so a node can be told from all others without a
//! second walk.

use crate::model::{EndId, LetId, LoopId};
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, ExprBreak, ExprContinue, ExprForLoop, ExprReturn, Item, ItemFn, Local, Meta,
    parse_quote, parse_quote_spanned,
};

const LOOP: &str = "__parallel_for_loop";
const LET: &str = "__parallel_for_let";
const END: &str = "__parallel_for_end";
const ALL: [&str; 3] = [LOOP, LET, END];

/// Numbers them in the order of the text, those in closures and under `#[cfg]` included. Those in the
/// arguments of macros and in nested items have none.
pub(crate) fn number(function: &mut ItemFn) {
    struct Number {
        loops: usize,
        lets: usize,
        ends: usize,
    }

    impl Number {
        /// Where the end stands: the span of an expression begins with its attributes.
        fn end(&mut self, here: Span) -> Attribute {
            let number = Literal::usize_unsuffixed(self.ends);
            self.ends += 1;
            parse_quote_spanned!(here=> #[__parallel_for_end(#number)])
        }
    }

    impl VisitMut for Number {
        fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
            let number = Literal::usize_unsuffixed(self.loops);
            self.loops += 1;
            node.attrs
                .push(parse_quote!(#[__parallel_for_loop(#number)]));
            visit_mut::visit_expr_for_loop_mut(self, node);
        }

        fn visit_local_mut(&mut self, local: &mut Local) {
            let number = Literal::usize_unsuffixed(self.lets);
            self.lets += 1;
            local
                .attrs
                .push(parse_quote!(#[__parallel_for_let(#number)]));
            visit_mut::visit_local_mut(self, local);
        }

        fn visit_expr_return_mut(&mut self, node: &mut ExprReturn) {
            let end = self.end(node.return_token.span);
            node.attrs.push(end);
            visit_mut::visit_expr_return_mut(self, node);
        }

        fn visit_expr_break_mut(&mut self, node: &mut ExprBreak) {
            let end = self.end(node.break_token.span);
            node.attrs.push(end);
            visit_mut::visit_expr_break_mut(self, node);
        }

        fn visit_expr_continue_mut(&mut self, node: &mut ExprContinue) {
            let end = self.end(node.continue_token.span);
            node.attrs.push(end);
        }

        fn visit_item_mut(&mut self, _: &mut Item) {}
    }

    let mut number = Number {
        loops: 0,
        lets: 0,
        ends: 0,
    };
    number.visit_block_mut(&mut function.block);
}

/// Takes the numbers off again.
pub(crate) struct Strip;

impl VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| !is_tag(attribute));
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// The number of a loop.
pub(crate) fn id(node: &ExprForLoop) -> Option<LoopId> {
    let number = |attribute| number_in(attribute, LOOP);
    node.attrs.iter().find_map(number).map(LoopId)
}

/// The number of a `let`.
pub(crate) fn let_id(local: &Local) -> Option<LetId> {
    let number = |attribute| number_in(attribute, LET);
    local.attrs.iter().find_map(number).map(LetId)
}

/// The number of a `return`, `break` or `continue`.
pub(crate) fn end_id(end: &Expr) -> Option<EndId> {
    match end {
        Expr::Return(node) => id_of_return(node),
        Expr::Break(node) => number_of_end(&node.attrs),
        Expr::Continue(node) => number_of_end(&node.attrs),
        _ => None,
    }
}

/// The number of a `return`.
pub(crate) fn id_of_return(node: &ExprReturn) -> Option<EndId> {
    number_of_end(&node.attrs)
}

fn number_of_end(attributes: &[Attribute]) -> Option<EndId> {
    let number = |attribute| number_in(attribute, END);
    attributes.iter().find_map(number).map(EndId)
}

/// Whether an attribute is one of ours.
pub(crate) fn is_tag(attribute: &Attribute) -> bool {
    ALL.iter().any(|name| number_in(attribute, name).is_some())
}

/// Whether what stands in the brackets of an attribute makes it one of ours.
pub(crate) fn are_in(attribute: TokenStream) -> bool {
    let name = attribute.into_iter().next().map(|name| name.to_string());
    name.is_some_and(|name| ALL.contains(&&*name))
}

fn number_in(attribute: &Attribute, name: &str) -> Option<usize> {
    let Meta::List(list) = &attribute.meta else {
        return None;
    };
    list.path.is_ident(name).then_some(())?;
    literal(list.tokens.clone())?.parse().ok()
}

fn literal(tokens: TokenStream) -> Option<String> {
    match tokens.into_iter().next()? {
        TokenTree::Literal(number) => Some(number.to_string()),
        _ => None,
    }
}
