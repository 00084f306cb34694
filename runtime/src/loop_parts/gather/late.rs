//! Questions that are put off until the end of type checking.
//!
//! An error of the compiler forgets its question: where the same bound is met again later, in
//! another call that the value goes through, it is an error again. A question that is still open is
//! only asked once. So the type that is asked about stays unknown for as long as the type of a
//! literal `0` in the expansion is, which becomes an `i32` in the end.

/// `Same` is the type itself, once `Literal` is `i32`.
pub trait Late<Literal, Same: ?Sized> {
    /// The value itself.
    fn late(&mut self) -> &mut Same;

    /// The same, to be read.
    fn late_ref(&self) -> &Same;
}

impl<T: ?Sized> Late<i32, T> for T {
    fn late(&mut self) -> &mut T {
        self
    }

    fn late_ref(&self) -> &T {
        self
    }
}

// Two more literals that it might be.
macro_rules! never {
    ($($literal:ty)+) => {$(
        impl<T: ?Sized, Same: ?Sized> Late<$literal, Same> for T {
            fn late(&mut self) -> &mut Same {
                unreachable!("the literal is an `i32`")
            }

            fn late_ref(&self) -> &Same {
                unreachable!("the literal is an `i32`")
            }
        }
    )+};
}

never!(i8 i16);
