//! The iterations that loops left out.

use crate::base::thread_context;
use crate::process::skipped::Skipped;
use crate::process::world::World;

/// The iterations that panicked and were left out, by loops with `on_error = skip`, since the last call: loop after loop,
/// in the order of their items.
///
/// The list is that of the thread which reached the loops. Asking makes them the program's own matter. A program that ends without having asked, and ends well, has the exit code 2.
/// (Where the C library is not glibc, it stays 0.) Every rank that ran a loop has the same list of it; of a loop that is `local`, each has its own.
///
/// ```
/// use parallel_for::parallel_for;
///
/// #[parallel_for(on_error = skip)]
/// fn reciprocals(numbers: &[u32]) -> Vec<u32> {
///     let mut results = Vec::new();
///     for x in numbers {
///         results.push(1000 / x);
///     }
///     results
/// }
///
/// assert_eq!(reciprocals(&[1, 0, 4]), [1000, 250]);
/// let skipped = parallel_for::skipped();
/// assert_eq!(skipped[0].index, 1);
/// assert_eq!(skipped[0].message, "attempt to divide by zero");
/// assert!(parallel_for::skipped().is_empty());
/// ```
///
/// In the body of a loop the list is empty.
#[must_use]
pub fn skipped() -> Vec<Skipped> {
    if thread_context::in_body() {
        return Vec::new();
    }
    World::current().take_skipped()
}
