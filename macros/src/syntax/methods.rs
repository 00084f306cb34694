//! Methods and variables that are known by their names. A name is a hint: it leads to a question that the
//! types are asked, or to the words of a refusal.

use crate::model::Place;
use syn::{Expr, ExprMethodCall};

/// The methods that only add to a collection.
pub(crate) const APPENDS: [&str; 7] = [
    "push",
    "extend",
    "extend_from_slice",
    "append",
    "push_back",
    "insert",
    "push_str",
];

/// What random number generators are asked for.
pub(crate) const DRAWS: [&str; 22] = [
    "choose",
    "f32",
    "f64",
    "fill",
    "fill_bytes",
    "gen",
    "gen_bool",
    "gen_range",
    "gen_ratio",
    "next_u32",
    "next_u64",
    "random",
    "random_bool",
    "random_iter",
    "random_range",
    "random_ratio",
    "sample",
    "sample_iter",
    "shuffle",
    "u32",
    "u64",
    "usize",
];

/// Methods that give access to the inside of a shared value.
pub(crate) const GUARDS: [&str; 3] = ["lock", "write", "borrow_mut"];

/// What writers are asked for.
pub(crate) const WRITES: [&str; 9] = [
    "flush",
    "serialize",
    "write_all",
    "write_char",
    "write_field",
    "write_fmt",
    "write_record",
    "write_row",
    "write_str",
];

/// Methods of shared state that change it, take from it or wait for it.
pub(crate) const CHANGES: [&str; 41] = [
    "call_once",
    "call_once_force",
    "compare_and_swap",
    "compare_exchange",
    "compare_exchange_weak",
    "fetch_add",
    "fetch_and",
    "fetch_max",
    "fetch_min",
    "fetch_nand",
    "fetch_or",
    "fetch_sub",
    "fetch_update",
    "fetch_xor",
    "get_or_init",
    "iter",
    "lock",
    "notify_all",
    "notify_one",
    "read_line",
    "recv",
    "recv_timeout",
    "replace",
    "send",
    "set",
    "store",
    "swap",
    "take",
    "try_iter",
    "try_lock",
    "try_recv",
    "try_send",
    "try_update",
    "try_write",
    "update",
    "wait",
    "wait_timeout",
    "wait_while",
    "with",
    "with_borrow_mut",
    "write",
];

/// `x.send(value)`, `x.recv()`; not the `send(&bytes)` and `recv(&mut bytes)` of a socket.
pub(crate) fn is_channel(call: &ExprMethodCall) -> bool {
    let arguments = call.args.len();
    match &*call.method.to_string() {
        "send" | "try_send" => arguments == 1 && !matches!(call.args[0], Expr::Reference(_)),
        "recv" | "try_recv" => arguments == 0,
        _ => false,
    }
}

/// Methods that change more of a collection than its end.
pub(crate) fn changes(method: &str) -> bool {
    const NAMES: [&str; 12] = [
        "drain",
        "fill",
        "insert_str",
        "push_front",
        "remove",
        "remove_entry",
        "replace",
        "resize",
        "reverse",
        "split_off",
        "take",
        "truncate",
    ];
    const FAMILIES: [&str; 6] = ["dedup", "pop", "retain", "rotate_", "sort", "swap"];
    NAMES.contains(&method) || FAMILIES.iter().any(|family| method.starts_with(family))
}

/// `entry`, `get_mut`, `last_mut`: a way to change the present content.
pub(crate) fn lends_an_element(method: &str) -> bool {
    method == "entry" || (method.ends_with("_mut") && method != "borrow_mut")
}

/// By its name; its type is out of sight.
pub(crate) fn is_generator(place: &Place) -> bool {
    let name = place.to_string().to_lowercase();
    name.contains("rng") || name.contains("random")
}

/// Methods of atomics that return the former value.
pub(crate) fn fetches(method: &str) -> bool {
    method.starts_with("fetch_") && CHANGES.contains(&method)
}
