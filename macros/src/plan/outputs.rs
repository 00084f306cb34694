//! The outputs of a loop: each variable in the role that fits best, and where none does, as one whose changes run in the
//! order of the items.

use crate::model::{Declared, Mention, Output, Place, Role, Usage};
use crate::options::Reduce;
use crate::roles::{outputs, own_method, replayed};
use crate::rules::{misuses, writes};
use crate::syntax::declarations::{is_mutable, is_standard, lent_parameter, type_name};
use crate::syntax::methods::lends_an_element;
use crate::walk::LoopSummary;
use syn::ItemFn;

/// All outputs of a loop; `reduces` are the user's words about them.
pub(super) fn outputs(function: &ItemFn, summary: &LoopSummary, reduces: &[Reduce]) -> Vec<Output> {
    let outputs = outputs::outputs(summary, reduces);
    let faulty = faulty(function, summary, &outputs);
    let assigned = outputs.iter().filter(|output| {
        let is_local = output.place.fields.is_empty();
        is_local && replayed::is_assigned(summary, output) && !is_standard(function, &output.place)
    });
    let stepwise: Vec<Place> = assigned.map(|output| output.place.clone()).collect();
    let mut outputs = replayed::instead(summary, outputs, &faulty, &stepwise, reduces);
    for output in &mut outputs {
        if let Role::Collection { own, .. } = &mut output.role
            && !is_filled_by_parts(function, &output.place)
            // Of what is shared, a method could not even be called: that is refused by the type.
            && lent_parameter(function, &output.place) != Some(false)
        {
            *own = own_method::own_method(summary, &output.place);
        }
        if let Role::Reduction { of_any_type, .. } = &mut output.role {
            *of_any_type = is_of_own_type(function, &output.place);
        }
        // Changed without a `mut`, it is a reference.
        let is_owned = !output.place.fields.is_empty() || is_mutable(function, &output.place);
        if output.role == Role::Replayed && !is_owned {
            output.declared = Declared::Reference;
        }
    }
    outputs
}

/// The places that the loop uses in a way that their roles don't have.
fn faulty(function: &ItemFn, summary: &LoopSummary, outputs: &[Output]) -> Vec<Place> {
    let misused = misuses::misuses(summary, outputs).into_iter();
    let written = writes::outer_writes(summary, outputs).into_iter();
    let is_output = |place: &Place| outputs.iter().any(|output| output.place == *place);
    let calls = summary.body.sites.iter().flat_map(|(_, site)| &site.calls);
    let called = calls.map(|call| call.target.clone());
    let called = called.filter(|place| is_mutable(function, place) && !is_output(place));
    // `*x[i].get_mut(k)? += e`
    let is_lent = |mention: &&Mention| {
        matches!(&mention.usage, Usage::ElementMethod(method) if lends_an_element(method))
            && mention.site.is_some()
    };
    let lent = summary.body.mentions.iter().filter(is_lent);
    let others = outputs
        .iter()
        .filter(|output| is_of_another_type(function, output));
    misused
        .map(|misuse| misuse.output)
        .chain(written.map(|write| write.place))
        .chain(called)
        .chain(lent.map(|mention| mention.place.clone()))
        .chain(others.map(|output| output.place.clone()))
        .collect()
}

/// Its type is written in the function, and is one of those that the runtime makes parts of.
fn is_filled_by_parts(function: &ItemFn, place: &Place) -> bool {
    // Not `HashMap` and `HashSet`, which other crates have as well.
    const TYPES: [&str; 6] = [
        "BTreeMap",
        "BTreeSet",
        "BinaryHeap",
        "String",
        "Vec",
        "VecDeque",
    ];
    type_name(function, place).is_some_and(|name| TYPES.contains(&&*name))
}

/// Its type is written in the function, and neither a number, nor a text, nor a parameter.
fn is_of_own_type(function: &ItemFn, place: &Place) -> bool {
    let name = type_name(function, place).filter(|name| !is_type_parameter(name));
    name.is_some() && !is_standard(function, place)
}

/// `T`, `T2`, `Self`
fn is_type_parameter(name: &str) -> bool {
    name == "Self" || name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// A collection by its methods, and none of the standard library by the name of its type; a name with `Hash` or `BTree` may
/// stand for one of these.
fn is_of_another_type(function: &ItemFn, output: &Output) -> bool {
    const KNOWN: [&str; 8] = [
        "BTree",
        "BinaryHeap",
        "Box",
        "Deque",
        "Hash",
        "Mutex",
        "Rc",
        "String",
    ];
    let is_collection = matches!(output.role, Role::Collection { .. });
    let name = type_name(function, &output.place).filter(|_| is_collection);
    name.is_some_and(|name| {
        let is_known = name == "Vec" || KNOWN.iter().any(|known| name.contains(known));
        !is_known && !is_type_parameter(&name)
    })
}
