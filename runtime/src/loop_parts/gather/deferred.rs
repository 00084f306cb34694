//! Bounds that are checked at the end of type checking.
//!
//! An error of the compiler forgets its question: where the same bound is met again later, in
//! another call that the value goes through, it is an error again. A question that is still open is
//! only asked once. So the type that is asked about stays unknown for as long as the type of a
//! literal `0` in the expansion is, which becomes an `i32` in the end.

/// `Same` is the type itself, once `Literal` is `i32`.
pub trait Deferred<Literal, Same: ?Sized> {
    /// The value itself.
    fn value(&mut self) -> &mut Same;

    /// The same, to be read.
    fn value_ref(&self) -> &Same;

    /// The same, given away.
    fn into_value(self) -> Same
    where
        Self: Sized,
        Same: Sized;
}

impl<T: ?Sized> Deferred<i32, T> for T {
    fn value(&mut self) -> &mut T {
        self
    }

    fn value_ref(&self) -> &T {
        self
    }

    fn into_value(self) -> T
    where
        T: Sized,
    {
        self
    }
}

// Two more literals that it might be.
macro_rules! never {
    ($($literal:ty)+) => {$(
        impl<T: ?Sized, Same: ?Sized> Deferred<$literal, Same> for T {
            fn value(&mut self) -> &mut Same {
                unreachable!("the literal is an `i32`")
            }

            fn value_ref(&self) -> &Same {
                unreachable!("the literal is an `i32`")
            }

            fn into_value(self) -> Same
            where
                Self: Sized,
                Same: Sized,
            {
                unreachable!("the literal is an `i32`")
            }
        }
    )+};
}

never!(i8 i16);
