//! Methods of collections and iterators that go on in an order, and those that show it.

use super::nodes;
use syn::{Expr, ExprMethodCall, GenericArgument, PathArguments, Type};

/// Methods that go through a table.
const GOES: [&str; 11] = [
    "difference",
    "intersection",
    "into_iter",
    "into_keys",
    "into_values",
    "iter",
    "keys",
    "par_iter",
    "symmetric_difference",
    "union",
    "values",
];

/// Methods of iterators that keep the order, and don't show it.
const KEEPS: [&str; 12] = [
    "by_ref",
    "chain",
    "cloned",
    "copied",
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "inspect",
    "into_iter",
    "map",
    "rev",
];

/// Methods of iterators that show it.
const SHOWS: [&str; 18] = [
    "chunks",
    "enumerate",
    "join",
    "last",
    "map_while",
    "next",
    "nth",
    "peekable",
    "position",
    "scan",
    "skip",
    "skip_while",
    "step_by",
    "take",
    "take_while",
    "tuple_windows",
    "unzip",
    "zip",
];

/// Methods after which all that was shown is gone.
const FORGETS: [&str; 10] = [
    "all", "any", "contains", "count", "is_empty", "is_none", "is_some", "len", "max", "min",
];

/// Methods of iterators that leave things out, or make more of them.
const CHOOSES: [&str; 8] = [
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "map_while",
    "scan",
    "skip_while",
    "take_while",
];

/// `table.keys()`
pub(crate) fn goes(method: &str) -> bool {
    GOES.contains(&method)
}

/// A method whose value is an iterator again: `keys.map(..)`, `keys.skip(3)`
pub(crate) fn stays(method: &str) -> bool {
    KEEPS.contains(&method) || shows(method)
}

/// `keys.next()`
pub(crate) fn shows(method: &str) -> bool {
    SHOWS.contains(&method)
}

/// The calls before this one that show nothing, after all: `table.keys().next().is_some()`. What was
/// chosen after the order was shown does.
pub(crate) fn forgotten(forgetting: &ExprMethodCall) -> Vec<*const ()> {
    if !FORGETS.contains(&&*forgetting.method.to_string()) {
        return Vec::new();
    }
    let mut calls = Vec::new();
    let mut receiver = &*forgetting.receiver;
    while let Expr::MethodCall(call) = receiver {
        calls.push(call);
        receiver = &call.receiver;
    }
    let any_of = |names: &[&str]| {
        let mut methods = calls.iter().map(|call| call.method.to_string());
        methods.any(|method| names.contains(&&*method))
    };
    let kept = match &*forgetting.method.to_string() {
        "is_none" | "is_some" if any_of(&CHOOSES) => 1,
        // `table.keys().collect::<Vec<_>>().iter().max()`
        "all" | "any" | "contains" | "max" | "min" if any_of(&SHOWS) => 0,
        _ if any_of(&CHOOSES) => 0,
        _ => calls.len(),
    };
    calls.truncate(kept);
    calls.into_iter().map(nodes::address).collect()
}

/// `Vec<_>`, `Box<[_]>`, `String`
pub(crate) fn is_list(ty: &Type) -> bool {
    const LISTS: [&str; 7] = [
        "Box",
        "LinkedList",
        "Rc",
        "Arc",
        "String",
        "Vec",
        "VecDeque",
    ];
    let Type::Path(path) = ty else {
        return false;
    };
    path.path.segments.last().is_some_and(|last| {
        let is_tried = last.ident == "Result" || last.ident == "Option";
        LISTS.contains(&&*last.ident.to_string()) || (is_tried && is_list_of(&last.arguments))
    })
}

/// `Result<Vec<_>, _>`
fn is_list_of(arguments: &PathArguments) -> bool {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return false;
    };
    matches!(arguments.args.first(), Some(GenericArgument::Type(ty)) if is_list(ty))
}
