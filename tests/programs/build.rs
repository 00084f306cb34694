//! Writes the list of the programs that share a binary.

#[path = "../launch/catalogue.rs"]
mod catalogue;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let variable = |name| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    for (folder, _) in catalogue::FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=Cargo.toml");
    // A macro, since the paths of modules start where it is called.
    let mut list = String::from("macro_rules! all_programs {\n    ($run:ident) => {\n");
    let mut table = String::new();
    for (name, path) in catalogue::shared(&variable("CARGO_MANIFEST_DIR")) {
        writeln!(list, "#[path = \"{path}\"]\nmod {name};").expect("memory");
        writeln!(table, "$run!({name}),").expect("memory");
    }
    write!(
        list,
        "const PROGRAMS: &[Program] = &[\n{table}];\n    }};\n}}\n"
    )
    .expect("memory");
    fs::write(variable("OUT_DIR").join("programs.rs"), list).expect("the list is written");
}
