//! Texts of `{:?}` as trees of brackets and commas, in which lists with the same items in another
//! order are told from others.
//!
//! Invariant: texts that are the same have the same outline. Brackets that don't fit each other are
//! text like any other.

use std::collections::HashMap;
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

/// What stands between two brackets.
#[derive(Debug)]
pub(super) struct Outline {
    items: Vec<Item>,
    /// Of the items in any order.
    content: u64,
}

/// What stands between two commas: texts and, after each but the last, brackets.
#[derive(Debug)]
struct Item {
    lists: Vec<Outline>,
    /// Of the texts in their order, and of the content of the brackets.
    content: u64,
}

/// What copies show of an order that is not the original's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// It is another one in each copy, or as it was.
    Random,
    /// All copies have the same.
    Changed,
}

impl Outline {
    /// The outline of a text.
    pub(super) fn of(text: &str) -> Self {
        Parser { text, at: 0 }.list()
    }

    /// A number for what the text says, in any order.
    pub(super) fn content(&self) -> u64 {
        self.content
    }

    /// What copies with the same content show, each of which was made of the one before.
    pub(super) fn order(&self, copies: &[&Self]) -> Order {
        let Some((first, others)) = copies.split_first() else {
            return Order::Random;
        };
        let is_random = others.iter().any(|other| !first.has_order_of(other));
        if !is_random && !self.has_order_of(first) {
            return Order::Changed;
        }
        if is_random {
            let copies: Vec<_> = copies.iter().map(|copy| copy.by_content()).collect();
            self.items_order(|_, content| {
                copies.iter().map(move |copy| copy.get(&content).copied())
            })
        } else {
            self.items_order(|index, _| copies.iter().map(move |copy| copy.items.get(index)))
        }
    }

    fn has_order_of(&self, other: &Self) -> bool {
        let contents =
            |list: &Self| -> Vec<u64> { list.items.iter().map(|it| it.content).collect() };
        contents(self) == contents(other)
    }

    fn by_content(&self) -> HashMap<u64, &Item> {
        self.items.iter().map(|item| (item.content, item)).collect()
    }

    /// The orders within the items; `pairs` has the copies of the one
    /// with this number and content.
    fn items_order<'c, Pairs>(&self, pairs: impl Fn(usize, u64) -> Pairs) -> Order
    where
        Pairs: Iterator<Item = Option<&'c Item>>,
    {
        for (index, item) in self.items.iter().enumerate() {
            if item.lists.is_empty() {
                continue;
            }
            let Some(copies) = pairs(index, item.content).collect::<Option<Vec<_>>>() else {
                return Order::Changed;
            };
            for (position, list) in item.lists.iter().enumerate() {
                let copies: Option<Vec<_>> =
                    copies.iter().map(|copy| copy.lists.get(position)).collect();
                if copies.is_none_or(|copies| list.order(&copies) == Order::Changed) {
                    return Order::Changed;
                }
            }
        }
        Order::Random
    }
}

/// Reads a text from left to right.
struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    /// Up to the bracket that closes, or the end.
    fn list(&mut self) -> Outline {
        let mut items = Vec::new();
        let mut content = 0_u64;
        loop {
            let (item, goes_on) = self.item();
            content = content.wrapping_add(hash(0, item.content));
            items.push(item);
            if !goes_on {
                return Outline { items, content };
            }
        }
    }

    /// Up to a comma or the end of the list; whether another one follows.
    fn item(&mut self) -> (Item, bool) {
        let mut item = Item {
            lists: Vec::new(),
            content: 0,
        };
        let mut start = self.at;
        loop {
            let Some(&byte) = self.text.as_bytes().get(self.at) else {
                item.add_text(&self.text[start..]);
                return (item, false);
            };
            match byte {
                b'[' | b'{' | b'(' => {
                    item.add_text(&self.text[start..=self.at]);
                    self.at += 1;
                    let list = self.list();
                    item.content = hash(item.content, list.content);
                    item.lists.push(list);
                    start = self.at;
                }
                b']' | b'}' | b')' | b',' => {
                    item.add_text(&self.text[start..self.at]);
                    self.at += 1;
                    return (item, byte == b',');
                }
                b'"' => self.string(),
                b'\'' => self.character(),
                _ => self.at += 1,
            }
        }
    }

    /// `"a \" b"`
    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(&byte) = bytes.get(self.at) {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        // An escape at the very end, or one of a character of several bytes.
        while !self.text.is_char_boundary(self.at.min(self.text.len())) {
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
    }

    /// `'a'`, `'\''`, `'\u{301}'`; another apostrophe is text.
    fn character(&mut self) {
        let rest = &self.text[self.at + 1..];
        let length = match rest.strip_prefix('\\') {
            Some(escaped) => escaped
                .char_indices()
                .skip(1)
                .find(|&(_, character)| character == '\'')
                .map(|(index, _)| index + 1),
            None => rest.chars().next().map(char::len_utf8),
        };
        let closed = length.filter(|&length| length < 12 && rest[length..].starts_with('\''));
        self.at += closed.map_or(1, |length| length + 2);
    }
}

impl Item {
    fn add_text(&mut self, text: &str) {
        self.content = hash(self.content, text.trim());
    }
}

fn hash(before: u64, value: impl std::hash::Hash) -> u64 {
    FixedState::with_seed(before).hash_one(value)
}

/// Two texts where they first differ, shortened.
pub(super) fn difference(original: &str, copy: &str) -> (String, String) {
    const BEFORE: usize = 40;
    const SHOWN: usize = 100;
    let same = original
        .chars()
        .zip(copy.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let excerpt = |text: &str| {
        let from = same.saturating_sub(BEFORE);
        let shown: String = text.chars().skip(from).take(SHOWN).collect();
        let before = if from > 0 { "…" } else { "" };
        let after = if text.chars().count() > from + SHOWN {
            "…"
        } else {
            ""
        };
        format!("{before}{shown}{after}")
    };
    (excerpt(original), excerpt(copy))
}
