//! What the body of a loop does with the rest of the program: what it captures, what it would change
//! there, and what differs from rank to rank.

use super::Place;
use proc_macro2::Span;

/// A variable or field that all iterations share, at its first use in the body.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub(crate) place: Place,
    /// What is captured is behind it.
    pub(crate) behind_reference: bool,
}

/// A call on a captured variable that no other iteration would see, or items that can't be had.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub(crate) place: Place,
    pub(crate) span: Span,
    pub(crate) kind: EffectKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EffectKind {
    /// From a random number generator.
    Draws,
    /// `x.next()`
    Advances(String),
    Channel(String),
    /// Put into a shared collection that nothing in the body reads.
    Lost(String),
    /// Items that have no end.
    Endless(String),
    /// Items from standard input.
    StandardInput,
    /// `image.set(x, y, value);`
    Setter(String),
    /// What only the first rank to do it can: `File::create_new(..)`
    OnlyOnce(String),
    /// Of standard input, after a loop that may have read more of it than it ran.
    ReadAhead,
}

/// What may be wrong, and gets a warning.
#[derive(Clone, Debug)]
pub(crate) struct Lint {
    pub(crate) span: Span,
    pub(crate) kind: LintKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LintKind {
    /// A captured variable, and the method that opens it.
    Guard(String, String),
    /// Random numbers without a seed, in the body.
    Random(String),
    /// The same in the setup, where every rank draws its own.
    RandomSetup(String),
    /// The seed of a generator that all code of a thread shares.
    GlobalSeed(String),
    /// Items from a listing that has no order.
    Listing(String),
    /// Items in the order of a hash table.
    HashOrder(String),
    /// A file made anew on every rank.
    FileInSetup(String),
    /// The same after the loop.
    FileInTail(String),
    /// A temporary file or directory of every rank.
    TemporaryInSetup(String),
    /// Standard input is the master's.
    StdinInSetup,
}
