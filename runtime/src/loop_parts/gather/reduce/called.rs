//! `x = cmp::max(x, e)`, `x = f64::max(x, e)`: by the standard library's function, or by another of the
//! same name. Functions have types of their own, so the compiler knows. Of methods, `x = x.max(e)`, it
//! is to make sure that they are those of the type.
//!
//! Invariant: what is not the standard library's function is called as it is, once for each
//! contribution, in their order. What is not its method is refused.

use std::marker::PhantomData;

use super::extremes::{Maximum, Minimum, maximum, minimum};
use super::folded::{Folded, folded};
use super::{Operator, Reduce};
use crate::base::fallible::Typed;

/// A function `F` that a loop reduces a `T` by, next to the one that it may be, `G`.
#[derive(Debug)]
pub struct Called<T, E, F, G> {
    function: F,
    known: PhantomData<G>,
    types: PhantomData<fn(T, E)>,
}

/// See the module; the target says what is reduced. The known function is one of a type `B`, which
/// is the target's where the functions are the same; elsewhere nothing says which, so that the
/// compiler takes that of `never`, which everything is known of.
pub fn called<T, E, B, F, G>(
    _target: &T,
    function: F,
    _known: G,
    _never: impl Fn() -> B,
) -> Called<T, E, F, G>
where
    F: Fn(T, E) -> T,
    G: Fn(B, B) -> B,
{
    Called {
        function,
        known: PhantomData,
        types: PhantomData,
    }
}

/// Has no value, and any type.
pub fn never() -> ! {
    unreachable!("nobody calls it")
}

impl<T, E, F: Copy, G> Clone for Called<T, E, F, G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E, F: Copy, G> Copy for Called<T, E, F, G> {}

/// The function is the one that is known.
pub trait IsKnown<T>: Sized {
    /// `x = max(x, e)`
    fn lend_maximum<K>(self, target: &mut T) -> Reduce<'_, T, T, Maximum<K>>
    where
        Maximum<K>: Operator<T, Target = T>,
    {
        maximum(target)
    }

    /// `x = min(x, e)`
    fn lend_minimum<K>(self, target: &mut T) -> Reduce<'_, T, T, Minimum<K>>
    where
        Minimum<K>: Operator<T, Target = T>,
    {
        minimum(target)
    }
}

// A method of a reference is found before one of what it refers to.
impl<T, F> IsKnown<T> for &Called<T, T, F, F> {}

/// It is another one.
pub trait IsOther<T: Default, E>: Sized {
    /// What is called.
    type Function: Fn(T, E) -> T;

    /// The function.
    fn function(self) -> Self::Function;

    /// `x = max(x, e)`
    fn lend_maximum(self, target: &mut T) -> Folded<'_, T, E, impl Fn(&mut T, E)> {
        let function = self.function();
        folded(target, move |x: &mut T, e| {
            *x = function(std::mem::take(x), e);
        })
    }

    /// `x = min(x, e)`
    fn lend_minimum(self, target: &mut T) -> Folded<'_, T, E, impl Fn(&mut T, E)> {
        self.lend_maximum(target)
    }
}

impl<T: Default, E, F: Fn(T, E) -> T, G> IsOther<T, E> for Called<T, E, F, G> {
    type Function = F;

    fn function(self) -> F {
        self.function
    }
}

/// What only refers to something.
#[derive(Debug)]
pub struct Pointers;

/// `x.max(e)` calls the method of `*x`, and no code of the user's runs on the way there.
//
// Not a trait of `T`: of `&mut T` it is true, and the compiler would advise to make one.
#[diagnostic::on_unimplemented(
    message = "a parallel loop can't reduce `*x` where `x` is of type `{T}`",
    label = "what its `Deref` does for each iteration, and methods of its own, are out of sight",
    note = "reduce what it refers to: `let total = &mut *x;` before the loop, and `*total` in it"
)]
pub trait OnlyRefers<T: ?Sized> {}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> OnlyRefers<&mut T> for Pointers {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> OnlyRefers<Box<T>> for Pointers {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> OnlyRefers<std::cell::RefMut<'_, T>> for Pointers {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> OnlyRefers<std::sync::MutexGuard<'_, T>> for Pointers {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> OnlyRefers<std::sync::RwLockWriteGuard<'_, T>> for Pointers {}

/// Makes sure of it.
pub fn own_method<T>(_variable: Typed<T>)
where
    Pointers: OnlyRefers<T>,
{
}

/// The methods of floats, also where it is not known yet which float it is: there a method of any
/// trait in scope would be taken, and then the compiler finds two of them.
pub trait FloatMethod: Sized {
    /// As of floats.
    #[must_use]
    fn max(self, _other: Self) -> Self {
        self
    }

    /// As of floats.
    #[must_use]
    fn min(self, _other: Self) -> Self {
        self
    }
}

impl FloatMethod for f32 {}
impl FloatMethod for f64 {}

/// Likewise for methods that borrow.
pub trait FloatMethodByReference: Sized + Copy {
    /// As of floats.
    #[must_use]
    fn max(&self, _other: Self) -> Self {
        *self
    }

    /// As of floats.
    #[must_use]
    fn min(&self, _other: Self) -> Self {
        *self
    }
}

impl FloatMethodByReference for f32 {}
impl FloatMethodByReference for f64 {}

/// Makes sure that `x.max(e)` means the method of the number; nothing of it runs.
#[macro_export]
#[doc(hidden)]
macro_rules! __std_method {
    ($variable:expr, $method:ident) => {{
        let typed = $crate::__private::typed(&$variable);
        let _ = || {
            #[allow(unused_imports, reason = "what numbers have themselves goes first")]
            use $crate::__private::FloatMethod as _;
            typed.value().$method(typed.value())
        };
        let _ = || {
            #[allow(unused_imports, reason = "as above")]
            use $crate::__private::FloatMethodByReference as _;
            typed.value().$method(typed.value())
        };
    }};
}
