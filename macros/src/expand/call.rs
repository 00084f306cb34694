//! One loop in the form of a call: the loop moved into the closure that runs a chunk of it, the
//! outputs and the items handed to the runtime.

use super::paths::{self, Runtime};
use super::pieces::{Pieces, pieces};
use super::{closures, doubts, exits, in_place, lend, options, reduce, sharing, state};
use crate::model::{ItemsFrom, Loop};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprForLoop, ReturnType};

// Input:
//     for x in xs { results.push(x * x); }
//
// Output:
//     distribute(
//         Options::DEFAULT,
//         items!(xs),
//         |__chunk, mut results| {
//             for x in __chunk { results.push(x * x); }
//             part(results)
//         },
//         &mut results,
//         |__captures| capture!(__captures, "a", a),
//     );
pub(crate) fn call(node: &ExprForLoop, each: &Loop, output: &ReturnType) -> TokenStream {
    let pieces = pieces(each);
    if each.exits.is_empty() {
        let call = distribute(node, each, &pieces);
        return pieces.around(&call);
    }
    exits::call(node, each, output, pieces)
}

fn distribute(node: &ExprForLoop, each: &Loop, pieces: &Pieces) -> TokenStream {
    let hidden = Runtime::hidden();
    let options = sharing::asked(options::literal(&each.options), each);
    let items = items(node, each);
    let values = lend::values(&each.outputs);
    let means = lend::means(&each.outputs);
    let compared = lend::compared(each.span);
    let end = quote_spanned!(hidden.0=> #hidden::part(#values).#compared(#means));
    let moved = moved(node, each, pieces);
    let closure = closure(&moved.to_token_stream(), &end, each, pieces);
    let outputs = lend::arguments(&each.outputs);
    let captures = state::captures(each);
    // The whole call has the span of the `for`: it is where the runtime says that the loop is, and
    // where the compiler says what is wrong with the closure.
    let here = Runtime(each.span);
    let distribute = match (each.options.threads, each.options.items) {
        (Some(1), _) => quote_spanned!(here.0=> distribute_unshared),
        (_, ItemsFrom::Master) => quote_spanned!(here.0=> distribute_from_master),
        (_, ItemsFrom::All) => quote_spanned!(here.0=> distribute),
    };
    let arguments = quote_spanned!(hidden.0=> #options, #items, #closure, #outputs, #captures);
    quote_spanned!(here.0=> #here::#distribute(#arguments);)
}

/// Output: `items!(xs)`, `items_again!(xs)` where an iteration may run twice, of `still(xs)` where
/// the items may move something
pub(crate) fn items(node: &ExprForLoop, each: &Loop) -> TokenStream {
    let shared = in_place::items(node, each);
    let items = shared.as_ref().unwrap_or(&node.expr);
    // Items of a type that can't be distributed are refused where they are written.
    let at_items = Runtime(node.expr.span());
    // The master iterates to the end of what it alone has, unless it is left.
    let ahead = each.options.items == ItemsFrom::All || !each.exits.is_empty();
    let mut items = items.to_token_stream();
    if in_place::goes_by_number(&each.outputs) {
        items = quote_spanned!(at_items.0=> #at_items::numbered(#items));
    }
    if each.may_move && ahead {
        items = quote_spanned!(at_items.0=> #at_items::still(#items));
    }
    match each.options.items {
        ItemsFrom::All if each.exits.is_empty() => {
            quote_spanned!(at_items.0=> #at_items::items!(#items))
        }
        ItemsFrom::All => quote_spanned!(at_items.0=> #at_items::items_again!(#items)),
        ItemsFrom::Master if each.exits.is_empty() => {
            quote_spanned!(at_items.0=> #at_items::master_items!(#items))
        }
        ItemsFrom::Master => quote_spanned!(at_items.0=> #at_items::master_items_again!(#items)),
    }
}

/// Output: `for x in __chunk { results.push(x * x); }`
pub(crate) fn moved(node: &ExprForLoop, each: &Loop, pieces: &Pieces) -> ExprForLoop {
    let mut moved = node.clone();
    let chunk = paths::chunk();
    *moved.expr = Expr::Verbatim(quote!(#chunk));
    lend::rename_receivers(&mut moved.body, &each.outputs);
    reduce::rewrite(&mut moved.body, &each.outputs);
    in_place::rewrite(&mut moved, node, each);
    doubts::rewrite(&mut moved.body, each);
    state::rewrite(&mut moved.body, each);
    if each
        .outputs
        .iter()
        .any(|output| paths::needs_name(&output.place))
    {
        closures::capture_fields(&mut moved.body);
    }
    pieces.inside(&mut moved.body);
    moved
}

/// Output: `|__chunk, mut results| { for x in __chunk { .. } part(results) }`
pub(crate) fn closure(
    moved: &TokenStream,
    end: &TokenStream,
    each: &Loop,
    pieces: &Pieces,
) -> TokenStream {
    let chunk = paths::chunk();
    let start = &pieces.chunk;
    let parameters = lend::parameters(&each.outputs);
    quote_spanned! {paths::ours(each.span)=>
        |#chunk, #parameters| {
            #start
            #moved
            #end
        }
    }
}
