//! The option `reduce(x: +)`, held against the statements of the loop.

use crate::diagnostics::{Errors, arguments};
use crate::model::{By, Misuse, OuterWrite, Output, Role, Step, Unreduced, Usage, WriteKind};
use crate::options::Reduce;
use crate::walk::LoopSummary;

/// A variable that none of the loops mentions.
pub(crate) fn check_defaults(summaries: &[LoopSummary], defaults: &[Reduce], errors: &mut Errors) {
    let is_mentioned = |reduce: &&Reduce| summaries.iter().any(|summary| mentions(summary, reduce));
    // Without loops there is an error already.
    let forgotten = defaults.iter().filter(|reduce| !is_mentioned(reduce));
    for reduce in forgotten.filter(|_| !summaries.is_empty()) {
        errors.push(arguments::reduces_nothing(reduce.span, &reduce.place));
    }
}

/// Replaces the faults of each of these variables by the one statement that doesn't fit.
pub(crate) fn check(
    summary: &LoopSummary,
    (own, defaults): (&[Reduce], &[Reduce]),
    outputs: &[Output],
    misuses: &mut Vec<Misuse>,
    writes: &mut Vec<OuterWrite>,
) {
    let defaults = defaults.iter().filter(|reduce| mentions(summary, reduce));
    for reduce in own.iter().chain(defaults) {
        let place = &reduce.place;
        let is_reduced = outputs.iter().any(|output| {
            let fits = match &output.role {
                Role::Reduction { by, .. } => fits(by, reduce),
                Role::Replayed => reduce.function().is_some(),
                _ => false,
            };
            output.place == *place && fits
        });
        if is_reduced {
            continue;
        }
        misuses.retain(|misuse| misuse.output != *place);
        writes.retain(|write| !write.place.overlaps(place));
        let is_step = |usage: &Usage| match usage {
            Usage::Step(Step::By(by)) => fits(by, reduce),
            Usage::Method {
                name,
                statement: Some(1),
            } => reduce.function() == Some(name),
            _ => false,
        };
        let mut mentions = summary.body.mentions.iter();
        let misfit = mentions.find(|m| m.place.overlaps(place) && !is_step(&m.usage));
        writes.push(OuterWrite {
            place: place.clone(),
            span: misfit.map_or(reduce.span, |mention| mention.span),
            kind: WriteKind::Unreduced(Unreduced::Other(reduce.with.clone())),
        });
    }
}

fn mentions(summary: &LoopSummary, reduce: &Reduce) -> bool {
    summary
        .body
        .mentions
        .iter()
        .any(|m| m.place.overlaps(&reduce.place))
}

fn fits(by: &By, reduce: &Reduce) -> bool {
    if let (By::Folded { function, .. }, Some(named)) = (by, reduce.function()) {
        return function == named;
    }
    match &*reduce.with {
        "+" => matches!(by, By::Sum | By::Balance),
        "-" => matches!(by, By::Difference | By::Balance),
        "*" => *by == By::Product,
        "&" => *by == By::BitAnd,
        "|" => *by == By::BitOr,
        "^" => *by == By::BitXor,
        "max" => match by {
            By::Folded { function, .. } => function.ends_with("max"),
            by => matches!(
                by,
                By::Maximum | By::NamedMaximum(_) | By::Greatest | By::GreatestLast
            ),
        },
        "min" => match by {
            By::Folded { function, .. } => function.ends_with("min"),
            by => matches!(
                by,
                By::Minimum | By::NamedMinimum(_) | By::Least | By::LeastLast
            ),
        },
        _ => false,
    }
}
