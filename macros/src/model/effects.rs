//! The body of a loop and the rest of the program: the variables that it captures, the changes that it
//! would make there, and the differences between ranks.

use super::place::{LetId, Place};
use proc_macro2::Span;
use syn::{Ident, Member, Path};

/// A variable or field that all iterations share, at its first use in the body.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub(crate) place: Place,
    /// It is a reference, and the captured value is behind it.
    pub(crate) behind_reference: bool,
}

/// A list that the body fills with the elements of a captured place, in its order.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) table: Place,
    pub(crate) list: Ident,
}

/// A captured place that the body goes through in its order.
#[derive(Clone, Debug)]
pub(crate) struct Ordered {
    pub(crate) place: Place,
    /// Only sums of floats would show it.
    pub(crate) only_floats: bool,
}

/// Places that may be memory that threads share, and are used for more than reading; the types decide.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// By the body.
    pub(crate) used: Vec<Place>,
    /// By closures that the body calls, to be asked about before the `let` that makes each.
    pub(crate) by_closures: Vec<(LetId, Place)>,
    /// By the closures that make the items.
    pub(crate) by_items: Vec<Place>,
    /// Given to functions by value, which takes more than reading where the type can't be copied.
    pub(crate) passed: Vec<Place>,
    pub(crate) statics: Vec<Static>,
    /// Parts of the items, by the variables of the loop's pattern.
    pub(crate) of_items: Vec<Place>,
    /// Methods that are called on fields of elements.
    pub(crate) inside: Vec<Inside>,
}

/// `slots[i].hits` of `slots[i].hits.store(1)`, as it is written: the index may be the body's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inside {
    pub(crate) receiver: String,
    pub(crate) method: String,
}

/// `COUNT`, `stats::STATS.hits`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Static {
    pub(crate) path: Path,
    pub(crate) fields: Vec<Member>,
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
    /// All that a loop does.
    Channel(String),
    /// Put into a shared collection that nothing in the body reads.
    Lost(String),
    /// Items that have no end.
    Endless(String),
    /// The body reads standard input.
    InputInBody,
    /// Items from standard input.
    StandardInput,
    /// `image.set(x, y, value);`
    Setter(String),
    /// A method that is nearly spelt like an append, and the append.
    Misspelt(String, &'static str),
    /// A call that succeeds on the first rank only: `File::create_new(..)`
    OnlyOnce(String),
    /// Of standard input, after a loop that may have read more of it than it ran.
    ReadAhead,
    /// `COUNT += 1`, of a `static mut`.
    Static,
    /// A search whose iterations are all the same.
    Retries,
}

/// Code that may be wrong, and gets a warning.
#[derive(Clone, Debug)]
pub(crate) struct Lint {
    pub(crate) span: Span,
    pub(crate) kind: LintKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LintKind {
    /// A captured variable, and the method that opens it.
    Guard(String, String),
    /// A variable that holds the lock of a standard stream around the loop.
    HeldStream(String),
    /// A clock or a number of the process, by what asks for it, before the loop.
    ProcessSetup(String),
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
    /// The time, in a loop that can be left.
    Clock(String),
}
