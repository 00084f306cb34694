//! What the text of `Debug` tells of a value: most types have one, also where they can be neither
//! hashed nor serialised.
//!
//! Invariant: equal values of two processes have equal digests. The items of sets and maps count in
//! any order, which may be random, and texts count for nothing that show what belongs to a process:
//! addresses, descriptors, moments, what a lock or a cell holds at the time.

use std::fmt::{self, Debug, Write};
use std::hash::{BuildHasher as _, Hash};

use foldhash::fast::FixedState;

/// So many bytes of a text are read.
pub(crate) const LONG: usize = 16 << 10;

/// The digest of a value's text, where that means something; so many bytes of it count.
pub(crate) fn digest<T: Debug + ?Sized>(value: &T, most: usize) -> Option<u64> {
    let text = beginning(value, most);
    is_of_all_processes(&text).then(|| Reader::digest(&text))
}

/// Whether the text shows nothing that belongs to a process alone.
pub(crate) fn is_steady<T: Debug + ?Sized>(value: &T) -> bool {
    /// For types that say by themselves what they hold.
    const SHORT: usize = 2 << 10;
    is_of_all_processes(&beginning(value, SHORT))
}

fn beginning<T: Debug + ?Sized>(value: &T, most: usize) -> String {
    let mut limited = Limited {
        text: String::new(),
        most,
    };
    // Where it stops early, what was read counts.
    let _ = write!(limited, "{value:?}");
    // How long the last piece is may depend on an order.
    let mut end = limited.text.len().min(most);
    while !limited.text.is_char_boundary(end) {
        end -= 1;
    }
    limited.text.truncate(end);
    limited.text
}

fn is_of_all_processes(text: &str) -> bool {
    const SIGNS: [&str; 10] = [
        "fd: ",
        "Instant {",
        "ThreadId(",
        "<uninit>",
        "<locked>",
        "Mutex {",
        "RwLock {",
        "Lock(",
        "Cell {",
        "Cell(",
    ];
    let plain = unquoted(text);
    let is_address = |rest: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        // Longer ones are hashes, and the like.
        (7..15).contains(&digits)
    };
    let has_address = plain.split("0x").skip(1).any(is_address);
    !has_address && !SIGNS.iter().any(|sign| plain.contains(sign))
}

