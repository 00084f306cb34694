//! What one of several statements is given, which run in the order of the items.

use serde::{Deserialize, Serialize};

/// The values for one of two statements; where there are more, `Other` is one of several again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Either<A, B> {
    /// For the first one.
    This(A),
    /// For one of the others.
    Other(B),
}
