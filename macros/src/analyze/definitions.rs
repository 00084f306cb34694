//! Macros that the function defines for itself: a call of one mentions the variables of its
//! definition, which is all that can be seen of it.

use super::walk::Walker;
use super::{formats, macros};
use crate::model::Usage;
use proc_macro2::Ident;
use std::collections::HashMap;
use syn::{ItemMacro, Macro};

/// The variables that each `macro_rules!` of the function mentions, those of the macros that it
/// calls included. Names, so one that is shadowed where the macro is called counts as well.
#[derive(Debug, Default)]
pub(super) struct Definitions(HashMap<String, Vec<Ident>>);

impl Walker {
    /// `macro_rules! size { () => { results.len() } }`
    pub(super) fn define(&mut self, definition: &ItemMacro) {
        self.opaque(&definition.mac);
        let Some(name) = &definition.ident else {
            return;
        };
        let tokens = &definition.mac.tokens;
        let mut mentioned = macros::variables(tokens.clone());
        mentioned.extend(formats::captures(tokens.clone()));
        let known = mentioned.iter().filter_map(|name| self.definition(name));
        let of_others: Vec<Ident> = known.flatten().cloned().collect();
        mentioned.extend(of_others);
        self.definitions.0.insert(name.to_string(), mentioned);
    }

    /// `size!()`, by whatever name: it hides a macro of the standard library.
    pub(super) fn call_of_defined(&mut self, call: &Macro) {
        let Some(name) = call.path.get_ident() else {
            return;
        };
        for variable in self.definition(name).cloned().unwrap_or_default() {
            self.record_variable(&variable, Usage::UnknownMacro(name.to_string()));
        }
    }

    fn definition(&self, name: &Ident) -> Option<&Vec<Ident>> {
        self.definitions.0.get(&name.to_string())
    }
}
