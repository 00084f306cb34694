//! Variables that are changed by statements that can be run elsewhere, and by nothing else: the general form of an
//! output, for what no other role fits.
//!
//! Invariant: all that the body does with such a variable stands in these statements, and what they read of other
//! outputs is nothing.

use crate::model::{Mention, Output, Place, Role, Site, StepForm, Usage};
use crate::options::Reduce;
use crate::syntax::methods;
use crate::walk::LoopSummary;

/// Methods that give a value to something, by a word in their names.
const SETTERS: [&str; 15] = [
    "add",
    "append",
    "extend",
    "incr",
    "increment",
    "insert",
    "mark",
    "pixel",
    "push",
    "put",
    "record",
    "register",
    "set",
    "store",
    "write",
];

/// Those of parts: `rows[i].fill(x)`
const OF_PARTS: [&str; 3] = ["clone_from_slice", "copy_from_slice", "fill"];

/// The outputs, with those variables in this role that have a fault in any other, and those that are changed `stepwise`
/// by an operator that their types may have in this form alone.
pub(crate) fn instead(
    summary: &LoopSummary,
    mut outputs: Vec<Output>,
    faulty: &[Place],
    stepwise: &[Place],
    reduces: &[Reduce],
) -> Vec<Output> {
    let with_faults = replayed_of(summary, &outputs, faulty, stepwise, reduces);
    let leaves = |(_, site): &(usize, Site)| {
        site.leaves && site.targets.iter().all(|place| with_faults.contains(place))
    };
    let replayed = if summary.body.sites.iter().any(leaves) {
        let mut all = faulty.to_vec();
        let outputs_of = outputs.iter().map(|output| output.place.clone());
        let stepwise: Vec<Place> = outputs_of.collect();
        all.extend(stepwise.iter().cloned());
        replayed_of(summary, &outputs, &all, &stepwise, reduces)
    } else {
        with_faults
    };
    outputs.retain(|output| !replayed.iter().any(|place| place.overlaps(&output.place)));
    outputs.extend(replayed.into_iter().filter_map(|place| {
        let declared = mentions(summary, &place).next()?.declared;
        Some(Output {
            place,
            declared,
            role: Role::Replayed,
            window: None,
        })
    }));
    outputs
}

/// Those of the `asked` places, and of what statements change together with them, that can have the role. Where steps
/// alone change one, that is for those that are `stepwise`.
fn replayed_of(
    summary: &LoopSummary,
    outputs: &[Output],
    asked: &[Place],
    stepwise: &[Place],
    reduces: &[Reduce],
) -> Vec<Place> {
    let sites: Vec<&Site> = summary.body.sites.iter().map(|(_, site)| site).collect();
    let mut replayed: Vec<Place> = Vec::new();
    for place in asked.iter().chain(stepwise) {
        let mut of_place = sites.iter().filter(|site| site.targets.contains(place));
        if of_place.any(|site| site.step.is_none() || stepwise.contains(place)) {
            add(place, &sites, &mut replayed);
        }
    }
    let judged = replayed.clone();
    for place in &judged {
        let others = || outputs.iter().filter(|o| !judged.contains(&o.place));
        if !stands(summary, place, &judged, others(), reduces) {
            let mut gone = Vec::new();
            add(place, &sites, &mut gone);
            replayed.retain(|place| !gone.contains(place));
        }
    }
    replayed
}

/// The outputs that are filled or reduced beside a statement that may leave the loop, and how that is written: what
/// iterations behind it leave there could not be taken back.
pub(crate) fn beside_leaving<'outputs>(
    summary: &LoopSummary,
    outputs: &'outputs [Output],
) -> impl Iterator<Item = (&'outputs Output, Site)> {
    let is_replayed = |place: &Place| {
        let mut outputs = outputs.iter();
        outputs.any(|output| output.place == *place && output.role == Role::Replayed)
    };
    let mut sites = summary.body.sites.iter().map(|(_, site)| site);
    let leaving = sites.find(|site| site.leaves && site.targets.iter().all(is_replayed));
    let leaving = leaving.cloned();
    let others = outputs
        .iter()
        .filter(|output| output.role != Role::Replayed);
    others.filter_map(move |output| Some((output, leaving.clone()?)))
}

