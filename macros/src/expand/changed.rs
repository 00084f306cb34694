//! Items that the loop changes, in any form: they are collected before it, each chunk works on its own, and what other
//! ranks make of them is stored through this rank's own.

use super::paths::{self, Runtime};
use super::state;
use crate::model::{Loop, Output, Role};
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{ExprForLoop, Pat};

fn output(each: &Loop) -> Option<&Output> {
    let is_changed = |output: &&Output| output.role == Role::ChangedItems;
    each.outputs.iter().find(is_changed)
}

/// Whether the loop changes its items so.
pub(crate) fn is_changed(each: &Loop) -> bool {
    output(each).is_some()
}

/// All items.
fn all() -> Ident {
    paths::local("__changed")
}

/// Output: `0..__number`
pub(crate) fn numbers(node: &ExprForLoop) -> TokenStream {
    let number = paths::local("__number");
    quote_spanned!(node.expr.span()=> 0..#number)
}

// Input:
//     for (i, row) in table.chunks_mut(3).enumerate() { row[i] = 0; }
//
// Output:
//     match known(changed_items!(table.chunks_mut(3).enumerate())) {
//         mut __changed => {
//             let __number = __changed.len();
//             let mut __told = told(|__captures| capture!(__captures, "items", __changed));
//             ..
//         }
//     }
/// What is made of the items, around the call.
pub(crate) fn around(
    node: &ExprForLoop,
    each: &Loop,
    items: &TokenStream,
    call: &TokenStream,
) -> TokenStream {
    let (at_items, hidden) = (Runtime(node.expr.span()), Runtime::hidden());
    let (all, number) = (all(), paths::local("__number"));
    let [told, captures] = [paths::local("__told"), paths::captures()];
    let tell = state::tell(each);
    let told = (!each.options.local).then(|| {
        quote_spanned! {hidden.0=>
            let mut #told = #hidden::#tell(|#captures| {
                #hidden::capture!(#captures, "items", #all);
            });
        }
    });
    let source = if each.exits.is_empty() {
        Ident::new("changed_items", at_items.0)
    } else {
        Ident::new("changed_items_again", at_items.0)
    };
    let known = if each.options.local {
        quote_spanned!(at_items.0=> known_here)
    } else {
        quote_spanned!(at_items.0=> known)
    };
    let items = quote_spanned!(at_items.0=> #at_items::#known(#at_items::#source!(#items)));
    quote_spanned! {hidden.0=>
        match #items {
            mut #all => {
                let #number = #all.len();
                #told
                #call
            }
        }
    }
}

/// Output: `{ let mut __items__all = changed(&mut __changed).with(take(&mut __told)); let __again = call; .. __again }`
pub(crate) fn stored(each: &Loop, call: &TokenStream) -> TokenStream {
    let Some(output) = output(each) else {
        return call.clone();
    };
    let hidden = Runtime::hidden();
    let (all, updates) = (all(), paths::all_updates(&output.place));
    let [told, again] = [paths::local("__told"), paths::local("__again")];
    let told = (!each.options.local)
        .then(|| quote_spanned!(hidden.0=> .with(::core::mem::take(&mut #told))));
    quote_spanned! {hidden.0=> {
        let mut #updates = #hidden::changed(&mut #all)#told;
        let #again = #call;
        #updates.collected().store(&mut #all);
        #again
    }}
}

// Input:
//     for (i, row) in __block { row[i] = 0; }
//
// Output:
//     for __index in __block {
//         let (i, row) = __items__updates.item(__index);
//         row[i] = 0;
//     }
/// Numbers the iterations.
pub(crate) fn rewrite(moved: &mut ExprForLoop, each: &Loop) {
    if is_changed(each) {
        let (hidden, number) = (Runtime::hidden(), number());
        *moved.pat = Pat::Verbatim(quote_spanned!(hidden.0=> #number));
    }
}

/// Gives an iteration its item.
pub(crate) fn item(node: &ExprForLoop, each: &Loop) -> Option<TokenStream> {
    let output = output(each)?;
    let (hidden, number) = (Runtime::hidden(), number());
    let (part, users) = (paths::updates(&output.place), &node.pat);
    Some(quote_spanned!(hidden.0=> let #users = #part.item(#number);))
}

/// That of an iteration.
fn number() -> Ident {
    paths::local("__index")
}

/// Output: `lent(&mut __changed)`, for the iteration that leaves the loop
pub(crate) fn items_again(each: &Loop) -> Option<TokenStream> {
    output(each)?;
    let (hidden, all) = (Runtime::hidden(), all());
    Some(quote_spanned!(hidden.0=> #hidden::lent(&mut #all)))
}
