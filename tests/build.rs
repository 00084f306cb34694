//! Writes the list of the programs that must equal their sequential builds.

#[path = "launch/catalogue.rs"]
mod catalogue;

use std::path::PathBuf;
use std::{env, fs};

/// The output of these examples names the ranks: `equivalence.rs` has a test of `hello`, `textbook.rs` those of
/// the others.
const NAMING_RANKS: &[&str] = &[
    "all_to_all",
    "broadcast_variable",
    "cartesian_grid",
    "deadlock",
    "gather_squares",
    "hello",
    "message_ring",
    "point_to_point",
    "reduce_arrays",
    "scatter_list",
    "split_groups",
];

fn main() {
    let variable = |name| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let tests = variable("CARGO_MANIFEST_DIR");
    let (examples, pass) = (tests.join("../examples"), tests.join("programs/pass"));
    for path in [&examples, &pass] {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let mut names = catalogue::stems(&examples);
    for name in NAMING_RANKS {
        assert!(names.iter().any(|each| each == name), "no example {name}");
    }
    names.retain(|name| !NAMING_RANKS.contains(&name.as_str()));
    // In a package of its own.
    names.push("c_function".to_owned());
    let programs = catalogue::stems(&pass);
    names.extend(programs.iter().map(|name| format!("pass_{name}")));
    let list = format!("programs! {{ {} }}\n", names.join(" "));
    fs::write(variable("OUT_DIR").join("equivalence.rs"), list).expect("the list is written");
}