/// A place, with all that statements change together with it.
fn add(place: &Place, sites: &[&Site], together: &mut Vec<Place>) {
    if together.contains(place) {
        return;
    }
    together.push(place.clone());
    for site in sites.iter().filter(|site| site.targets.contains(place)) {
        for other in &site.targets {
            add(other, sites, together);
        }
    }
}

fn mentions<'summary>(
    summary: &'summary LoopSummary,
    place: &Place,
) -> impl Iterator<Item = &'summary Mention> {
    let place = place.clone();
    let mentions = summary.body.mentions.iter();
    mentions.filter(move |mention| mention.place.overlaps(&place))
}

/// Whether the place can have the role, together with the others.
fn stands<'outputs>(
    summary: &LoopSummary,
    place: &Place,
    all: &[Place],
    mut others: impl Iterator<Item = &'outputs Output>,
    reduces: &[Reduce],
) -> bool {
    let site = |mention: &Mention| {
        let mut sites = summary.body.sites.iter();
        sites.find_map(|(number, site)| (mention.site == Some(*number)).then_some(site))
    };
    let sites = summary.body.sites.iter();
    let of_place = sites.filter(|(_, site)| site.targets.contains(place));
    let keeps_length = of_place
        .clone()
        .all(|(_, site)| !site.whole.contains(place));
    let is_length = |mention: &Mention| {
        let asks = matches!(&mention.usage, Usage::Method { name, .. } if name == "len");
        asks && keeps_length && mention.place == *place
    };
    let is_changed = |mention: &Mention| {
        let is_whole = place.fields.len() <= mention.place.fields.len();
        is_whole && site(mention).is_some_and(|site| site.targets.contains(place))
    };
    let is_mentioned = mentions(summary, place).next().is_some();
    let overlaps = |other: &&Place| *other != place && other.overlaps(place);
    let is_apart = !all.iter().any(|other| overlaps(&other));
    let in_sites = |mention: &Mention| site(mention).is_some_and(|s| s.targets.contains(place));
    let reads_none = others.all(|output| !mentions(summary, &output.place).any(in_sites));
    let calls = of_place.flat_map(|(_, site)| &site.calls);
    let mut calls = calls.filter(|call| call.target == *place);
    is_mentioned
        && is_apart
        && reads_none
        && mentions(summary, place).all(|mention| is_changed(mention) || is_length(mention))
        && calls.all(|call| {
            let mut named = reduces.iter().filter(|reduce| reduce.place == *place);
            is_setter(&call.method)
                || call.of_part && OF_PARTS.contains(&&*call.method)
                || named.any(|reduce| reduce.function() == Some(&*call.method))
        })
}

/// Whether all that the loop does to the output is `x = x + e`.
pub(crate) fn is_assigned(summary: &LoopSummary, output: &Output) -> bool {
    let by_operator = match &output.role {
        Role::Reduction { by, .. } => !by.is_put(),
        _ => false,
    };
    let sites = summary.body.sites.iter().map(|(_, site)| site);
    let mut of_place = sites.filter(|site| site.targets.contains(&output.place));
    by_operator && of_place.all(|site| site.step == Some(StepForm::Assigned))
}

/// What the statements write to, but for what the user lets them: `writer.write_all(..)`
pub(crate) fn written(summary: &LoopSummary, outputs: &[Output], reduces: &[Reduce]) -> Vec<Place> {
    let calls = summary.body.sites.iter().flat_map(|(_, site)| &site.calls);
    let writes = |method: &str| methods::WRITES.contains(&method) || method.starts_with("write");
    let replayed = outputs.iter().filter(|o| o.role == Role::Replayed);
    let replayed = replayed.map(|output| output.place.clone());
    let is_written = |place: &Place| {
        let mut calls = calls.clone();
        calls.any(|call| call.target == *place && writes(&call.method))
            && !reduces.iter().any(|reduce| reduce.place == *place)
    };
    replayed.filter(is_written).collect()
}

/// `put_pixel`, by its name: the way that it is run, not what it does.
pub(super) fn is_setter(method: &str) -> bool {
    !methods::fetches(method) && method.split('_').any(|word| SETTERS.contains(&word))
}
