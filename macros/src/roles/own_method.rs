//! The method that fills a collection, where the type of that may be any: called in the order of the items it does what it
//! does in the sequential loop.

use crate::model::{Mention, OwnMethod, Place, Usage};
use crate::walk::LoopSummary;
use proc_macro2::Ident;

/// Those that can be called elsewhere with the same values.
const CALLED: [&str; 4] = ["extend", "insert", "push", "push_back"];

/// So many arguments are known to the runtime.
const MOST: usize = 4;

/// The method, if nothing else happens to the collection in the loop.
pub(crate) fn own_method(summary: &LoopSummary, place: &Place) -> Option<OwnMethod> {
    let mut mentions = summary.body.mentions.iter();
    let mentions = mentions.by_ref().filter(|m| m.place.overlaps(place));
    let mut calls = mentions.map(|mention| called(mention).filter(|_| mention.place == *place));
    let first = calls.next()??;
    calls.try_fold(first, |known, call| {
        let call = call?;
        // What one extends may be of another type each time.
        let is_same =
            known.name == call.name && known.arguments == call.arguments && call.name != "extend";
        let dropped = known.dropped && call.dropped;
        is_same.then_some(OwnMethod { dropped, ..known })
    })
}

fn called(mention: &Mention) -> Option<OwnMethod> {
    match &mention.usage {
        Usage::Append {
            method,
            arguments,
            dropped,
            used: false,
        } if CALLED.contains(&&**method) && (1..=MOST).contains(arguments) => Some(OwnMethod {
            name: Ident::new(method, mention.span),
            arguments: *arguments,
            dropped: *dropped,
        }),
        _ => None,
    }
}
