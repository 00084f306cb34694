//! How a loop that is refused for some of its statements can be made two.

use super::place::Place;

/// The statements that go into a loop behind, and what they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// What the loop is refused for: these statements use it.
    pub(crate) about: Vec<Place>,
    /// How many statements they are, and their text, unless it is long.
    pub(crate) count: usize,
    pub(crate) text: Option<String>,
    pub(crate) given: Given,
}

/// How the loop behind gets at what the statements use of the iterations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// They need the items alone, over which it goes once more: `for x in xs`
    Items(String),
    /// The first loop pushes it to a `list`: `x.to_owned()`, which the second one calls `ref x`.
    Pushed {
        list: &'static str,
        values: Vec<String>,
        names: Vec<String>,
    },
}
