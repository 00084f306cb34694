//! The captured variables as the runtime is told of them, for ranks to compare, and the questions to the
//! types of those that the body does more with than reading.

use super::paths::{self, Runtime};
use crate::model::{Checkpoint, Inside, LetId, Loop, Ordered, Place, Static};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item};

// Output:
//     |__captures| {
//         __captures.shared("jobs", used!(IsState, jobs));
//         capture!(__captures, "words", words);
//         ordered!(__captures.in_order, "table", table);
//     }
// After the body, which has settled the types by then.
pub(crate) fn captures(each: &Loop) -> TokenStream {
    let (hidden, captures) = (Runtime::hidden(), paths::captures());
    let used = each.state.used.iter().map(|place| {
        let (here, name) = (Runtime(place.root.span()), place.to_string());
        let used = used(place, each);
        quote_spanned!(here.0=> #captures.shared(#name, #used);)
    });
    let by_closures = each.state.by_closures.iter().enumerate();
    let by_closures = by_closures.map(|(number, (_, place))| {
        let (used, name) = (by_closure(each, number), place.to_string());
        quote_spanned!(hidden.0=> #captures.shared(#name, #used);)
    });
    let travels = !each.options.local;
    let compared = each.compared.iter().filter(|_| travels).map(capture);
    let ordered = each.ordered.iter().filter(|_| travels);
    let ordered = ordered.map(|Ordered { place, only_floats }| {
        let (here, name, variable) = (
            Runtime(place.root.span()),
            place.to_string(),
            located(place),
        );
        let how = if *only_floats {
            quote_spanned!(here.0=> floats_in_order)
        } else {
            quote_spanned!(here.0=> in_order)
        };
        quote_spanned!(here.0=> #here::ordered!(#captures.#how, #name, #variable);)
    });
    let passed = each.state.passed.iter().map(|place| {
        let (here, variable) = (Runtime(place.root.span()), located(place));
        quote_spanned!(here.0=> #here::passed!(#variable);)
    });
    let statements: TokenStream = used
        .chain(by_closures)
        .chain(passed)
        .chain(compared)
        .chain(ordered)
        .collect();
    if statements.is_empty() {
        return quote_spanned!(hidden.0=> #hidden::nothing_captured);
    }
    quote_spanned!(hidden.0=> |#captures| { #statements })
}

/// Output: `capture!(__captures, "words", words);`
fn capture(place: &Place) -> TokenStream {
    let (here, captures) = (Runtime(place.root.span()), paths::captures());
    let (name, variable) = (place.to_string(), located(place));
    quote_spanned!(here.0=> #here::capture!(#captures, #name, #variable);)
}

/// Output: `told(|__captures| capture!(__captures, "xs", xs))`, before the loop borrows it for changes
pub(crate) fn told(each: &Loop, place: &Place) -> TokenStream {
    let (hidden, captures, capture) = (Runtime::hidden(), paths::captures(), capture(place));
    let tell = tell(each);
    quote_spanned!(hidden.0=> #hidden::#tell(|#captures| { #capture }))
}

/// Output: `told`, or `told_kept` of a loop that names its folder
pub(crate) fn tell(each: &Loop) -> Ident {
    let is_kept = matches!(each.options.checkpoint, Some(Checkpoint::In(_)));
    let name = if is_kept { "told_kept" } else { "told" };
    Ident::new(name, Runtime::hidden().0)
}

/// Output: `let _ = used!(IsState, queue);`, before the items are made, which may take it with them
pub(crate) fn before(each: &Loop) -> TokenStream {
    let by_items = each.state.by_items.iter().map(|place| {
        let (here, used) = (Runtime(place.root.span()), used(place, each));
        quote_spanned!(here.0=> let _ = #used;)
    });
    let statics = each.state.statics.iter().map(|Static { path, fields }| {
        let here = Runtime(path.segments.last().map_or(each.span, |s| s.ident.span()));
        quote_spanned!(here.0=> let _ = || #here::used!(IsState, #path #(.#fields)*);)
    });
    by_items.chain(statics).collect()
}

/// Output: `let __by_closure_0_0 = used!(IsState, count);`, before the `let` of a closure that changes
/// it and may take it along
pub(crate) fn before_let(id: LetId, loops: &[Loop]) -> TokenStream {
    let asked = loops.iter().flat_map(|each| {
        let places = each.state.by_closures.iter().enumerate();
        let here = places.filter(move |(_, (made, _))| *made == id);
        here.map(move |(number, (_, place))| {
            let (name, used) = (by_closure(each, number), used(place, each));
            quote_spanned!(name.span()=> let #name = #used;)
        })
    });
    asked.collect()
}

fn by_closure(each: &Loop, number: usize) -> Ident {
    let name = format!("__by_closure_{}_{number}", each.id.0);
    Ident::new(&name, Span::mixed_site())
}

/// Output: `let _ = || used_in_items!(row, raw row.hits);`, where the items are in scope
pub(crate) fn of_items(each: &Loop) -> TokenStream {
    let parts = each.state.of_items.iter().map(|place| {
        let (here, part, item) = (Runtime(place.root.span()), located(place), &place.root);
        quote_spanned!(here.0=> let _ = || #here::used_in_items!(#item, #part);)
    });
    parts.collect()
}

/// Input: `slots[i].hits.store(1);`
///
/// Output: `(*used_inside!(slots[i].hits)).store(1);`, which asks where the index is in scope
pub(crate) fn rewrite(body: &mut Block, each: &Loop) {
    if !each.state.inside.is_empty() {
        AsksInside(&each.state.inside).visit_block_mut(body);
    }
}

struct AsksInside<'plan>(&'plan [Inside]);

impl VisitMut for AsksInside<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        let receiver = call.receiver.to_token_stream().to_string();
        let is_it = |it: &Inside| it.receiver == receiver && call.method == it.method;
        let asked = self.0.iter().any(is_it);
        visit_mut::visit_expr_method_call_mut(self, call);
        if asked {
            let (here, receiver) = (Runtime(call.receiver.span()), &call.receiver);
            let asked = quote_spanned!(here.0=> (*#here::used_inside!(#receiver)));
            *call.receiver = Expr::Verbatim(asked);
        }
    }

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

fn used(place: &Place, each: &Loop) -> TokenStream {
    let (here, variable) = (Runtime(place.root.span()), located(place));
    let asked = if each.options.threads == Some(1) {
        quote_spanned!(here.0=> IsCell)
    } else {
        quote_spanned!(here.0=> IsState)
    };
    quote_spanned!(here.0=> #here::used!(#asked, #variable))
}

/// Output: `x`, `raw x.y`
fn located(place: &Place) -> TokenStream {
    let Place { root, fields } = place;
    if fields.is_empty() {
        quote_spanned!(root.span()=> #root)
    } else {
        quote_spanned!(root.span()=> raw #root #(.#fields)*)
    }
}
