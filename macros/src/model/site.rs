//! Statements that change variables, and can be run elsewhere, in the order of the items.

use super::place::Place;

/// One of them: `counts[k] += 1`, `image.put_pixel(x, y, colour);`, `if e < best { best = e; at = i; }`
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    /// The variables that it changes, each once.
    pub(crate) targets: Vec<Place>,
    /// Those of which it changes more than elements.
    pub(crate) whole: Vec<Place>,
    /// The methods that it calls to change one, or a part of one.
    pub(crate) calls: Vec<SiteCall>,
    /// It may leave the loop by a `?` of what it does there.
    pub(crate) leaves: bool,
    /// All that it does is a step of one variable.
    pub(crate) step: Option<StepForm>,
}

/// How a step is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepForm {
    /// `x += e`
    Operator,
    /// `x = x + e`
    Assigned,
}

/// `image.put_pixel(..)`, or, of a part, `rows[i].push(..)`
#[derive(Clone, Debug)]
pub(crate) struct SiteCall {
    pub(crate) target: Place,
    pub(crate) method: String,
    pub(crate) of_part: bool,
}
