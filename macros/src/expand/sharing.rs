//! Asks, before a loop that runs on several threads, whether these can share what its body
//! captures: each variable where the body first uses it, so that the error about it stands there.

use super::paths::Runtime;
use crate::model::{Capture, Loop, Place};
use proc_macro2::TokenStream;
use quote::quote_spanned;

// Input:
//     Options::of_loop(0, 1234)
//
// Output:
//     captured(Options::of_loop(0, 1234), (shared(&raw const a), (shared(&raw const b.c), ())))
pub(crate) fn asked(options: TokenStream, each: &Loop) -> TokenStream {
    if each.options.threads == Some(1) || each.captures.is_empty() {
        return options;
    }
    let hidden = Runtime::hidden();
    let nothing = quote_spanned!(hidden.0=> ());
    let answers = each.captures.iter().rev().fold(nothing, |rest, capture| {
        let question = question(capture);
        quote_spanned!(hidden.0=> (#question, #rest))
    });
    quote_spanned!(hidden.0=> #hidden::captured(#options, #answers))
}

fn question(capture: &Capture) -> TokenStream {
    let Place { root, fields } = &capture.place;
    let here = Runtime(root.span());
    let place = if capture.behind_reference {
        quote_spanned!(here.0=> *#root)
    } else {
        quote_spanned!(here.0=> #root #(.#fields)*)
    };
    quote_spanned!(here.0=> #here::shared(&raw const #place))
}
