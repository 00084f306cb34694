//! The means of a type as a value, where the type itself is no longer asked.

use super::{Compare, Findings};

/// What one copy, or several, show of a value.
type Settle<P> = fn(&P, &[&P]) -> Findings;

/// The way to compare values of type `P`, once it is known.
#[derive(Debug)]
pub struct Check<P> {
    /// Whether the type has means of its own, or there is nothing to be compared.
    pub(crate) known: bool,
    pub(crate) compare: fn(&P, &P) -> Findings,
    pub(crate) settle: Settle<P>,
}

impl<P> Clone for Check<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Check<P> {}

impl<P> Check<P> {
    /// By these means.
    pub(crate) fn by<C: Compare<P>>() -> Self {
        Self {
            known: C::KNOWN,
            compare: C::compare,
            settle: C::settle,
        }
    }

    /// Nothing is known of the type.
    pub(crate) fn unknown() -> Self {
        Self {
            known: false,
            compare: |_, _| Findings {
                unknown: true,
                ..Findings::default()
            },
            settle: |_, _| Findings::default(),
        }
    }
}
