//! Macros that the function defines for itself: a call of one mentions the variables of its
//! definition; more of it can't be seen.

use crate::syntax::formats;
use proc_macro2::Ident;
use std::collections::HashMap;
use syn::{ItemMacro, Macro};

/// The variables that each `macro_rules!` of the function mentions, those of the macros that it
/// calls included. Names, so one that is shadowed where the macro is called counts as well.
#[derive(Debug, Default)]
pub(super) struct Definitions(HashMap<String, Vec<Ident>>);

impl Definitions {
    /// `macro_rules! size { () => { results.len() } }`
    pub(super) fn define(&mut self, definition: &ItemMacro) {
        let Some(name) = &definition.ident else {
            return;
        };
        let tokens = &definition.mac.tokens;
        let mut mentioned = formats::mentioned(tokens);
        let known = mentioned.iter().filter_map(|name| self.of(name));
        let of_others: Vec<Ident> = known.flatten().cloned().collect();
        mentioned.extend(of_others);
        self.0.insert(name.to_string(), mentioned);
    }

    /// What `size!()` mentions, by whatever name: it hides a macro of the standard library.
    pub(super) fn of_call(&self, call: &Macro) -> Vec<Ident> {
        let mentioned = call.path.get_ident().and_then(|name| self.of(name));
        mentioned.cloned().unwrap_or_default()
    }

    fn of(&self, name: &Ident) -> Option<&Vec<Ident>> {
        self.0.get(&name.to_string())
    }
}
