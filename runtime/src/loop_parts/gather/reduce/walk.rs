//! Steps up and down that end in one place: what a sum of both signs needs of its past.
//!
//! An integer that is moved up and down overflows where its highest or lowest place is out of
//! range, wherever it ends. So of a walk only these two and the end matter, and they fit into three
//! steps or so.
//!
//! Invariant: from any start, the steps kept reach the same highest, lowest and last place as those
//! appended.

use std::cmp::Ordering;

use super::Reducible;
use super::balance::Change;

/// One step of a walk.
pub(super) trait Step: Sized {
    /// Up (`Greater`) or down (`Less`); `None` for types that don't move like integers.
    fn direction(&self) -> Option<Ordering>;

    /// Both steps at once, if they fit into one.
    fn and(&self, later: &Self) -> Option<Self>;
}

impl<T: Reducible> Step for T {
    fn direction(&self) -> Option<Ordering> {
        self.sign()
    }

    fn and(&self, later: &Self) -> Option<Self> {
        self.plus(later)
    }
}

impl<T: Reducible> Step for Change<T> {
    fn direction(&self) -> Option<Ordering> {
        match self {
            Change::Plus(value) => value.sign(),
            Change::Minus(value) => value.sign().map(Ordering::reverse),
        }
    }

    fn and(&self, later: &Self) -> Option<Self> {
        match (self, later) {
            (Change::Plus(one), Change::Plus(two)) => one.plus(two).map(Change::Plus),
            (Change::Minus(one), Change::Minus(two)) => one.plus(two).map(Change::Minus),
            (Change::Plus(up), Change::Minus(down)) | (Change::Minus(down), Change::Plus(up)) => {
                let risen = up.minus(down).map(Change::Plus);
                risen.or_else(|| down.minus(up).map(Change::Minus))
            }
        }
    }
}

/// Appends a step that does not lengthen the last one, to those from `open` on.
pub(super) fn append<S: Step>(steps: &mut Vec<S>, open: usize, step: S) {
    // The last one may have grown since it was appended.
    if steps.len() > open
        && let Some(last) = steps.pop()
    {
        put(steps, open, last);
    }
    put(steps, open, step);
}

fn put<S: Step>(steps: &mut Vec<S>, open: usize, mut step: S) {
    loop {
        match step.direction() {
            None => break,
            Some(Ordering::Equal) => return,
            Some(_) => {}
        }
        let [before @ .., last] = &steps[open..] else {
            break;
        };
        if last.direction() == step.direction() {
            let Some(longer) = last.and(&step) else { break };
            steps.pop();
            step = longer;
            continue;
        }
        let Some(first) = before.last() else { break };
        if first.direction() != step.direction() {
            break;
        }
        // Up by `first`, down by `last`, up by `step`; or the other way round.
        let (Some(turned), Some(returned)) = (first.and(last), last.and(&step)) else {
            break;
        };
        let goes_back = returned.direction() != last.direction();
        if turned.direction() != last.direction() {
            // The way down ended above the start. So its end is neither the highest nor the lowest
            // place,
            if goes_back {
                // and the way back up makes the end the highest.
                let Some(straight) = first.and(&returned) else {
                    break;
                };
                steps.truncate(steps.len() - 2);
                step = straight;
            } else {
                // and the way back up only shortens it.
                steps.pop();
                step = returned;
            }
        } else if goes_back {
            // The end is the highest place, and so the first turn is not.
            steps.truncate(steps.len() - 2);
            put(steps, open, turned);
            break;
        } else {
            break;
        }
    }
    steps.push(step);
}
