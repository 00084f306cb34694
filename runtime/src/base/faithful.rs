//! Whether serde gives back the very value that it was given, told by the type's own means: `==`
//! and `Debug`, where it has them.
//!
//! A second encoding can't tell: `#[serde(with = ..)]` that rounds writes the copy as it wrote the
//! original, and a skipped field is written by neither. Invariant: what is called the same is equal
//! and prints the same, up to the order of what has none.
//!
//! Which means a type has is asked as in `gather::owned`, by the type of a literal `0` of the
//! expansion: for a type without the trait only the impl for `u8` fits and makes it `u8`; for one
//! with it both do, so that the literal becomes an `i32` in the end. Unlike a choice among methods
//! this one waits until the type is known: it may follow from code behind the loop.

mod check;
mod names;
mod outline;

use std::any::type_name;
use std::fmt::Debug;
use std::marker::PhantomData;

pub(crate) use check::Check;
pub(crate) use names::element_name;
use outline::{Order, Outline};

/// What comparing a value to its copy has shown.
#[derive(Debug, Default)]
pub struct Findings {
    /// They differ.
    pub(crate) lost: Option<Lost>,
    /// They differ in an order that may be random: [`Check::settle`] tells by more copies.
    pub(crate) unsure: bool,
    /// The type has no means that could tell.
    pub(crate) unknown: bool,
}

/// A value that did not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lost {
    /// The name of the values' type.
    pub(crate) name: String,
    /// How the value and its copy print, where they first differ.
    pub(crate) texts: Option<(String, String)>,
}

impl Lost {
    /// Of a type with this name.
    pub(crate) fn of(type_name: &str, texts: Option<(&str, &str)>) -> Self {
        Self {
            name: element_name(type_name),
            texts: texts.map(|(original, copy)| outline::difference(original, copy)),
        }
    }
}

/// How to compare values of one type.
#[diagnostic::on_unimplemented(
    message = "the type of what this loop makes is known too late: it follows from number literals alone",
    label = "one of the types of its outputs",
    note = "write the type where the output is declared: `let mut results: Vec<Point> = Vec::new();`",
    note = "or let the type of its elements `#[derive(PartialEq, Debug)]`"
)]
pub trait Compare<P> {
    /// Whether the type has any means at all.
    const KNOWN: bool;

    /// What one copy shows.
    fn compare(original: &P, copy: &P) -> Findings;

    /// What copies of copies show of an order: a set that is built again and again changes its own,
    /// a `Deserialize` that sorts does not. Unsure where no order has changed.
    fn settle(original: &P, copies: &[&P]) -> Findings;
}

/// The means of one output.
#[derive(Debug)]
pub struct Compared<E, D>(PhantomData<(E, D)>);

/// The means of an output's type; the arguments are the literal `0`.
#[must_use]
pub fn compared<E, D>(_: E, _: D) -> Compared<E, D> {
    Compared(PhantomData)
}

/// Whether values are equal, where their type knows.
pub trait Equal<Literal> {
    /// Whether the type has `==`.
    const KNOWN: bool;

    /// `None` where that can't be told: not of a value that differs from itself.
    fn equal(&self, copy: &Self) -> Option<bool>;
}

#[diagnostic::do_not_recommend]
impl<T: PartialEq> Equal<i32> for T {
    const KNOWN: bool = true;

