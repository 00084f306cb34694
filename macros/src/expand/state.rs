//! Tells the runtime what the body captures, for ranks to compare, and asks the types of what it
//! does more with than reading.

use crate::model::{Inside, Loop, Place, Static};
use crate::paths::{self, Runtime};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item};

// Output:
//     |__captures| {
//         __captures.shared("jobs", used!(&raw const jobs));
//         capture!(__captures, "words", &raw const words);
//     }
// After the body, which has settled the types by then.
pub(crate) fn captures(each: &Loop) -> TokenStream {
    let (hidden, captures) = (Runtime::hidden(), paths::captures());
    let used = each.state.used.iter().map(|place| {
        let (here, name) = (Runtime(place.root.span()), place.to_string());
        let answer = used(place, each);
        quote_spanned!(here.0=> #captures.shared(#name, #answer);)
    });
    let compared = each.compared.iter().map(|place| {
        let (here, name, variable) = (Runtime(place.root.span()), place.to_string(), raw(place));
        quote_spanned!(here.0=> #here::capture!(#captures, #name, #variable);)
    });
    let passed = each.state.passed.iter().map(|place| {
        let (here, variable) = (Runtime(place.root.span()), raw(place));
        quote_spanned!(here.0=> #here::passed!(#variable);)
    });
    let statements: TokenStream = used.chain(passed).chain(compared).collect();
    if statements.is_empty() {
        return quote_spanned!(hidden.0=> #hidden::nothing_captured);
    }
    quote_spanned!(hidden.0=> |#captures| { #statements })
}

/// Output: `let _ = used!(&raw const queue);`, before the items are made, which may take it with them
pub(crate) fn before(each: &Loop) -> TokenStream {
    let by_items = each.state.by_items.iter().map(|place| {
        let (here, answer) = (Runtime(place.root.span()), used(place, each));
        quote_spanned!(here.0=> let _ = #answer;)
    });
    let statics = each.state.statics.iter().map(|Static { path, fields }| {
        let here = Runtime(path.segments.last().map_or(each.span, |s| s.ident.span()));
        quote_spanned!(here.0=> let _ = || #here::used!(&#path #(.#fields)*);)
    });
    by_items.chain(statics).collect()
}

/// Output: `let _ = || used_in_items!(&raw const row, &raw const row.hits);`, where the items are in scope
pub(crate) fn of_items(each: &Loop) -> TokenStream {
    let parts = each.state.of_items.iter().map(|place| {
        let (here, variable, root) = (Runtime(place.root.span()), raw(place), &place.root);
        let whole = quote_spanned!(root.span()=> &raw const #root);
        quote_spanned!(here.0=> let _ = || #here::used_in_items!(#whole, #variable);)
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
    let (here, variable) = (Runtime(place.root.span()), raw(place));
    if each.options.threads == Some(1) {
        quote_spanned!(here.0=> #here::used_alone!(#variable))
    } else {
        quote_spanned!(here.0=> #here::used!(#variable))
    }
}

fn raw(place: &Place) -> TokenStream {
    let Place { root, fields } = place;
    quote_spanned!(root.span()=> &raw const #root #(.#fields)*)
}
