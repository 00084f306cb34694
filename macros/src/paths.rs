//! The names that expansions use: absolute paths into the runtime, and identifiers that the user's
//! code can neither see nor shadow.

use crate::model::Place;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Lifetime, Member};

/// `::parallel_for::__private`: expansions reach the runtime through this module only.
#[derive(Clone, Copy)]
pub(crate) struct Runtime(pub(crate) Span);

impl Runtime {
    /// The path's tokens carry no place in the user's code.
    pub(crate) fn hidden() -> Self {
        Self(Span::mixed_site())
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(quote_spanned!(self.0=> ::parallel_for::__private));
    }
}

/// The items of the chunk at hand.
pub(crate) fn chunk() -> Ident {
    Ident::new("__chunk", Span::mixed_site())
}

/// A loop that can be left, between its rounds.
pub(crate) fn the_loop() -> Ident {
    Ident::new("__loop", Span::mixed_site())
}

/// The moved loop, where the user has given it no label.
pub(crate) fn the_loop_label() -> Lifetime {
    Lifetime::new("'__loop", Span::mixed_site())
}

/// How much the iterations of a chunk had written when the last one began.
pub(crate) fn mark() -> Ident {
    Ident::new("__mark", Span::mixed_site())
}

/// The type of a captured variable.
pub(crate) fn typed(variable: &Ident) -> Ident {
    let name = format!("__typed_{variable}").replace("r#", "");
    Ident::new(&name, Span::mixed_site())
}

/// A scratch variable as the chunks see it.
pub(crate) fn scratch(variable: &Ident) -> Ident {
    let name = format!("__scratch_{variable}").replace("r#", "");
    Ident::new(&name, Span::mixed_site())
}

/// Alive in the part of the function that only the master runs.
pub(crate) fn master_only() -> Ident {
    Ident::new("__master_only", Span::mixed_site())
}

/// Whether the chunk's value of this output needs a name of its own.
pub(crate) fn needs_name(place: &Place) -> bool {
    !place.fields.is_empty() || place.root == "self"
}

/// The name of the chunk's value of an output: the user's, or `__state_results` for a field.
pub(crate) fn output(place: &Place) -> Ident {
    if !needs_name(place) {
        return place.root.clone();
    }
    derived(place, "")
}

/// What a chunk changes in an array: `__out_updates`.
pub(crate) fn updates(place: &Place) -> Ident {
    derived(place, "_updates")
}

/// All that the loop changes in an array: `__out`.
pub(crate) fn all_updates(place: &Place) -> Ident {
    derived(place, "")
}

/// The element of an array that an iteration works on: `__out_element`.
pub(crate) fn element(place: &Place) -> Ident {
    derived(place, "_element")
}

/// The element as the array has it: `__out_item`.
pub(crate) fn item(place: &Place) -> Ident {
    derived(place, "_item")
}

/// What is known of the array whose elements are the items: `__xs_array`.
pub(crate) fn known_array(place: &Place) -> Ident {
    derived(place, "_array")
}

/// A name of ours.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn derived(place: &Place, suffix: &str) -> Ident {
    let mut name = format!("__{}", place.root);
    for field in &place.fields {
        name.push('_');
        match field {
            Member::Named(field) => name.push_str(&field.to_string()),
            Member::Unnamed(index) => name.push_str(&index.index.to_string()),
        }
    }
    name.push_str(suffix);
    Ident::new(&name.replace("r#", ""), Span::mixed_site())
}
