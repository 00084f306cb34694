//! Compiles the C function.

fn main() {
    println!("cargo::rerun-if-changed=inversions.h");
    cc::Build::new().file("inversions.c").compile("inversions");
}
