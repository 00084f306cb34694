//! Texts of the program that come from other ranks: names of types, files and functions.
//!
//! Invariant: each is kept once and for good. A program has so many of them and no more, and so they cost no
//! memory and no time again and again.

use std::cell::RefCell;
use std::collections::HashSet;

use foldhash::fast::FixedState;

/// The same text, for as long as the process lives.
pub(crate) fn interned(text: &str) -> &'static str {
    thread_local! {
        static TEXTS: RefCell<HashSet<&'static str, FixedState>> = RefCell::default();
    }
    TEXTS.with_borrow_mut(|texts| {
        if let Some(known) = texts.get(text) {
            return *known;
        }
        let new = Box::leak(Box::from(text));
        texts.insert(new);
        new
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let first = interned("alloc::vec::Vec<u8>");
        let again = interned(&"alloc::vec::Vec<u8>".to_owned());
        assert_eq!(first, "alloc::vec::Vec<u8>");
        assert!(std::ptr::eq(first, again));
        assert_ne!(interned(""), first);
    }
}
