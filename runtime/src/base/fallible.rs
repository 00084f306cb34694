//! What `?` needs inside the closure of a chunk: a return type that it fits, whatever the function
//! returns.
//!
//! Invariant: no value of the function's own is made here. The iteration that leaves the loop runs
//! again in the function itself, where `?` and `return` mean what they say.

use crate::base::panicking;
use std::marker::PhantomData;
use std::ops::ControlFlow;

/// The return types that `?` can leave a function with.
#[diagnostic::on_unimplemented(
    message = "`?` in this loop leaves a function that returns `{Self}`",
    label = "this type has no value for a failure",
    note = "let the function return a `Result` or an `Option`"
)]
pub trait Fallible {
    /// The same kind of type without a value.
    type Unit: Outcome;

    /// The loop came to its end.
    fn completed() -> Self::Unit;
}

/// How something ended that `?` may have left.
pub trait Outcome {
    /// Whether `?` leaves with it.
    fn is_failure(&self) -> bool;
}

impl<E> Outcome for Result<(), E> {
    fn is_failure(&self) -> bool {
        self.is_err()
    }
}

impl Outcome for Option<()> {
    fn is_failure(&self) -> bool {
        self.is_none()
    }
}

impl<B> Outcome for ControlFlow<B, ()> {
    fn is_failure(&self) -> bool {
        self.is_break()
    }
}

impl<T, E> Fallible for Result<T, E> {
    type Unit = Result<(), E>;

    fn completed() -> Self::Unit {
        Ok(())
    }
}

impl<T> Fallible for Option<T> {
    type Unit = Option<()>;

    fn completed() -> Self::Unit {
        Some(())
    }
}

impl<B, C> Fallible for ControlFlow<B, C> {
    type Unit = ControlFlow<B, ()>;

    fn completed() -> Self::Unit {
        ControlFlow::Continue(())
    }
}

/// Runs the loop over a chunk. How it was left is told by the chunk, not by the value.
pub fn attempt<R>(run: impl FnOnce() -> R) {
    drop(run());
}

/// The same of a loop that a statement may leave which runs elsewhere, before what panics here: an iteration that does
/// leaves the chunk, to panic in the function itself where nothing before it has left the loop.
pub fn attempt_all<R>(run: impl FnOnce() -> R) {
    if let Ok(ended) = panicking::catch(run) {
        drop(ended);
    }
}

/// The type of a variable without the variable.
#[derive(Debug)]
pub struct Typed<T>(PhantomData<fn() -> T>);

/// The type of a captured variable, for the value of a `return` that is never computed in the
/// closure of a chunk: it keeps its type there, so that the body keeps the types that follow from
/// it.
pub fn typed<T>(_variable: &T) -> Typed<T> {
    Typed(PhantomData)
}

/// The same for a variable that may be lent or moved where its type is noted: code that nothing
/// gets to says `like`, and only the types in it are checked.
#[must_use]
pub fn typed_like<T>() -> Typed<T> {
    Typed(PhantomData)
}

impl<T> Clone for Typed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Typed<T> {}

impl<T> Typed<T> {
    /// Says of which type.
    #[expect(clippy::unused_self, reason = "the receiver is told the type")]
    pub fn like(self, _variable: &T) {}

    /// Stands for the variable in code that is compiled and never run.
    ///
    /// # Panics
    /// Always.
    #[expect(clippy::unused_self, reason = "the receiver tells the type")]
    pub fn value(self) -> T {
        unreachable!("the value of a `return` is computed in the function itself")
    }
}
