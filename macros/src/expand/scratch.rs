//! Scratch variables: the user's own is lent to all chunks, which work on clones of the same name.

use super::paths::{self, Runtime};
use super::pieces::Pieces;
use crate::model::Scratch;
use proc_macro2::TokenStream;
use quote::quote_spanned;

// Input:
//     for x in xs { buffer.clear(); buffer.push(x); results.push(buffer.len()); }
//
// Output:
//     cleared(&mut buffer);
//     let __buffer__scratch = &buffer;
//     distribute(.., |__chunk, mut results| {
//         let mut buffer = Clone::clone(__buffer__scratch);
//         for x in __chunk { .. }
//         part(results)
//     }, ..)
pub(crate) fn lend(scratch: &[Scratch], pieces: &mut Pieces) {
    let runtime = Runtime::hidden();
    for each in scratch {
        let (name, lent) = (&each.name, paths::scratch(&each.name));
        let place = if each.is_reference {
            quote_spanned!(runtime.0=> *#name)
        } else {
            quote_spanned!(runtime.0=> #name)
        };
        // A type whose `clear` isn't known is refused where it is called.
        let at_name = Runtime(name.span());
        let shared = if each.is_cleared {
            quote_spanned!(at_name.0=> #at_name::cleared(&mut #place))
        } else {
            quote_spanned!(runtime.0=> #runtime::scratch(&mut #place))
        };
        pieces.before.extend(quote_spanned! {runtime.0=>
            #shared;
            let #lent = &#place;
        });
        let copy = copy(each);
        if each.each_iteration {
            pieces.prologue.extend(copy.clone());
            pieces.again_prologue.extend(copy);
        } else {
            pieces.chunk.extend(copy.clone());
            pieces.again.extend(copy);
        }
    }
}

/// Output: `let mut buffer = Clone::clone(__buffer__scratch);`
fn copy(each: &Scratch) -> TokenStream {
    let (name, lent) = (&each.name, paths::scratch(&each.name));
    let hidden = Runtime::hidden().0;
    // A type that can't be cloned is refused where the variable is named.
    let clone = {
        let runtime = Runtime(name.span());
        quote_spanned!(name.span()=> #runtime::Clone::clone(#lent))
    };
    // Its content is often overwritten at once, which is the point.
    let silent =
        quote_spanned!(hidden=> #[allow(unused_assignments, unused_mut, unused_variables)]);
    if each.is_reference {
        quote_spanned!(hidden=> #silent let #name = &mut #clone;)
    } else {
        quote_spanned!(hidden=> #silent let mut #name = #clone;)
    }
}
