//! The names that expansions use: absolute paths into the runtime, and identifiers that the user's
//! code can neither see nor shadow.

use std::cell::RefCell;

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
        let library = NAME.with_borrow(|name| Ident::new(name, self.0));
        tokens.extend(quote_spanned!(self.0=> ::#library::__private));
    }
}

thread_local! {
    static NAME: RefCell<String> = RefCell::new("parallel_for".to_owned());
}

/// What this crate's user calls the library, for all expansions on this thread from now on.
pub(crate) fn call_library(name: String) {
    NAME.set(name);
}

/// This place in the user's code, with the edition of this crate, for closures: before 2021 one captures
/// all of `self`. Errors about such tokens say that they are a macro's.
pub(crate) fn ours(place: Span) -> Span {
    Span::mixed_site().located_at(place)
}

/// The items of the chunk at hand.
pub(crate) fn chunk() -> Ident {
    Ident::new("__chunk", Span::mixed_site())
}

/// Those of one block of it.
pub(crate) fn block() -> Ident {
    Ident::new("__block", Span::mixed_site())
}

/// Whether the loop does nothing but arithmetic.
pub(crate) fn arithmetic() -> Ident {
    Ident::new("__arithmetic", Span::mixed_site())
}

/// What takes note of the captured variables.
pub(crate) fn captures() -> Ident {
    Ident::new("__captures", Span::mixed_site())
}

/// A loop that can be left, between its rounds.
pub(crate) fn the_loop() -> Ident {
    Ident::new("__loop", Span::mixed_site())
}

/// The moved loop, where the user has given it no label.
pub(crate) fn the_loop_label() -> Lifetime {
    Lifetime::new("'__loop", Span::mixed_site())
}

/// The rounds of a loop that can be left, each up to an iteration that may leave it.
pub(crate) fn rounds_label() -> Lifetime {
    Lifetime::new("'__rounds", Span::mixed_site())
}

/// How much the iterations of a chunk had written when the last one began.
pub(crate) fn mark() -> Ident {
    Ident::new("__mark", Span::mixed_site())
}

/// The type of a captured variable.
pub(crate) fn typed(variable: &Ident) -> Ident {
    let name = format!("__{variable}__typed").replace("r#", "");
    Ident::new(&name, Span::mixed_site())
}

/// A scratch variable as the chunks see it.
pub(crate) fn scratch(variable: &Ident) -> Ident {
    let name = format!("__{variable}__scratch").replace("r#", "");
    Ident::new(&name, Span::mixed_site())
}

/// Alive in the part of the function that only the master runs.
pub(crate) fn master_only() -> Ident {
    Ident::new("__master__only", Span::mixed_site())
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

/// What a chunk changes in an array: `__out__updates`.
pub(crate) fn updates(place: &Place) -> Ident {
    derived(place, "__updates")
}

/// What ranks compare of an array: `__out__told`.
pub(crate) fn told(place: &Place) -> Ident {
    derived(place, "__told")
}

/// All that the loop changes in an array: `__out__all`.
pub(crate) fn all_updates(place: &Place) -> Ident {
    derived(place, "__all")
}

/// The element of an array that an iteration works on: `__out__element`.
pub(crate) fn element(place: &Place) -> Ident {
    derived(place, "__element")
}

/// The element as the array has it: `__out__item`.
pub(crate) fn item(place: &Place) -> Ident {
    derived(place, "__item")
}

/// What the statements of a chunk are given that run in the order of the items.
pub(crate) fn replays() -> Ident {
    Ident::new("__replays", Span::mixed_site())
}

/// A variable that a statement changes in the order of the items: `__out__target`.
pub(crate) fn target(place: &Place) -> Ident {
    derived(place, "__target")
}

/// The length of such a variable, which the statements don't change: `__out__length`.
pub(crate) fn length(place: &Place) -> Ident {
    derived(place, "__length")
}

/// The known type of the array whose elements are the items: `__xs_array`.
pub(crate) fn known_array(place: &Place) -> Ident {
    derived(place, "_array")
}

/// A name of ours.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// No two places have the same name. Where the parts have a `_` of their own, their lengths say where
/// each ends: `self.pos.x` is `__self_pos_x`, and `self.pos_x` is `___self_pos_x_4_5`.
fn derived(place: &Place, suffix: &str) -> Ident {
    let fields = place.fields.iter().map(|field| match field {
        Member::Named(field) => field.to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    });
    let mut parts = vec![place.root.to_string()];
    parts.extend(fields);
    for part in &mut parts {
        *part = part.replace("r#", "");
    }
    let mut name = format!("__{}", parts.join("_"));
    if parts.iter().any(|part| part.contains('_')) {
        name.insert(0, '_');
        for part in &parts {
            name.extend(["_", &part.len().to_string()]);
        }
    }
    name.push_str(suffix);
    Ident::new(&name, Span::mixed_site())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_of_places_differ() {
        let places = [
            "a.b.c",
            "a.b_c",
            "a_b.c",
            "a_b_c",
            "a.b__c",
            "a_.b_c",
            "a.b",
            "a._b",
            "a_.b",
            "a__b",
            "a_b.c.1",
            "a.b_c.1",
            "a_b_c_3_1.x",
            "_a.b",
            "__a.b",
            "a.b_1_1",
            "self.pos.x",
            "self.pos_x",
            "x.updates",
            "x",
            "scratch.x",
            "typed.x",
            "x.element",
            "shared.1",
        ];
        let mut seen = HashSet::new();
        for text in places {
            let (root, fields) = text.split_once('.').unwrap_or((text, ""));
            let fields = fields.split('.').filter(|field| !field.is_empty());
            let place = Place {
                root: local(root),
                fields: fields
                    .map(|field| syn::parse_str(field).expect("a field"))
                    .collect(),
            };
            let mut names = vec![
                updates(&place),
                all_updates(&place),
                element(&place),
                item(&place),
            ];
            names.extend((!place.fields.is_empty()).then(|| output(&place)));
            names.extend(
                [scratch(&place.root), typed(&place.root)]
                    .into_iter()
                    .filter(|_| place.fields.is_empty()),
            );
            for name in names {
                assert!(seen.insert(name.to_string()), "{name} of {text}");
            }
        }
    }
}