/// The text without what stands in quotes.
fn unquoted(text: &str) -> String {
    let mut plain = String::new();
    let mut at = 0;
    while let Some(next) = text.as_bytes().get(at) {
        let quote = quotation(&text[at..]);
        if quote > 0 {
            plain.push_str("\"\"");
        } else {
            plain.push(char::from(*next));
        }
        at += quote.max(1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    plain
}

/// The length of what stands in quotes at the beginning: `"a \" b"`, `'('`, `'\u{301}'`; 0 for nothing.
fn quotation(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match text.as_bytes()[0] {
        b'"' => {
            let mut escaped = false;
            let end = characters.find(|&(_, character)| {
                let ends = character == '"' && !escaped;
                escaped = character == '\\' && !escaped;
                ends
            });
            end.map_or(text.len(), |(end, _)| end + 1)
        }
        b'\'' => {
            let escapes = text[1..].starts_with('\\');
            let mut rest = characters
                .skip(if escapes { 2 } else { 1 })
                .take(if escapes { 10 } else { 1 });
            rest.find(|&(_, character)| character == '\'')
                .map_or(0, |(end, _)| end + 1)
        }
        _ => 0,
    }
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

/// Reads a text up to its end, or to where it was cut off.
struct Reader {
    /// The brackets that are open, and the text around them.
    open: Vec<Bracket>,
    /// The last two characters outside of quotes.
    before: (u8, u8),
}

struct Bracket {
    closed_by: u8,
    /// Of the items so far, of a set or a map: these count in any order.
    items: Option<u64>,
    state: u64,
}

impl Bracket {
    fn new(closed_by: u8, is_unordered: bool) -> Self {
        Self {
            closed_by,
            items: is_unordered.then_some(0),
            state: 0,
        }
    }

    fn add(&mut self, value: impl Hash) {
        self.state = FixedState::with_seed(self.state).hash_one(value);
    }

    /// After an item of a set or map.
    fn end_item(&mut self) {
        if let Some(items) = &mut self.items {
            *items = items.wrapping_add(FixedState::with_seed(1).hash_one(self.state));
            self.state = 0;
        }
    }
}

impl Reader {
    fn digest(text: &str) -> u64 {
        let mut reader = Self {
            open: vec![Bracket::new(0, false)],
            before: (0, 0),
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let is_start = text.is_char_boundary(at);
            let quote = if is_start { quotation(&text[at..]) } else { 0 };
            if quote > 0 {
                reader.innermost().add(&bytes[at..at + quote]);
                reader.before = (0, bytes[at]);
                at += quote;
            } else {
                reader.read(bytes[at]);
                at += 1;
            }
        }
        // Of a set that is cut off, it is chance which items were read.
        let whole = reader
            .open
            .iter()
            .take_while(|bracket| bracket.items.is_none());
        whole.fold(0, |sum, bracket| {
            FixedState::with_seed(sum).hash_one(bracket.state)
        })
    }

    fn innermost(&mut self) -> &mut Bracket {
        if self.open.is_empty() {
            self.open.push(Bracket::new(0, false));
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn read(&mut self, byte: u8) {
        match byte {
            b'[' => self.open.push(Bracket::new(b']', false)),
            b'(' => self.open.push(Bracket::new(b')', false)),
            b'{' => {
                let (earlier, last) = self.before;
                let follows_a_name = last == b' ' && !matches!(earlier, b':' | b',' | b'=' | b'>');
                self.open.push(Bracket::new(b'}', !follows_a_name));
            }
            _ if byte == self.innermost().closed_by => {
                self.innermost().end_item();
                if let Some(closed) = self.open.pop() {
                    self.innermost().add((byte, closed.items, closed.state));
                }
            }
            b',' if self.innermost().items.is_some() => self.innermost().end_item(),
            b' ' => {}
            _ => self.innermost().add(byte),
        }
        self.before = (self.before.1, byte);
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

    fn with<T>(inside: T) -> Inner<T> {
        Inner {
            text: "a { b",
            inside,
        }
    }

    fn digest<T: Debug>(value: &T) -> Option<u64> {
        super::digest(value, LONG)
    }

    #[test]
    fn sets_and_maps_count_in_any_order_and_lists_do_not() {
        let set = || {
            (0..40)
                .map(|i| format!("{i}, \"{{"))
                .collect::<HashSet<_>>()
        };
        let map = || {
            set()
                .into_iter()
                .map(|key| (key, with(set())))
                .collect::<HashMap<_, _>>()
        };
        let listed = |map: &HashMap<String, _>| map.keys().cloned().collect::<Vec<_>>();
        let (one, other) = (map(), map());
        assert_eq!(digest(&one), digest(&other));
        assert_eq!(digest(&with((set(), 1))), digest(&with((set(), 1))));
        assert_ne!(digest(&with((set(), 1))), digest(&with((set(), 2))));
        assert_ne!(
            digest(&(listed(&one), &one)),
            digest(&(listed(&other), &other))
        );
        assert_ne!(
            digest(&[HashSet::from([1]), HashSet::new()]),
            digest(&[HashSet::new(), HashSet::from([1])])
        );
        let fewer: HashSet<_> = set().into_iter().skip(1).collect();
        assert_ne!(digest(&set()), digest(&fewer));
    }

    #[test]
    fn sets_that_are_cut_off_are_known_by_what_stands_before() {
        let set = || {
            (0..9000)
                .map(|i| "x".repeat(i % 50))
                .collect::<HashSet<_>>()
        };
        let long = || (0..3000).map(|i| i.to_string()).collect::<HashSet<_>>();
        assert_eq!(digest(&(1, set(), long())), digest(&(1, set(), long())));
        assert_ne!(digest(&(1, long())), digest(&(2, long())));
    }

    #[test]
    fn texts_tell_values_apart_unless_they_show_what_differs_anyway() {
        assert_eq!(digest(&with(1.5)), digest(&with(1.5)));
        assert_ne!(digest(&with(1.5)), digest(&with(2.5)));
        assert_ne!(digest(&'"'), digest(&'('));
        assert!(digest(&with(1)).is_some());
        assert!(digest(&with("fd: 3, 0x7f0011223344")).is_some());
        assert_eq!(digest(&with(&raw const *"a")), None);
        assert_eq!(digest(&with(std::time::Instant::now())), None);
        assert!(digest(&with(std::time::SystemTime::now())).is_some());
        assert_eq!(digest(&with(std::sync::Mutex::new(1))), None);
        assert_eq!(digest(&with(std::sync::OnceLock::from(1))), None);
        assert_eq!(digest(&with(std::sync::LazyLock::<u8>::new(|| 1))), None);
        assert_eq!(
            digest(&std::fs::File::open("/proc/self/stat").unwrap()),
            None
        );
        assert!(digest(&vec!["long"; 100_000]).is_some());
    }
}
