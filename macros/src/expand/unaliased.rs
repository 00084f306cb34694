//! Iterations that loop over what an element consists of, `out[i][j]`, and work on it in a window: handed over as
//! an argument, which the compiler knows that nothing else leads to. Of a variable it does not, and would load the
//! address and the length of `out[i]` anew after each change.

use super::paths::{self, Runtime};
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprForLoop, Item};

/// Whether an iteration has a loop of its own.
pub(super) fn loops(body: &Block) -> bool {
    let mut search = Search { found: false };
    search.visit_block(body);
    search.found
}

struct Search {
    found: bool,
}

impl<'ast> Visit<'ast> for Search {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        self.found |= matches!(
            expression,
            Expr::ForLoop(_) | Expr::Loop(_) | Expr::While(_)
        );
        visit::visit_expr(self, expression);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

// Input:
//     for i in __block { for x in &mut (*__out__element) { .. } }
//
// Output:
//     for i in __block {
//         let __out__element = __out__updates.element(i, copying());
//         let mut __once = once(());
//         unaliased(__out__element, |__out__element| {
//             for () in &mut __once { for x in &mut (*__out__element) { .. } }
//             iterated()
//         });
//         if __once.is_left() { break; }
//     }
/// The loop inside is there for a `continue` of the body, also a labelled one, and a `break` that a macro hides.
pub(super) fn hand_over(moved: &mut ExprForLoop, before: &TokenStream, elements: &[Ident]) {
    let (hidden, body, once) = (Runtime::hidden(), &moved.body, paths::local("__once"));
    let label = moved.label.take();
    let looped = quote_spanned!(hidden.0=> #label for () in &mut #once #body);
    let handed = elements.iter().rfold(looped, |inner, element| {
        quote_spanned! {hidden.0=>
            #hidden::unaliased(#element, |#element| {
                #inner
                #hidden::iterated()
            });
        }
    });
    let block = quote_spanned! {hidden.0=> {
        #before
        let mut #once = #hidden::once(());
        #handed
        if #once.is_left() { break; }
    }};
    if let Ok(block) = syn::parse2(block) {
        moved.body = block;
    }
}
