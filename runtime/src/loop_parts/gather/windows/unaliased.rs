//! Elements as arguments: only of these does the compiler know that nothing else leads to them, and so it keeps what
//! they consist of in registers while an iteration loops over it.

/// An iteration has come to its end. A type of its own, so that a `return` hidden in a macro of the body is not
/// taken for it.
#[derive(Debug)]
pub struct Iterated(());

/// What the body of an iteration ends with.
#[inline]
#[must_use]
pub fn iterated() -> Iterated {
    Iterated(())
}

/// Runs an iteration that works on an element.
#[inline]
pub fn unaliased<T>(element: &mut T, iteration: impl FnOnce(&mut T) -> Iterated) {
    let Iterated(()) = iteration(element);
}
