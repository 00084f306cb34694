//! Names that a walk over one body follows, each with the thing that it stands for there.
//!
//! Invariant: of equal names the last one counts, as a binding shadows those before it.

use crate::syntax::patterns;
use syn::{Ident, Pat};

#[derive(Debug)]
pub(super) struct Names<T>(Vec<(Ident, T)>);

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Names<T> {
    pub(super) fn get(&self, name: &Ident) -> Option<&T> {
        let mut last_first = self.0.iter().rev();
        last_first.find_map(|(known, value)| (known == name).then_some(value))
    }

    pub(super) fn bind(&mut self, name: Ident, value: T) {
        self.0.push((name, value));
    }

    /// All names of a pattern.
    pub(super) fn bind_pattern(&mut self, pattern: &Pat, value: &T)
    where
        T: Clone,
    {
        let names = patterns::idents(pattern);
        self.0.extend(names.map(|name| (name, value.clone())));
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets the names that were bound since there were `length` of them.
    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }
}
