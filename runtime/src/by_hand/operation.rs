//! The operations of reductions as functions, to be passed to
//! [`Communicator::reduce`](crate::Communicator::reduce) and its kin.
//!
//! Any function of two values will do, `|a, b| a + b`, `f64::max`, one of your own; these have the
//! names that MPI uses.
//!
//! ```
//! use parallel_for::operation;
//!
//! # fn main() -> Result<(), parallel_for::Error> {
//! let world = parallel_for::world();
//! assert_eq!(world.all_reduce(3, operation::sum)?, 3 * world.size());
//! assert_eq!(world.all_reduce((1.5, "b".to_owned()), operation::max)?.0, 1.5);
//! # Ok(())
//! # }
//! ```

use std::ops::{Add, BitAnd, BitOr, BitXor, Mul};

/// `a + b`
#[doc(alias = "MPI_SUM")]
pub fn sum<T: Add<Output = T>>(a: T, b: T) -> T {
    a + b
}

/// `a * b`
#[doc(alias = "MPI_PROD")]
pub fn product<T: Mul<Output = T>>(a: T, b: T) -> T {
    a * b
}

/// The smaller one; the first where both are equal or can't be compared (NaN).
#[doc(alias = "MPI_MIN")]
#[doc(alias = "MPI_MINLOC")]
pub fn min<T: PartialOrd>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

/// The greater one; the first where both are equal or can't be compared (NaN). With pairs
/// `(value, rank)` it tells where the greatest value is.
#[doc(alias = "MPI_MAX")]
#[doc(alias = "MPI_MAXLOC")]
pub fn max<T: PartialOrd>(a: T, b: T) -> T {
    if b > a { b } else { a }
}

/// `a & b`, which for `bool` is "all".
#[doc(alias = "MPI_BAND")]
#[doc(alias = "MPI_LAND")]
pub fn bit_and<T: BitAnd<Output = T>>(a: T, b: T) -> T {
    a & b
}

/// `a | b`, which for `bool` is "any".
#[doc(alias = "MPI_BOR")]
#[doc(alias = "MPI_LOR")]
pub fn bit_or<T: BitOr<Output = T>>(a: T, b: T) -> T {
    a | b
}

/// `a ^ b`
#[doc(alias = "MPI_BXOR")]
#[doc(alias = "MPI_LXOR")]
pub fn bit_xor<T: BitXor<Output = T>>(a: T, b: T) -> T {
    a ^ b
}
