//! One loop as a call of the runtime: its outputs, its items, and the loop itself in the closure that
//! runs a chunk.

use super::moved::{closure, in_blocks, items, moved, written};
use super::paths::Runtime;
use super::pieces::Pieces;
use super::{
    arithmetic, changed, doubts, exits, in_place, lend, options, reduce, replay, scratch, sharing,
    state,
};
use crate::model::{ItemsFrom, Loop};
use crate::syntax::tags::Strip;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{ExprForLoop, ReturnType};

// Input:
//     for x in xs { results.push(x * x); }
//
// Output:
//     distribute(
//         Options::of_loop(0, 1234),
//         items!(xs),
//         |mut __chunk, mut results| {
//             while let Some(__block) = block(&mut __chunk) {
//                 for x in __block { results.push(x * x); }
//             }
//             part(results)
//         },
//         &mut results,
//         |__captures| capture!(__captures, "a", a),
//     );
pub(crate) fn call(mut node: ExprForLoop, each: &Loop, output: &ReturnType) -> TokenStream {
    let pieces = pieces(&node, each);
    if each.exits.is_empty() {
        Strip.visit_expr_for_loop_mut(&mut node);
        let call = distribute(&node, each, &pieces);
        return pieces.around(&call);
    }
    exits::call(node, each, output, pieces)
}

fn distribute(node: &ExprForLoop, each: &Loop, pieces: &Pieces) -> TokenStream {
    let hidden = Runtime::hidden();
    let options = sharing::asked(options::literal(each), each);
    let items = items(node, each);
    let values = lend::values(&each.outputs);
    let compared = lend::compared(each);
    let end = quote_spanned!(hidden.0=> #hidden::part(#values)#compared);
    let moved = moved(node, each, pieces);
    let closure = closure(
        &in_blocks(&moved.to_token_stream(), each),
        &end,
        each,
        pieces,
    );
    let outputs = lend::arguments(each);
    let captures = state::captures(each);
    // The whole call has the span of the `for`: it is where the runtime says that the loop is, and
    // where the compiler says what is wrong with the closure.
    let here = Runtime(each.span);
    let distribute = match (each.options.threads, each.options.items) {
        (Some(1), _) if each.options.local => {
            quote_spanned!(here.0=> distribute_locally_unshared)
        }
        _ if each.options.local => quote_spanned!(here.0=> distribute_locally),
        (Some(1), _) => quote_spanned!(here.0=> distribute_unshared),
        (_, ItemsFrom::Master) => quote_spanned!(here.0=> distribute_from_master),
        (_, ItemsFrom::All) => quote_spanned!(here.0=> distribute),
    };
    let call = |items: &TokenStream| {
        let call = |outputs: &TokenStream| {
            let arguments =
                quote_spanned!(hidden.0=> #options, #items, #closure, #outputs, #captures);
            quote_spanned!(here.0=> #here::#distribute(#arguments))
        };
        let call = replay::around(&node.body, each, &outputs, None, call);
        quote_spanned!(here.0=> #call;)
    };
    let in_windows = in_place::in_windows(each, &items, call);
    let call = in_windows.unwrap_or_else(|| replay::behind_items(each, &items, call));
    if !changed::is_changed(each) {
        return call;
    }
    let call = changed::stored(each, &quote_spanned!(hidden.0=> { #call }));
    changed::around(node, each, &written(node, each), &call)
}

/// The pieces that the outputs, scratch variables and the like of this loop need.
fn pieces(node: &ExprForLoop, each: &Loop) -> Pieces {
    let mut pieces = Pieces {
        before: state::before(each),
        chunk: doubts::readers(each),
        prologue: reduce::begun(&each.outputs),
        again: in_place::stored(&each.outputs),
        after: in_place::stored(&each.outputs),
        ..Pieces::default()
    };
    pieces.prologue.extend(changed::item(node, each));
    pieces.before.extend(arithmetic::asked(each));
    pieces.before.extend(in_place::made(&each.outputs));
    pieces.before.extend(replay::lengths(&node.body, each));
    pieces.before.extend(replay::writers(each));
    scratch::lend(&each.scratch, &mut pieces);
    pieces
}