    fn equal(&self, copy: &Self) -> Option<bool> {
        #[expect(clippy::eq_op, reason = "`NaN` differs from itself")]
        let comparable = || self == self;
        if self == copy {
            Some(true)
        } else {
            comparable().then_some(false)
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Equal<u8> for T {
    const KNOWN: bool = false;

    fn equal(&self, _: &Self) -> Option<bool> {
        None
    }
}

/// How values print, where their type can.
pub trait Shown<Literal> {
    /// Whether the type has `Debug`.
    const KNOWN: bool;

    /// The text of `{:?}`.
    fn text(&self) -> Option<String>;
}

#[diagnostic::do_not_recommend]
impl<T: Debug> Shown<i32> for T {
    const KNOWN: bool = true;

    fn text(&self) -> Option<String> {
        Some(format!("{self:?}"))
    }
}

#[diagnostic::do_not_recommend]
impl<T> Shown<u8> for T {
    const KNOWN: bool = false;

    fn text(&self) -> Option<String> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<P: Equal<E> + Shown<D>, E, D> Compare<P> for Compared<E, D> {
    const KNOWN: bool = <P as Equal<E>>::KNOWN || <P as Shown<D>>::KNOWN;

    fn compare(original: &P, copy: &P) -> Findings {
        let equal = original.equal(copy);
        let texts = original.text().zip(copy.text());
        shown(type_name::<P>(), equal, texts.as_ref())
    }

    fn settle(original: &P, copies: &[&P]) -> Findings {
        let text = |value: &P| value.text().unwrap_or_default();
        let mut texts = Vec::with_capacity(copies.len());
        for copy in copies {
            texts.push(text(copy));
        }
        settled(type_name::<P>(), &text(original), &texts)
    }
}

/// What is shown by whether a value of this type and its copy are equal, and by their texts.
fn shown(type_name: &str, equal: Option<bool>, texts: Option<&(String, String)>) -> Findings {
    let fine = Findings::default();
    let lost = || Findings {
        lost: Some(Lost::of(
            type_name,
            texts.map(|(original, copy)| (&**original, &**copy)),
        )),
        ..Findings::default()
    };
    match (equal, texts) {
        (Some(false), _) => lost(),
        (Some(true), None) => fine,
        (None, None) => Findings {
            unknown: true,
            ..fine
        },
        (_, Some((original, copy))) if original == copy => fine,
        (_, Some((original, copy))) => {
            if Outline::of(original).content() != Outline::of(copy).content() {
                return lost();
            }
            Findings {
                unsure: equal.is_none(),
                ..fine
            }
        }
    }
}

/// What the texts of copies of copies show of an order.
fn settled(type_name: &str, original: &str, copies: &[String]) -> Findings {
    let outlines: Vec<Outline> = copies.iter().map(|copy| Outline::of(copy)).collect();
    let outlines: Vec<&Outline> = outlines.iter().collect();
    match Outline::of(original).order(&outlines) {
        Order::Random => Findings::default(),
        Order::Changed => Findings {
            lost: Some(Lost::of(
                type_name,
                copies.first().map(|copy| (original, &**copy)),
            )),
            unsure: true,
            ..Findings::default()
        },
    }
}

impl Findings {
    fn and(self, other: Self) -> Self {
        Self {
            lost: self.lost.or(other.lost),
            unsure: self.unsure || other.unsure,
            unknown: self.unknown || other.unknown,
        }
    }
}

/// A loop that only looks for something fills nothing.
#[diagnostic::do_not_recommend]
impl Compare<()> for () {
    const KNOWN: bool = true;

    fn compare((): &(), (): &()) -> Findings {
        Findings::default()
    }

    fn settle((): &(), _: &[&()]) -> Findings {
        Findings::default()
    }
}

macro_rules! tuples {
    ($(($($means:ident $part:ident $index:tt)+))+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($part, $means: Compare<$part>),+> Compare<($($part,)+)> for ($($means,)+) {
            const KNOWN: bool = $($means::KNOWN)&&+;

            fn compare(original: &($($part,)+), copy: &($($part,)+)) -> Findings {
                Findings::default()$(.and($means::compare(&original.$index, &copy.$index)))+
            }

            fn settle(original: &($($part,)+), copies: &[&($($part,)+)]) -> Findings {
                Findings::default()$(.and({
                    let copies: Vec<&$part> = copies.iter().map(|copy| &copy.$index).collect();
                    $means::settle(&original.$index, &copies)
                }))+
            }
        }
    )+};
}

tuples! {
    (A P 0)
    (A P 0 B Q 1)
    (A P 0 B Q 1 C R 2)
    (A P 0 B Q 1 C R 2 D S 3)
    (A P 0 B Q 1 C R 2 D S 3 E T 4)
    (A P 0 B Q 1 C R 2 D S 3 E T 4 F U 5)
    (A P 0 B Q 1 C R 2 D S 3 E T 4 F U 5 G V 6)
    (A P 0 B Q 1 C R 2 D S 3 E T 4 F U 5 G V 6 H W 7)
}

/// Whether the type, or what it refers to, consists of nothing but what std and serde together are known to
/// carry.
pub(crate) fn is_plain_behind<P: ?Sized>() -> bool {
    let mut name = type_name::<P>();
    while let Some(behind) = name.strip_prefix('&') {
        name = behind.strip_prefix("mut ").unwrap_or(behind);
    }
    names::is_plain_name(name)
}

/// Whether the type consists of nothing but what std and serde together are known to carry.
pub(crate) fn is_plain<P: ?Sized>() -> bool {
    names::is_plain_name(type_name::<P>())
}

#[cfg(test)]
mod tests;
