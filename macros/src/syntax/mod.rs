//! The user's code, piece by piece: expressions, patterns, macro calls, attributes. The analysis judges it,
//! and `expand` finds it again.
//!
//! Invariant: nothing in here knows the code around the piece.

pub(crate) mod arithmetic;
pub(crate) mod code;
pub(crate) mod comparisons;
pub(crate) mod contributions;
pub(crate) mod declarations;
pub(crate) mod ends;
pub(crate) mod exits;
pub(crate) mod formats;
pub(crate) mod initial_values;
pub(crate) mod iterating;
pub(crate) mod iterations;
pub(crate) mod listed;
pub(crate) mod macros;
pub(crate) mod marks;
pub(crate) mod methods;
pub(crate) mod nest;
pub(crate) mod nodes;
pub(crate) mod patterns;
pub(crate) mod places;
pub(crate) mod prints;
pub(crate) mod pushes;
pub(crate) mod replay;
pub(crate) mod shown;
pub(crate) mod skips;
pub(crate) mod sorting;
pub(crate) mod sources;
pub(crate) mod spelling;
pub(crate) mod splits;
pub(crate) mod steps;
pub(crate) mod sums;
pub(crate) mod tags;
pub(crate) mod together;
pub(crate) mod unconditional;
pub(crate) mod ungrouped;
mod uses;
pub(crate) mod whiles;
