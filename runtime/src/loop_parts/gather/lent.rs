//! How a loop's outputs are lent to the runtime: the checks by type, each with an error of its own
//! at the place where the loop fills the output.
//!
//! Invariant: whatever passes here is an [`Output`]; what does not is refused here once, and nobody
//! after it has anything to add: the type parameters of what is refused stay unknown.

use std::cell::RefMut;
use std::marker::PhantomData;
use std::sync::{MutexGuard, RwLockWriteGuard};

use super::deferred::Deferred;
use super::owned::Owned;
use super::{Absorb, Keyed, Output};
use crate::base::wire::Transport;

/// A collection that a parallel loop can fill, whatever its elements are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a collection that a parallel loop can fill",
    label = "the ranks' parts of this output can't be merged",
    note = "outputs are `Vec`, `VecDeque`, `String`, `HashMap`, `BTreeMap`, `HashSet`, `BTreeSet` and `BinaryHeap`",
    note = "a collection of another type is filled by its own `push`, `push_back`, `insert` or `extend`, in the order of the items, if the loop calls nothing else of it and doesn't use what the call returns",
    note = "several methods can be called where the function says the type, `let mut x: Table = ..`, or with the option `reduce(x: push, x: extend)`",
    note = "or fill one of these in the loop and build the value from it afterwards"
)]
pub trait Collection<Found: ?Sized, Part, Element> {
    /// The collection itself, behind all references.
    fn found(&mut self) -> &mut Found;
}

/// A collection on its way to the runtime, behind a reference or what it is filled by.
#[derive(Debug)]
pub struct Lent<By, Part, Element>(By, PhantomData<(Part, Element)>);

impl<By, Part, Element> Lent<By, Part, Element> {
    pub(super) fn new(by: By) -> Self {
        Self(by, PhantomData)
    }
}

/// A collection that may be filled otherwise where every iteration pushes to it once.
pub trait PushedOnce<'a> {
    /// What a chunk adds to it then.
    type Part;
    /// What it is filled by then.
    type By: MayBeLeft + 'a;

    /// The collection by that.
    fn pushed_once(&'a mut self) -> Self::By;
}

/// What fills a collection.
pub trait MayBeLeft: Sized {
    /// The same in a loop that an iteration may leave.
    #[must_use]
    fn unless_left(self) -> Self {
        self
    }
}

impl<C: ?Sized> MayBeLeft for &mut C {}

/// Lends an output that the loop appends to.
pub fn collection<C, Found, Part, Element>(output: &mut C) -> Lent<&mut Found, Part, Element>
where
    C: Collection<Found, Part, Element> + ?Sized,
    Found: ?Sized,
{
    Lent(output.found(), PhantomData)
}

/// Lends an output that the loop inserts into.
#[must_use]
pub fn keyed<Found, Part, Element>(
    output: Lent<&mut Found, Part, Element>,
) -> Lent<&mut Found, Part, Element>
where
    Found: Keyed + ?Sized,
{
    output
}

/// Lends an output that every iteration pushes to once.
#[must_use]
pub fn pushed_once<'a, Found, Part, Element>(
    Lent(collection, _): Lent<&'a mut Found, Part, Element>,
) -> Lent<Found::By, Found::Part, Element>
where
    Found: PushedOnce<'a> + ?Sized,
{
    Lent(collection.pushed_once(), PhantomData)
}

/// Lends an output that every iteration pushes to once, or leaves the loop.
#[must_use]
pub fn pushed_once_unless_left<'a, Found, Part, Element>(
    lent: Lent<&'a mut Found, Part, Element>,
) -> Lent<Found::By, Found::Part, Element>
where
    Found: PushedOnce<'a> + ?Sized,
{
    let Lent(by, element) = pushed_once(lent);
    Lent(by.unless_left(), element)
}

/// The collection as an output, if its elements can travel. The other arguments are the literal
/// `0`: see `Deferred` and `Owned`.
#[must_use]
pub fn output<By, Found, Part, Element, Same, Until, Literal, Kind>(
    Lent(by, _): Lent<By, Part, Element>,
    _: Until,
    _: Literal,
) -> impl Output<Part = Part> + use<By, Found, Part, Element, Same, Until, Literal, Kind>
where
    By: Deferred<Until, Found>,
    Element: Owned<Literal, Kind> + Deferred<Until, Same>,
    Same: Transport,
    Found: Output<Part = Part>,
{
    by.into_value()
}

/// The same in a loop on the threads of one process: if its elements can be sent from one to another.
#[expect(
    opaque_hidden_inferred_bound,
    reason = "not to be checked for the parts again, after the elements"
)]
#[must_use]
pub fn kept<By, Found, Part, Element, Until>(
    Lent(by, _): Lent<By, Part, Element>,
    _: Until,
) -> impl Absorb<Part = Part> + use<By, Found, Part, Element, Until>
where
    By: Deferred<Until, Found>,
    Found: Absorb<Part = Part>,
{
    by.into_value()
}

macro_rules! pointers {
    ($($pointer:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<C, Found, Part, Element> Collection<Found, Part, Element> for $pointer
        where
            C: Collection<Found, Part, Element> + ?Sized,
            Found: ?Sized,
        {
            fn found(&mut self) -> &mut Found {
                (**self).found()
            }
        }
    )+};
}

pointers!(
    &mut C,
    Box<C>,
    RefMut<'_, C>,
    MutexGuard<'_, C>,
    RwLockWriteGuard<'_, C>
);
