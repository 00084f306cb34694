//! Variables whose `let` a macro writes: `table!(rows, path);`. All that is seen of them is that a
//! statement before the loop names what nothing else declares.
//!
//! Invariant: a name that is called is a function, whose type may be open, and is none of them.

use super::scope::Scope;
use crate::syntax::macros;
use syn::{Expr, ExprCall, Macro};

/// Names in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Announced {
    names: Vec<String>,
    functions: Vec<String>,
}

impl Announced {
    /// Notes what a statement may declare.
    pub(super) fn announce(&mut self, call: &Macro, scope: &Scope) {
        if macros::known_arguments(call).is_some() {
            return;
        }
        let names = macros::variables(call.tokens.clone()).into_iter();
        let names = names.map(|name| name.to_string());
        let is_new = |name: &String| {
            name.starts_with(|c: char| c.is_lowercase() || c == '_') && scope.lookup(name).is_none()
        };
        let names: Vec<String> = names.filter(is_new).collect();
        self.names.extend(names);
    }

    /// Notes the function of a call.
    pub(super) fn note_function(&mut self, call: &ExprCall) {
        if let Expr::Path(function) = &*call.func {
            let name = function.path.get_ident();
            self.functions.extend(name.map(ToString::to_string));
        }
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    /// Those that a loop may capture: announced before its items, and not once more until its end.
    pub(super) fn around(&self, items: usize, end: usize) -> Vec<String> {
        let (before, inside) = (&self.names[..items], &self.names[items..end]);
        let is_captured = |name: &&String| !inside.contains(name) && !self.functions.contains(name);
        before.iter().filter(is_captured).cloned().collect()
    }
}
