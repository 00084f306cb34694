//! Uses of captured variables that may change them: their types decide.

use super::place::Place;

/// A use that a name alone does not judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub(crate) place: Place,
    pub(crate) usage: Doubtful,
    pub(crate) kind: DoubtKind,
}

/// Where the place stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doubtful {
    /// `x.method(..)`
    Receiver(String),
    /// `f(x)`, `x` being a `&mut` parameter.
    Argument,
}

/// The effect of the use if it changes the place: each kind has words of its own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DoubtKind {
    /// `x.entry(key)`
    Entry,
    /// `x.iter_mut()`
    Elements,
    /// `x.next()`
    Advance,
    /// `rng.random()`
    Draw,
    /// `file.write_all(..)`
    Write,
    /// `if x.insert(..)`, `let y = x.extend(..)`
    AppendValue,
    /// `x.draw(..);`
    Change,
    /// `improve(x, ..)`
    Lend,
}
