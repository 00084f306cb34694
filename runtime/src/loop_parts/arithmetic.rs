//! Whether a loop that looks like arithmetic is: all its variables hold numbers of the language, or lists of them, so
//! that nobody but the standard library says what its operators do.
//!
//! Invariant: where it is, no code of the user's runs in an iteration.

use std::marker::PhantomData;

use crate::base::raw::{holds_numbers, holds_rows, is_float};

/// A question to the types of a loop's variables, not yet asked: only where there are several ranks, somebody wants to
/// know.
#[derive(Clone, Copy, Debug)]
pub struct Arithmetic(fn() -> bool);

impl Arithmetic {
    /// Whether an iteration does nothing but what it leaves in the outputs.
    pub(crate) fn holds(self) -> bool {
        let Self(holds) = self;
        holds()
    }
}

/// The question whether all these variables hold numbers.
#[must_use]
pub fn arithmetic<V: Variables>(_variables: V) -> Arithmetic {
    Arithmetic(V::hold_numbers)
}

/// Variables by their types: pairs of a [`Variable`], a [`Table`] or a [`Float`], and further ones.
pub trait Variables {
    /// Whether all of them hold numbers.
    fn hold_numbers() -> bool;
}

impl Variables for () {
    fn hold_numbers() -> bool {
        true
    }
}

impl<T: ?Sized, V: Variables> Variables for (Variable<T>, V) {
    fn hold_numbers() -> bool {
        holds_numbers::<T>() && V::hold_numbers()
    }
}

impl<T: ?Sized, V: Variables> Variables for (Float<T>, V) {
    fn hold_numbers() -> bool {
        is_float::<T>() && V::hold_numbers()
    }
}

impl<T: ?Sized, V: Variables> Variables for (Table<T>, V) {
    fn hold_numbers() -> bool {
        holds_rows::<T>() && V::hold_numbers()
    }
}

/// Stands for the type of a variable whose rows are asked for their lengths: of a number, `len` would be a method of the
/// user's.
#[derive(Debug)]
pub struct Table<T: ?Sized>(PhantomData<fn(&T)>);

/// That of this one.
pub fn table<T: ?Sized>(_variable: &T) -> Table<T> {
    Table(PhantomData)
}

/// Stands for the type of a variable that is added up: where it is a float, what is added travels as one by one, so that it
/// takes longer than to add it. Others are combined.
#[derive(Debug)]
pub struct Float<T: ?Sized>(PhantomData<fn(&T)>);

/// That of this one.
pub fn float<T: ?Sized>(_variable: &T) -> Float<T> {
    Float(PhantomData)
}

/// Stands for the type of a variable.
#[derive(Debug)]
pub struct Variable<T: ?Sized>(PhantomData<fn(&T)>);

/// That of this one.
pub fn variable<T: ?Sized>(_variable: &T) -> Variable<T> {
    Variable(PhantomData)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_variable_decides_for_all() {
        let (number, text) = (1, "text");
        let both = (variable(&number), (variable(text), ()));
        assert!(!arithmetic(both).holds());
        assert!(arithmetic((variable(&number), (variable(&number), ()))).holds());
        assert!(arithmetic(()).holds());
        let (mut sum, mut count) = (0.5, 1);
        assert!(arithmetic((float(&&mut sum), (variable(&number), ()))).holds());
        assert!(!arithmetic((float(&&mut count), ())).holds());
        let rows = vec![vec![1]];
        assert!(
            arithmetic((table(&rows), ())).holds() && !arithmetic((table(&rows[0]), ())).holds()
        );
    }
}
