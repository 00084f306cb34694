//! What an annotated loop weighs: the code that the compiler makes of it in a program for one process, in lines of the
//! intermediate representation and in functions. Compile time follows from these, and they are the same on every machine.
//!
//! Whoever makes loops heavier compiles what does not depend on their types behind functions that are not generic
//! (`engine/work.rs`), or raises the budget and says why. `cargo llvm-lines` shows what weighs.

use std::fs;
use std::path::Path;

use parallel_for_tests::{compiler, is_compiler_of};

/// The loops in the source.
const LOOPS: usize = 8;

/// What one may weigh on the average, in lines and functions, by how it is written. Statements that may end a loop, and floats
/// that go on from the present value, have made it heavier, and so have iterations that may run again on a copy of their item,
/// with what they changed undone: 20,300 lines and 460 functions were measured. With the feature `checkpoint`, which is on by
/// default, the outputs of distributed loops can be written and read, and their items and variables compared, as between ranks:
/// 60,600 and 1,160, most of them serde's and the codecs', of which the self-describing one is the heaviest (20,000). Release
/// builds of loops take nearly twice as long.
const BUDGETS: [(&str, usize, usize); 2] = [("annotated", 63_000, 1_220), ("local", 21_300, 485)];

#[test]
fn an_annotated_loop_is_light() {
    if !is_compiler_of("weight") {
        return;
    }
    let plain = weight("plain");
    for (how, most_lines, most_functions) in BUDGETS {
        let annotated = weight(how);
        let lines = (annotated.lines - plain.lines) / LOOPS;
        let functions = (annotated.functions - plain.functions) / LOOPS;
        assert!(
            lines <= most_lines && functions <= most_functions,
            "a loop weighs {lines} lines and {functions} functions ({how}): more than {most_lines} and {most_functions}"
        );
        assert!(
            lines > most_lines / 2,
            "a loop weighs {lines} lines ({how}): the budget is far too large"
        );
    }
}

struct Weight {
    lines: usize,
    functions: usize,
}

/// That of all loops, written in this way.
fn weight(name: &str) -> Weight {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("weight_{name}.ll"));
    let compiled = compiler("parallel_for")
        .args(["weight/loops.rs", "--crate-type=lib", "--edition=2024"])
        .args(["--emit=llvm-ir", "-Ccodegen-units=1", "-Copt-level=0"])
        .args(["--check-cfg=cfg(plain, annotated, local)", "--cfg", name])
        .arg("-o")
        .arg(&to)
        .output()
        .expect("rustc starts");
    assert!(
        compiled.status.success(),
        "{}",
        String::from_utf8_lossy(&compiled.stderr)
    );
    let code = fs::read_to_string(&to).expect("the compiler's output");
    let functions = code
        .lines()
        .filter(|line| line.starts_with("define "))
        .count();
    Weight {
        lines: code.lines().count(),
        functions,
    }
}
