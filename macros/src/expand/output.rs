//! One output: the name of its part, and how it is lent.

use super::paths;
use crate::model::{Output, Role};
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

/// The name of the chunk's value.
pub(crate) fn part(output: &Output) -> Ident {
    match output.role {
        Role::Collection { .. } | Role::Reduction { .. } => paths::output(&output.place),
        Role::Elements | Role::Updates | Role::Items | Role::ChangedItems => {
            paths::updates(&output.place)
        }
        Role::Replayed => paths::replays(),
    }
}

/// `&mut a`, `&mut state.total`, `&mut *a` where the variable is a reference; `&a` likewise
pub(crate) fn lent(output: &Output, borrow: &TokenStream) -> TokenStream {
    let (root, fields) = (&output.place.root, &output.place.fields);
    let span = root.span();
    let is_reference = match output.role {
        // A number that is a reference is used as one.
        Role::Reduction { dereferenced, .. } => dereferenced,
        _ => fields.is_empty() && output.declared.is_reference(),
    };
    let star = is_reference.then(|| quote_spanned!(span=> *));
    quote_spanned!(span=> #borrow #star #root #(.#fields)*)
}
