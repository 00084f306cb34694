//! Variables that are only ever changed by steps of one kind, so that the loop's contributions to
//! them can be combined after it.

use crate::model::{By, Form, Mention, Output, Place, Role, Step, Usage};
use crate::options::Reduce;
use crate::walk::LoopSummary;

/// The variables that the loop reduces, in the order of their first step; `reduces` names the
/// user's own functions.
pub(super) fn reductions(
    summary: &LoopSummary,
    reduces: &[Reduce],
    taken: &[Place],
) -> Vec<Output> {
    let mut outputs: Vec<Output> = Vec::new();
    let is_taken = |place: &Place| taken.iter().any(|taken| taken.overlaps(place));
    for mention in summary.body.mentions.iter().filter(|m| !is_taken(&m.place)) {
        let place = &mention.place;
        let function = function(reduces, place);
        let is_step = matches!(mention.usage, Usage::Step(_)) || function.is_some();
        if !is_step || outputs.iter().any(|known| known.place == *place) {
            continue;
        }
        let mut all = summary
            .body
            .mentions
            .iter()
            .filter(|m| m.place.overlaps(place));
        let same = |m: &Mention| m.place == *place && m.dereferenced == mention.dereferenced;
        if !all.clone().all(same) {
            continue;
        }
        let by = match function {
            Some(function) => folded(&mut all, function),
            None => steps(&mut all),
        };
        outputs.extend(by.map(|by| Output {
            place: place.clone(),
            declared: mention.declared,
            role: Role::Reduction {
                by,
                dereferenced: mention.dereferenced,
                of_any_type: false,
            },
            window: None,
        }));
    }
    outputs
}

/// The user's function for this variable.
pub(super) fn function<'ast>(reduces: &'ast [Reduce], place: &Place) -> Option<&'ast str> {
    let own = reduces.iter().find(|reduce| reduce.place == *place)?;
    own.function()
}

/// All of them are `x = f(x, e)`, or another form of the one function.
fn folded<'ast>(all: &mut impl Iterator<Item = &'ast Mention>, function: &str) -> Option<By> {
    let first = form(all.next()?, function)?;
    all.all(|mention| form(mention, function) == Some(first))
        .then(|| By::Folded {
            function: function.to_owned(),
            form: first,
        })
}

fn form(mention: &Mention, function: &str) -> Option<Form> {
    match &mention.usage {
        Usage::Step(Step::By(By::Folded {
            function: called,
            form,
        })) => (called == function).then_some(*form),
        Usage::Method {
            name,
            statement: Some(1),
        } => (name == function).then_some(Form::Method),
        Usage::Append {
            method,
            dropped: true,
            ..
        } => (method == function).then_some(Form::Method),
        _ => None,
    }
}

/// All of them are steps of one kind; `+=` and `-=` go together.
fn steps<'ast>(all: &mut impl Iterator<Item = &'ast Mention>) -> Option<By> {
    let mut steps = all.map(step);
    let first = steps.next()??;
    steps.try_fold(first.clone(), |by, step| together(&by, step?))
}

fn step(mention: &Mention) -> Option<&By> {
    match &mention.usage {
        Usage::Step(Step::By(by)) if !needs_naming(by) => Some(by),
        _ => None,
    }
}

/// A function that may do anything, unless it is some `max` or `min` that was imported.
fn needs_naming(by: &By) -> bool {
    match by {
        By::Folded { function, form } => {
            let name = function.rsplit("::").next();
            *form != Form::Assigned || !matches!(name, Some("max" | "min"))
        }
        _ => false,
    }
}

fn together(a: &By, b: &By) -> Option<By> {
    match (a, b) {
        (By::Sum | By::Difference | By::Balance, By::Sum | By::Difference) if a != b => {
            Some(By::Balance)
        }
        _ => (a == b).then(|| a.clone()),
    }
}
