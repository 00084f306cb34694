//! The loop on its way into the call: its items, and itself in the closure that runs a chunk.

use super::paths::{self, Runtime};
use super::pieces::{Pieces, begin};
use super::{changed, closures, doubts, in_place, lend, reduce, replay, state};
use crate::model::{ItemsFrom, Loop, OnError};
use crate::syntax::nest;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprForLoop};

/// Output: `items!(xs)`, `items_again!(xs)` where an iteration may run twice; where making the items may have side
/// effects, `to_the_end(items!(xs))`, `items_again!(pure(xs))`
pub(crate) fn items(node: &ExprForLoop, each: &Loop) -> TokenStream {
    if changed::is_changed(each) {
        return source(node, each, &changed::numbers(node));
    }
    source(node, each, &written(node, each))
}

/// The items as they are written: `collapsed(even(xs), || even(ys))` of two loops that are one, `numbered(xs)` where elements are reached by their numbers, `pure(xs)` where making
/// them may have side effects, and the loop can be left.
pub(crate) fn written(node: &ExprForLoop, each: &Loop) -> TokenStream {
    let shared = in_place::items(node, each);
    let items = shared.as_ref().unwrap_or(&node.expr);
    let at_items = Runtime(node.expr.span());
    let mut items = match nest::heads(items).filter(|_| each.options.collapse) {
        Some((outer, inner)) => {
            let (at_outer, at_inner) = (Runtime(outer.span()), Runtime(inner.span()));
            let outer = quote_spanned!(at_outer.0=> #at_outer::even(#outer));
            let inner = quote_spanned!(at_inner.0=> #at_inner::even(#inner));
            quote_spanned!(at_items.0=> #at_items::collapsed(#outer, || #inner))
        }
        None => items.to_token_stream(),
    };
    if in_place::goes_by_number(&each.outputs) {
        items = quote_spanned!(at_items.0=> #at_items::numbered(#items));
    }
    if each.items_have_effects && !each.exits.is_empty() {
        let pure = if changed::is_changed(each) {
            quote_spanned!(at_items.0=> #at_items::untouched)
        } else {
            quote_spanned!(at_items.0=> #at_items::pure)
        };
        items = quote_spanned!(at_items.0=> #pure(#items));
    }
    items
}

fn source(node: &ExprForLoop, each: &Loop, items: &TokenStream) -> TokenStream {
    // Items of a type that can't be distributed are refused where they are written.
    let at_items = Runtime(node.expr.span());
    // The master iterates to the end of what it alone has, and a process of its own loop's, unless it is left.
    let left = !each.exits.is_empty();
    let made_to_the_end = each.options.local || each.options.items == ItemsFrom::Master;
    // A copy of its item is for an iteration that runs again, or tells that the item is no part of something else.
    let is_tried = match each.options.on_error {
        Some(OnError::Retry(_)) => true,
        Some(OnError::Skip) => each.options.local,
        Some(OnError::Stop) | None => false,
    };
    let source = match (each.options.items, left) {
        _ if each.options.local && left => "local_items_again",
        _ if each.options.local && is_tried => "local_items_tried",
        _ if each.options.local => "local_items",
        (ItemsFrom::All, false) if is_tried => "items_tried",
        (ItemsFrom::All, false) => "items",
        (ItemsFrom::All, true) => "items_again",
        (ItemsFrom::Master, false) => "master_items",
        (ItemsFrom::Master, true) => "master_items_again",
    };
    let source = Ident::new(source, at_items.0);
    let source = quote_spanned!(at_items.0=> #at_items::#source!(#items));
    let is_known = changed::is_changed(each);
    if each.items_have_effects && !left && !made_to_the_end && !is_known {
        return quote_spanned!(at_items.0=> #at_items::to_the_end(#source));
    }
    source
}

/// Output: `for x in __block { results.push(x * x); }`
pub(crate) fn moved(node: &ExprForLoop, each: &Loop, pieces: &Pieces) -> ExprForLoop {
    let mut moved = node.clone();
    let block = paths::block();
    *moved.expr = Expr::Verbatim(quote!(#block));
    replay::rewrite(&mut moved.body, each);
    lend::rename_receivers(&mut moved.body, &each.outputs);
    reduce::rewrite(&mut moved.body, &each.outputs);
    // In place, the body may become one of a loop of its own, whose pattern binds what is asked about.
    begin(&mut moved.body, &state::of_items(each));
    in_place::rewrite(&mut moved, node, each);
    changed::rewrite(&mut moved, each);
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

/// Input: `for x in __block { .. }`
///
/// Output: `while let Some(__block) = block(&mut __chunk) { for x in __block { .. } }`, with the windows of the
/// arrays and lists opened, and the sums told that the block is over
pub(crate) fn in_blocks(moved: &TokenStream, each: &Loop) -> TokenStream {
    let windows = in_place::opened(&each.outputs);
    let lists = lend::opened(&each.outputs);
    let ended = reduce::block_ended(&each.outputs);
    let (hidden, chunk, block) = (Runtime::hidden(), paths::chunk(), paths::block());
    quote_spanned! {hidden.0=>
        while let ::core::option::Option::Some(#block) = #hidden::block(&mut #chunk) {
            #windows
            #lists
            #moved
            #ended
        }
    }
}

/// Output: `|mut __chunk, results| { let mut results = results; while let .. { for x in __block { .. } } part(results) }`
///
/// Each part is a variable of the closure's own: an argument may lie in memory that others could know of, and then
/// the compiler can't keep it in registers.
pub(crate) fn closure(
    moved: &TokenStream,
    end: &TokenStream,
    each: &Loop,
    pieces: &Pieces,
) -> TokenStream {
    let chunk = paths::chunk();
    let start = &pieces.chunk;
    let values = lend::values(&each.outputs);
    let own = (!each.outputs.is_empty()).then(|| {
        let variables = lend::variables(&each.outputs);
        quote_spanned!(Runtime::hidden().0=> let #variables = #values;)
    });
    quote_spanned! {paths::ours(each.span)=>
        |mut #chunk, #values| {
            #own
            #start
            #moved
            #end
        }
    }
}
