//! The body's own closures, where the loop fills fields: each captures the fields that it names, as
//! since edition 2021, and not all of `self`, which would be the output too.
//!
//! The edition of a closure is that of its first token.

use super::paths;
use proc_macro2::{Group, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, ExprClosure, Item, Macro};

/// Input and output: `self.total += xs.map(|x| self.weights[x]).sum();`
pub(crate) fn capture_fields(body: &mut Block) {
    Closures.visit_block_mut(body);
}

struct Closures;

impl VisitMut for Closures {
    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        let begin = &mut closure.inputs_begin;
        begin.span = paths::ours(begin.span);
        if let Some(capture) = &mut closure.capture {
            capture.span = paths::ours(capture.span);
        }
        visit_mut::visit_expr_closure_mut(self, closure);
    }

    // What a macro makes of them is not known, but each begins with one of these.
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let tokens = std::mem::take(&mut call.tokens);
        call.tokens = of_our_edition(tokens);
    }

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// The tokens, `|` and `move` of our edition.
fn of_our_edition(tokens: TokenStream) -> TokenStream {
    let ours = |token: TokenTree| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), of_our_edition(group.stream()));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        mut token => {
            let begins = match &token {
                TokenTree::Punct(punct) => punct.as_char() == '|',
                TokenTree::Ident(ident) => ident == "move",
                _ => false,
            };
            if begins {
                token.set_span(paths::ours(token.span()));
            }
            token
        }
    };
    tokens.into_iter().map(ours).collect()
}
