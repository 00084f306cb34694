//! Texts of the program that come from other ranks: names of types, files and functions.
//!
//! Invariant: each is kept once and for good. A program has so many of them and no more, and so they cost no
//! memory and no time again and again.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The same text, for as long as the process lives.
pub(crate) fn interned(text: &str) -> &'static str {
    // Of the process, not of a thread: ranks talk to each other until it has ended, when those are gone.
    static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = texts.get(text) {
        return known;
    }
    let new = Box::leak(Box::from(text));
    texts.insert(new);
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let first = interned("alloc::vec::Vec<u8>");
        let text = ["alloc::vec::Vec", "<u8>"].concat();
        let again = interned(&text);
        assert_eq!(first, "alloc::vec::Vec<u8>");
        assert!(std::ptr::eq(first, again));
        assert_ne!(interned(""), first);
    }
}
