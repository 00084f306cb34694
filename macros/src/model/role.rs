//! The roles of outputs in their loop, and the steps that they are made of: data only.

use proc_macro2::Ident;
use std::fmt;

/// What the loop does with an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is appended to; `keyed` by `insert`, which only maps and sets append with; by `push` alone, `once` in every
    /// iteration that gets to its end. If its type is none of those that parts can be made of, its own method is called.
    Collection {
        keyed: bool,
        once: bool,
        own: Option<OwnMethod>,
    },
    /// Contributions are combined with its former value. It may be `of_any_type`: if that is none whose contributions can
    /// be combined, its own operator is applied to each.
    Reduction {
        by: By,
        dereferenced: bool,
        of_any_type: bool,
    },
    /// Each iteration sets its own element, `out[i] = e`, and mentions nothing else of it.
    Elements,
    /// Each iteration changes its own element, and may read it.
    Updates,
    /// The items of the loop are its elements.
    Items,
    /// The items of the loop, in any form: what is behind them.
    ChangedItems,
    /// The statements that change it run in the order of the items, with what the iterations made for them.
    Replayed,
}

/// The method that fills a collection of any type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnMethod {
    pub(crate) name: Ident,
    pub(crate) arguments: usize,
    /// The values of all calls.
    pub(crate) dropped: bool,
}

/// How contributions are combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Sum,
    Difference,
    /// `+=` and `-=`
    Balance,
    Product,
    BitAnd,
    BitOr,
    BitXor,
    /// `x = x.max(e)`
    Maximum,
    Minimum,
    /// `x = cmp::max(x, e)`, by a function that has the name of the standard library's.
    NamedMaximum(String),
    NamedMinimum(String),
    /// `if e > x { x = e; }`
    Greatest,
    /// `if e >= x { x = e; }`
    GreatestLast,
    Least,
    LeastLast,
    /// `x = e;`
    Last,
    /// By the user's function, called in this form.
    Folded {
        function: String,
        form: Form,
    },
}

impl By {
    /// The body says `x.put(e)`; the others keep their operator.
    pub(crate) fn is_put(&self) -> bool {
        !matches!(
            self,
            Self::Sum
                | Self::Difference
                | Self::Balance
                | Self::Product
                | Self::BitAnd
                | Self::BitOr
                | Self::BitXor
        )
    }

    /// `+=`, `-=` and `*=` round, so their iterations are told apart.
    pub(crate) fn rounds(&self) -> bool {
        matches!(
            self,
            Self::Sum | Self::Difference | Self::Balance | Self::Product
        )
    }
}

/// How the user's function takes a contribution in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `x = f(x, e)`
    Assigned,
    /// `x = x.f(e)`
    AssignedMethod,
    /// `f(&mut x, e)`
    Lent,
    /// `x.f(e)`
    Method,
}

/// One statement that changes a variable, and needs nothing else of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    By(By),
    /// `/=`, `%=`, `<<=`, `>>=`
    Operator(String),
}

/// Why steps are no reduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreduced {
    /// Contributions can't be combined by this operator.
    Operator(String),
    /// Steps of two kinds, which don't go together.
    Mixed {
        first: String,
        this: String,
    },
    /// Changed by an operator, and read as well.
    Counter(String),
    /// `x = f(x, e)` and the like, with the `f` that `reduce` can name.
    Foldable {
        how: String,
        function: String,
    },
    /// Not the statement that `reduce(x: +)` says.
    Other(String),
    /// `if e > x { x = e; arg = i; }`
    Choice,
    /// `x = e + x`
    Reversed {
        written: String,
        instead: String,
    },
    InMacro(String),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operator(operator) => operator,
            Self::By(by) => match by {
                By::Sum => "+=",
                By::Difference => "-=",
                By::Balance => "+= and -=",
                By::Product => "*=",
                By::BitAnd => "&=",
                By::BitOr => "|=",
                By::BitXor => "^=",
                By::Maximum | By::NamedMaximum(_) => "max",
                By::Minimum | By::NamedMinimum(_) => "min",
                By::Greatest => "if value > x",
                By::GreatestLast => "if value >= x",
                By::Least => "if value < x",
                By::LeastLast => "if value <= x",
                By::Last => "=",
                By::Folded { function, .. } => function,
            },
        })
    }
}
