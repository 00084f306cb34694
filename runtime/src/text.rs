//! What the text of `Debug` tells of a value: most types have one, also where they can be neither
//! hashed nor serialised.
//!
//! Invariant: equal values of two processes have equal digests. So texts count for nothing that show
//! sets and maps, whose order may be random, or what belongs to a process: addresses, descriptors,
//! moments.

use std::fmt::{self, Debug, Write};
use std::hash::{BuildHasher as _, Hasher as _};

use foldhash::fast::FixedState;

/// The digest of a value's text, where that means something; of a long one the beginning counts.
pub(crate) fn digest<T: Debug + ?Sized>(value: &T) -> Option<u64> {
    /// So many bytes are read.
    const MOST: usize = 16 << 10;
    let mut text = Limited {
        text: String::new(),
        most: MOST,
    };
    // Where it stops early, what was read counts.
    let _ = write!(text, "{value:?}");
    let mut braces = Braces::default();
    let _ = braces.write_str(&text.text);
    let steady = ["0x", "fd: ", "Instant {", "tv_nsec", "ThreadId("];
    let is_steady = !steady.iter().any(|sign| text.text.contains(sign));
    (is_steady && !braces.found).then(|| {
        let mut hasher = FixedState::with_seed(0).build_hasher();
        hasher.write(text.text.as_bytes());
        hasher.finish()
    })
}

/// Whether the text shows a set or a map, which stands in braces without a name.
pub(crate) fn has_sets<T: Debug + ?Sized>(value: &T) -> bool {
    let mut braces = Braces::default();
    // It stops at the first one, and where the text is long.
    let _ = write!(braces, "{value:?}");
    braces.found
}

/// The beginning of a text.
struct Limited {
    text: String,
    most: usize,
}

impl Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        if self.text.len() > self.most {
            return Err(fmt::Error);
        }
        Ok(())
    }
}

/// Looks for the `{` of a set or map, which follows no name, in the text of a value.
#[derive(Debug, Default)]
struct Braces {
    found: bool,
    /// The last two characters outside of quotes.
    before: (char, char),
    quoted: bool,
    escaped: bool,
    read: usize,
}

impl Write for Braces {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        const MOST: usize = 32 << 10;
        self.read += text.len();
        for character in text.chars() {
            match character {
                _ if self.escaped => self.escaped = false,
                '\\' if self.quoted => self.escaped = true,
                '"' => self.quoted = !self.quoted,
                _ if self.quoted => {}
                '{' => {
                    let (earlier, last) = self.before;
                    let names = last == ' ' && !matches!(earlier, ':' | ',' | '=' | '>');
                    self.found |= !names;
                }
                _ => {}
            }
            if !self.quoted {
                self.before = (self.before.1, character);
            }
        }
        if self.found || self.read > MOST {
            return Err(fmt::Error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[derive(Debug)]
    #[allow(dead_code, reason = "printed")]
    struct Inner<T> {
        text: &'static str,
        inside: T,
    }

    #[test]
    fn braces_of_sets_are_told_from_those_of_structs() {
        let with = |text| Inner { text, inside: 1 };
        assert!(!has_sets(&Some(vec![with("a { b"), with("\" {")])));
        let nested = Inner {
            text: "x",
            inside: with("y"),
        };
        assert!(!has_sets(&nested));
        assert!(has_sets(&HashSet::from([1])));
        assert!(has_sets(&vec![HashMap::from([(1, with(""))])]));
        let set = Inner {
            text: "",
            inside: HashSet::from([1]),
        };
        assert!(has_sets(&set));
        assert!(has_sets(&(1, HashSet::from([1]))));
    }

    #[test]
    fn texts_tell_values_apart_unless_they_show_what_differs_anyway() {
        fn with<T>(inside: T) -> Inner<T> {
            Inner { text: "", inside }
        }
        assert_eq!(digest(&with(1.5)), digest(&with(1.5)));
        assert_ne!(digest(&with(1.5)), digest(&with(2.5)));
        assert!(digest(&with(1)).is_some());
        assert_eq!(digest(&with(HashSet::from([1, 2]))), None);
        assert_eq!(digest(&with(&raw const *"a")), None);
        assert_eq!(digest(&with(std::time::Instant::now())), None);
        assert_eq!(
            digest(&std::fs::File::open("/proc/self/stat").unwrap()),
            None
        );
        assert!(digest(&vec!["long"; 100_000]).is_some());
    }
}
