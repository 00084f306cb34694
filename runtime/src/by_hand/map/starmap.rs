//! The map over tuples, for functions of several arguments.

use super::{all, words};
use crate::base::wire::Transport;

/// Calls `f(a, b, …)` for every tuple, on all threads of all ranks; every rank gets all results, in
/// the order of the items (`multiprocessing.Pool.starmap`). Otherwise as [`map`](crate::map).
///
/// # Panics
/// As [`map`](crate::map).
///
/// ```
/// let powers = parallel_for::starmap([(2, 5), (3, 2), (10, 3)], u64::pow);
/// assert_eq!(powers, [32, 9, 1000]);
///
/// let names = ["a", "b"];
/// let lines = parallel_for::starmap(names.iter().zip(1..), |name, n| name.repeat(n));
/// assert_eq!(lines, ["a", "bb"]);
/// ```
#[track_caller]
#[doc(alias = "pool.starmap")]
pub fn starmap<I, R, F>(items: I, f: F) -> Vec<R>
where
    I: IntoIterator<IntoIter: Send, Item: Arguments<F, R>>,
    R: Transport,
    F: Sync,
{
    all(words::STARMAP, items.into_iter(), |arguments| {
        arguments.give(&f)
    })
}

/// A tuple of one to eight arguments that `F` can be called with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of the arguments of this function",
    label = "each item must be a tuple with one value for each argument, of one to eight"
)]
pub trait Arguments<F, R>: sealed::Tuple {
    /// Calls the function with them.
    #[doc(hidden)]
    fn give(self, f: &F) -> R;
}

mod sealed {
    pub trait Tuple {}
}

macro_rules! arguments {
    ($(($($argument:ident)+))+) => {$(
        impl<$($argument),+> sealed::Tuple for ($($argument,)+) {}

        #[expect(non_snake_case, reason = "one name serves as the type's and the value's")]
        impl<$($argument,)+ F: Fn($($argument),+) -> R, R> Arguments<F, R> for ($($argument,)+) {
            fn give(self, f: &F) -> R {
                let ($($argument,)+) = self;
                f($($argument),+)
            }
        }
    )+};
}

arguments! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) (A B C D E G H) (A B C D E G H K) }
