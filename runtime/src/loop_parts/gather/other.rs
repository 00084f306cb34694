//! Collections of types that the macro can't see. Those of the standard library are filled by parts; of all others the
//! own method is called, where the parts are absorbed.
//!
//! Invariant: the calls come in the order of the items, each once, with the values that the iterations made for them.

use super::Keyed;
use super::fill::Opens;
use super::lent::{Collection, Lent, MayBeLeft, PushedOnce};
use super::reduce::{Arguments, Folded, folded};
use crate::base::fallible::Typed;

/// It is a collection of the standard library, and the call is not needed.
pub trait IsCollection<C: ?Sized, Found: ?Sized, Part, Element>: Sized
where
    C: Collection<Found, Part, Element>,
{
    /// Lends it as one that the loop appends to.
    fn appended<A>(
        self,
        output: &mut C,
        _call: impl Fn(&mut C, A),
    ) -> Lent<&mut Found, Part, Element> {
        super::collection(output)
    }

    /// As one that the loop extends; of what, is known of a collection of the standard library no sooner than from the body.
    fn extended(
        self,
        output: &mut C,
        _call: impl Fn(&mut C, (Vec<Element>,)),
    ) -> Lent<&mut Found, Part, Element> {
        super::collection(output)
    }

    /// As one that the loop inserts into.
    fn keyed<A>(self, output: &mut C, _call: impl Fn(&mut C, A)) -> Lent<&mut Found, Part, Element>
    where
        Found: Keyed,
    {
        super::keyed(super::collection(output))
    }

    /// As one that every iteration pushes to once.
    fn pushed_once<'a, A>(
        self,
        output: &'a mut C,
        _call: impl Fn(&mut C, A),
    ) -> Lent<Found::By, Found::Part, Element>
    where
        Found: PushedOnce<'a> + 'a,
    {
        super::pushed_once(super::collection(output))
    }

    /// As one that every iteration pushes to once, or leaves the loop.
    fn pushed_once_unless_left<'a, A>(
        self,
        output: &'a mut C,
        _call: impl Fn(&mut C, A),
    ) -> Lent<Found::By, Found::Part, Element>
    where
        Found: PushedOnce<'a> + 'a,
    {
        super::pushed_once_unless_left(super::collection(output))
    }
}

// A method of a reference is found before one of what it refers to.
impl<C, Found, Part, Element> IsCollection<C, Found, Part, Element> for &Typed<C>
where
    C: Collection<Found, Part, Element>,
    Found: ?Sized,
{
}

/// What fills a collection of another type.
type Calls<'a, C, A, E, F> = Lent<Folded<'a, C, A, F>, Arguments<A>, E>;

/// It is of another type, and filled by the call.
pub trait IsOtherType<C>: Sized {
    /// Lends it as one that the loop appends to.
    fn appended<A: Given<E>, E, F: Fn(&mut C, A)>(
        self,
        output: &mut C,
        call: F,
    ) -> Calls<'_, C, A, E, F> {
        Lent::new(folded(output, call))
    }

    /// As one that the loop extends.
    fn extended<A: Given<E>, E, F: Fn(&mut C, A)>(
        self,
        output: &mut C,
        call: F,
    ) -> Calls<'_, C, A, E, F> {
        self.appended(output, call)
    }

    /// As one that the loop inserts into.
    fn keyed<A: Given<E>, E, F: Fn(&mut C, A)>(
        self,
        output: &mut C,
        call: F,
    ) -> Calls<'_, C, A, E, F> {
        self.appended(output, call)
    }

    /// As one that every iteration pushes to once.
    fn pushed_once<A: Given<E>, E, F: Fn(&mut C, A)>(
        self,
        output: &mut C,
        call: F,
    ) -> Calls<'_, C, A, E, F> {
        self.appended(output, call)
    }

    /// As one that every iteration pushes to once, or leaves the loop.
    fn pushed_once_unless_left<A: Given<E>, E, F: Fn(&mut C, A)>(
        self,
        output: &mut C,
        call: F,
    ) -> Calls<'_, C, A, E, F> {
        self.appended(output, call)
    }
}

impl<C> IsOtherType<C> for Typed<C> {}

impl<C, A, F> MayBeLeft for Folded<'_, C, A, F> {}

/// What a call leaves behind where it is not dropped: nothing, since the body goes on without it.
#[diagnostic::on_unimplemented(
    message = "the value of a call that fills this output is used, a `{Self}`",
    label = "the call is made in the order of the items, where the outputs are",
    note = "make the call a statement of its own, which drops the value: `x.push(e);`"
)]
pub trait Unused {}

impl Unused for () {}

/// Makes sure of it.
pub fn unused<R: Unused>(_: R) {}

/// What a call is given: one value, or several as a tuple.
pub trait Given<Element> {}

/// The calls by their names, of so many arguments.
macro_rules! calls {
    ($([$($name:ident $argument:ident),+] $element:ty;)+) => {$(
        impl<$($argument),+> Given<$element> for ($($argument,)+) {}

        impl<$($argument),+> Arguments<($($argument,)+)> {
            /// A call of the method of this name.
            #[inline]
            pub fn push(&mut self, $($name: $argument),+) {
                self.put(($($name,)+));
            }

            /// A call of the method of this name.
            #[inline]
            pub fn push_back(&mut self, $($name: $argument),+) {
                self.put(($($name,)+));
            }

            /// A call of the method of this name.
            #[inline]
            pub fn extend(&mut self, $($name: $argument),+) {
                self.put(($($name,)+));
            }

            /// A call of the method of this name.
            #[inline]
            pub fn insert(&mut self, $($name: $argument),+) {
                self.put(($($name,)+));
            }
        }
    )+};
}

calls! {
    [a A] A;
    [a A, b B] (A, B);
    [a A, b B, c C] (A, B, C);
    [a A, b B, c C, d D] (A, B, C, D);
}

impl<A> Opens for Arguments<A> {
    type Opened<'part>
        = &'part mut Self
    where
        Self: 'part;

    #[inline]
    fn open(&mut self, _: usize) -> &mut Self {
        self
    }
}
