//! The values behind items that a loop changes: `&mut T`, `&mut [T]`, and tuples with such a part.
//!
//! Invariant: storing what was copied from an item leaves all that can be changed through it as it was then.

use std::mem;

/// Items through which iterations change values; `Kind` says how they consist of their parts, so that no two impls are
/// about the same type.
pub trait Changing<Kind> {
    /// The item as an iteration gets it.
    type Lent<'body>
    where
        Self: 'body;

    /// What can be changed through it.
    type Value;

    /// The item of an iteration.
    fn lend(&mut self) -> Self::Lent<'_>;

    /// The values at present.
    fn value(&self) -> Self::Value;

    /// The same in the place of others that are not needed any more.
    fn value_into(&self, spare: &mut Self::Value) {
        *spare = self.value();
    }

    /// Takes on these values.
    fn store(&mut self, value: Self::Value);

    /// Takes on these values, which are not needed any more.
    fn take(&mut self, value: &mut Self::Value);
}

/// One value.
#[derive(Debug)]
pub struct One;

impl<T: Clone> Changing<One> for &mut T {
    type Lent<'body>
        = &'body mut T
    where
        Self: 'body;
    type Value = T;

    #[inline]
    fn lend(&mut self) -> &mut T {
        self
    }

    #[inline]
    fn value(&self) -> T {
        (**self).clone()
    }

    #[inline]
    fn value_into(&self, spare: &mut T) {
        spare.clone_from(self);
    }

    fn store(&mut self, value: T) {
        **self = value;
    }

    fn take(&mut self, value: &mut T) {
        mem::swap(*self, value);
    }
}

/// Several in a row.
#[derive(Debug)]
pub struct Several;

impl<T: Clone> Changing<Several> for &mut [T] {
    type Lent<'body>
        = &'body mut [T]
    where
        Self: 'body;
    type Value = Vec<T>;

    #[inline]
    fn lend(&mut self) -> &mut [T] {
        self
    }

    fn value(&self) -> Vec<T> {
        self.to_vec()
    }

    fn value_into(&self, spare: &mut Vec<T>) {
        (**self).clone_into(spare);
    }

    fn store(&mut self, value: Vec<T>) {
        for (place, value) in self.iter_mut().zip(value) {
            *place = value;
        }
    }

    fn take(&mut self, value: &mut Vec<T>) {
        self.swap_with_slice(value);
    }
}

/// A tuple with one part that changes, behind or before others.
#[derive(Debug)]
pub struct Part<const AT: usize, Kind>(Kind);

macro_rules! parts {
    ($([$($before:ident)*] $at:literal [$($after:ident)*];)+) => {$(
        #[allow(non_snake_case, reason = "one name serves as the type's and the value's")]
        impl<Z: Changing<K>, K, $($before: Clone,)* $($after: Clone),*> Changing<Part<$at, K>>
            for ($($before,)* Z, $($after),*)
        {
            type Lent<'body> = ($($before,)* Z::Lent<'body>, $($after),*) where Self: 'body;
            type Value = Z::Value;

            #[inline]
            fn lend(&mut self) -> Self::Lent<'_> {
                let ($($before,)* item, $($after),*) = self;
                ($($before.clone(),)* item.lend(), $($after.clone()),*)
            }

            #[inline]
            fn value(&self) -> Z::Value {
                let ($($before,)* item, $($after),*) = self;
                $(let _ = $before;)*
                $(let _ = $after;)*
                item.value()
            }

            #[inline]
            fn value_into(&self, spare: &mut Z::Value) {
                let ($($before,)* item, $($after),*) = self;
                $(let _ = $before;)*
                $(let _ = $after;)*
                item.value_into(spare);
            }

            fn store(&mut self, value: Z::Value) {
                let ($($before,)* item, $($after),*) = self;
                $(let _ = $before;)*
                $(let _ = $after;)*
                item.store(value);
            }

            fn take(&mut self, value: &mut Z::Value) {
                let ($($before,)* item, $($after),*) = self;
                $(let _ = $before;)*
                $(let _ = $after;)*
                item.take(value);
            }
        }
    )+};
}

parts! {
    [] 0 [A];
    [A] 1 [];
    [] 0 [A B];
    [A] 1 [B];
    [A B] 2 [];
    [A B C] 3 [];
}

/// Two parts, and both change.
#[derive(Debug)]
pub struct Both<K, J>(K, J);

impl<A: Changing<K>, B: Changing<J>, K, J> Changing<Both<K, J>> for (A, B) {
    type Lent<'body>
        = (A::Lent<'body>, B::Lent<'body>)
    where
        Self: 'body;
    type Value = (A::Value, B::Value);

    #[inline]
    fn lend(&mut self) -> Self::Lent<'_> {
        (self.0.lend(), self.1.lend())
    }

    #[inline]
    fn value(&self) -> Self::Value {
        (self.0.value(), self.1.value())
    }

    #[inline]
    fn value_into(&self, spare: &mut Self::Value) {
        self.0.value_into(&mut spare.0);
        self.1.value_into(&mut spare.1);
    }

    fn store(&mut self, (a, b): Self::Value) {
        self.0.store(a);
        self.1.store(b);
    }

    fn take(&mut self, (a, b): &mut Self::Value) {
        self.0.take(a);
        self.1.take(b);
    }
}
