//! Arrays whose elements are the items of a loop. `for x in &mut xs` may also be meant for an iterator,
//! which is refused here, once: whatever the expansion does with the array is asked of a type that
//! stays unknown then.

use std::marker::PhantomData;

use super::deferred::Deferred;
use super::updates::{Indexed, Updates, windows};
use super::windows::Windows;
use crate::base::type_level::{Never, No};

/// Arrays whose elements are the items of a loop that changes them; `Same` is the array itself, and
/// unknown where it is none, so that nothing after this is asked of it (see `type_level`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an array whose elements a parallel loop can change",
    label = "what the loop takes from it would be missing after the loop, on this rank only",
    note = "if it is an iterator, give the loop the iterator itself, without `&mut`; or collect what the loop needs before it, `let items: Vec<_> = iterator.by_ref().take(n).collect();`, and iterate over `items`",
    note = "a loop can change the elements of a `Vec`, an array, a slice or a `VecDeque`; those of another type, through an iterator of their own, `map.values_mut()`, or the slice that it holds: `let elements = grid.as_mut_slice();`"
)]
pub trait Array<K, Same: ?Sized> {}

#[diagnostic::do_not_recommend]
impl<C: Indexed<K> + ?Sized, K> Array<K, C> for C {}

#[diagnostic::do_not_recommend]
impl<C: Never + ?Sized> Array<No, No> for C {}

/// The type of an array, once it is known to be one.
#[derive(Debug)]
pub struct Known<K, Same: ?Sized>(PhantomData<fn(&Same) -> K>);

impl<K, Same: ?Sized> Clone for Known<K, Same> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, Same: ?Sized> Copy for Known<K, Same> {}

/// Asks whether this is an array.
#[must_use]
pub fn array<C: Array<K, Same> + ?Sized, K, Same: ?Sized>(_: &C) -> Known<K, Same> {
    Known(PhantomData)
}

#[expect(
    clippy::unused_self,
    reason = "the value stands for the type that is known"
)]
impl<K, Same: ?Sized> Known<K, Same> {
    /// The array by this type; the other argument is the literal `0`.
    pub fn of<C: Deferred<Literal, Same> + ?Sized, Literal>(self, array: &C, _: Literal) -> &Same {
        array.value_ref()
    }

    /// The same, to be changed.
    pub fn of_mut<C, Literal>(self, array: &mut C, _: Literal) -> &mut Same
    where
        C: Deferred<Literal, Same> + ?Sized,
    {
        array.value()
    }

    /// Collects what the loop makes of this array's elements.
    #[must_use]
    pub fn updates(self) -> Updates<Same::Element>
    where
        Same: Indexed<K>,
    {
        Updates::new()
    }

    /// The same in windows.
    pub fn windows<'a, C, Literal>(
        self,
        array: &'a mut C,
        literal: Literal,
    ) -> Windows<'a, Same::Element>
    where
        C: Deferred<Literal, Same> + ?Sized,
        Same: Indexed<K> + 'a,
    {
        windows(self.of_mut(array, literal), 0)
    }

    /// What the body is given to change.
    pub fn lent<'a, T, Item>(self, element: &'a mut T) -> Item
    where
        Same: Lends<'a, T, Item>,
    {
        Same::lent(element)
    }
}

/// Not known of a type that is not known, and with it the item.
pub trait Lends<'a, T, Item> {
    /// The element itself.
    fn lent(element: &'a mut T) -> Item;
}

impl<'a, T, C: ?Sized> Lends<'a, T, &'a mut T> for C {
    fn lent(element: &'a mut T) -> &'a mut T {
        element
    }
}
