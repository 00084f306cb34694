//! Every `for` of a function has a number of its own, which stands in the syntax tree itself: in an
//! attribute that the compiler never gets to see. So whoever looks at a loop knows which it is,
//! whatever else was looked at before.

use crate::model::LoopId;
use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ExprForLoop, Item, ItemFn, Meta, parse_quote};

const NAME: &str = "__parallel_for_loop";

/// Numbers the loops in the order of the text, those in closures and under `#[cfg]` included. Those
/// in the arguments of macros and in nested items have none.
pub(crate) fn number(function: &mut ItemFn) {
    struct Number(usize);

    impl VisitMut for Number {
        fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
            let number = Literal::usize_unsuffixed(self.0);
            self.0 += 1;
            node.attrs
                .push(parse_quote!(#[__parallel_for_loop(#number)]));
            visit_mut::visit_expr_for_loop_mut(self, node);
        }

        fn visit_item_mut(&mut self, _: &mut Item) {}
    }

    Number(0).visit_block_mut(&mut function.block);
}

/// The number of a loop.
pub(crate) fn id(node: &ExprForLoop) -> Option<LoopId> {
    node.attrs.iter().find_map(number_in)
}

/// Whether the attribute is one of ours.
pub(crate) fn is_tag(attribute: &Attribute) -> bool {
    number_in(attribute).is_some()
}

fn number_in(attribute: &Attribute) -> Option<LoopId> {
    let Meta::List(list) = &attribute.meta else {
        return None;
    };
    list.path.is_ident(NAME).then_some(())?;
    literal(list.tokens.clone())?.parse().ok().map(LoopId)
}

fn literal(tokens: TokenStream) -> Option<String> {
    match tokens.into_iter().next()? {
        TokenTree::Literal(number) => Some(number.to_string()),
        _ => None,
    }
}
