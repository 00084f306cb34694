//! The layers of the runtime and the wings of the macro, read off their sources: who may name whom, and
//! which file alone may touch what.

#[path = "architecture/sources.rs"]
mod sources;

use std::collections::BTreeSet;
use std::process::Command;

use parallel_for_tests::workspace;
use sources::{Source, circles, sources};

/// The modules of the runtime, from the lowest layer to the highest; a module below another counts as
/// that one unless it is listed itself. None may name a module of a higher layer.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["loop_parts", "guide"],
    &["protocol"],
    &["observe"],
    &["checkpoint"],
    &[
        "transport::fabric",
        "transport::mailbox",
        "transport::matching",
    ],
    // The trait's implementations are for `world` alone.
    &[
        "transport",
        "transport::fabric::contract",
        "transport::fabric::mpi",
        "transport::fabric::single",
        "transport::fabric::threads",
    ],
    &[
        "process::cores",
        "process::crew",
        "process::environment",
        "process::interruption",
        "process::launcher",
        "process::neighbours",
    ],
    &["process"],
    &["engine"],
    &["distribute"],
    &["by_hand"],
    &["private"],
];

/// The wings of the macro, and what each may name of the others; `tests` and `lib` name what they like. What
/// is in no wing has a line of its own.
const WINGS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("syntax", &["model"]),
    ("diagnostics", &["model"]),
    ("options", &["model", "diagnostics"]),
    ("walk", &["model", "syntax"]),
    ("roles", &["model", "syntax", "options", "walk"]),
    (
        "rules",
        &["model", "syntax", "diagnostics", "options", "walk", "roles"],
    ),
    (
        "plan",
        &[
            "model",
            "syntax",
            "diagnostics",
            "options",
            "walk",
            "roles",
            "rules",
        ],
    ),
    // Of the analysis it knows the result alone; the words of warnings are printed by the compiler.
    ("expand", &["model", "syntax", "diagnostics::lints"]),
    ("dependency", &[]),
    ("conditions", &["diagnostics"]),
    ("placement", &["diagnostics", "expand::fallback"]),
    (
        "planned",
        &[
            "conditions",
            "model::Plan",
            "syntax::code",
            "syntax::skips",
            "syntax::tags",
            "syntax::together",
            "syntax::ungrouped",
            "diagnostics",
            "options",
            "plan",
            "rules::check",
            "expand",
        ],
    ),
];

/// The wings and files of the macro that make tokens.
const QUOTING: &[&str] = &["conditions", "expand", "placement"];

/// The modules of logic alone: what they need of the outside world, the layers above hand to them.
const PURE: &[&str] = &[
    "by_hand::topology",
    "loop_parts",
    "observe",
    "protocol",
    "transport::mailbox",
    "transport::matching",
];

/// Modules of std that meet it.
const OUTSIDE_WORLD: &[&str] = &["env", "fs", "net", "process", "thread", "time"];

/// Types of theirs that are data, or only named.
const TYPES: &[&str] = &["Duration", "File", "LocalKey", "TcpStream"];

/// The files of the runtime that read environment variables.
const READING: &[&str] = &[
    "runtime/src/process/environment.rs",
    // The shell's name of the host, where the system tells none.
    "runtime/src/transport/fabric/single.rs",
];

/// The files that know whether the program is built with MPI; the others are the same either way.
const ASKING: &[&str] = &[
    // Whether there can be several ranks.
    "runtime/src/base/rank.rs",
    "runtime/src/transport/fabric/mod.rs",
];

/// The files with `unsafe` code, each with the reason.
const UNSAFE: &[(&str, &str)] = &[
    (
        "runtime/src/base/raw/memory.rs",
        "numbers of an output's type travel as they lie in memory, and that type is known only when the program runs",
    ),
    (
        "runtime/src/loop_parts/captures/address.rs",
        "a captured field may lie in a packed struct, where it has no reference",
    ),
    (
        "runtime/src/loop_parts/gather/fresh.rs",
        "no safe code writes a byte of any type that is only there",
    ),
    (
        "runtime/src/loop_parts/gather/fill/open.rs",
        "what is written behind the values of a list is counted in a register, and added to its length at the end",
    ),
    (
        "runtime/src/loop_parts/gather/fill/room.rs",
        "threads fill the spare capacity of one list, which takes in what they have filled",
    ),
    (
        "runtime/src/loop_parts/gather/windows/snapshot.rs",
        "elements without `Copy` are put back bit by bit: a loop over them stays one that can be vectorised",
    ),
    (
        "runtime/src/loop_parts/items/chunk/block.rs",
        "the end of a block is its own: the compiler need not look for another one, and can vectorise the loop",
    ),
    (
        "runtime/src/process/crew/lend.rs",
        "threads that outlive a loop run its body, which borrows",
    ),
    (
        "runtime/src/transport/fabric/mpi/buffers.rs",
        "a message on its way uses its buffer for longer than the call that names it",
    ),
    (
        "runtime/src/transport/fabric/mpi/calls.rs",
        "the `mpi` crate ignores the error codes that the C library returns",
    ),
    (
        "runtime/src/transport/fabric/mpi/signals.rs",
        "the last words of a rank that dies of a signal are said by a handler of it",
    ),
    (
        "runtime/src/transport/fabric/mpi/stack.rs",
        "a handler of signals that says that the stack is used up needs another one",
    ),
    (
        "runtime/src/process/lifecycle/glibc.rs",
        "only the C library tells at exit which status the process ends with",
    ),
    (
        "runtime/src/process/lifecycle/process_end.rs",
        "the standard library waits for the end of children alone",
    ),
    (
        "examples/c_function/main.rs",
        "it shows how to call a function that is written in C",
    ),
    (
        "macros/src/expand/replay.rs",
        "statements in a block of the user's are in such a block where they run",
    ),
    (
        "macros/src/tests/expanded/statements_in_unsafe_blocks.rs",
        "the same",
    ),
    (
        "tests/programs/pass/replays_unsafe.rs",
        "a program of theirs",
    ),
    (
        "tests/programs/transport/finalize.rs",
        "it stands before a call of the C library, by the name of that call",
    ),
];

/// What stands in programs of users beside our own code: each is compiled with them, and the compiler looks at its
/// implementations wherever it infers types. `bytes` must not come back: with it, `[u8]` is comparable with a type more.
const DEPENDENCIES: &[&str] = &[
    "bitcode",
    "bytemuck",
    // Checksums of journals, and signals.
    "crc32fast",
    "errno",
    "signal_hook",
    "signal_hook_registry",
    "foldhash",
    "num_traits",
    // Generators of random numbers.
    "cfg_if",
    "chacha20",
    "cpufeatures",
    "rand_core",
    "rmp",
    "rmp_serde",
    "serde",
    "serde_core",
    "typeid",
    // Bars on a terminal.
    "console",
    "indicatif",
    "portable_atomic",
    "unicode_width",
    "unit_prefix",
    // With MPI.
    "conv",
    "custom_derive",
    "libc",
    "mpi",
    "mpi_sys",
    "once_cell",
    "smallvec",
    "thiserror",
];

#[test]
fn users_get_no_dependencies_but_these() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package=parallel-for",
            "--features=mpi",
        ])
        .args([
            "--edges=normal,no-proc-macro",
            "--prefix=none",
            "--format={lib}",
        ])
        .current_dir(workspace())
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{said}");
    let listed = String::from_utf8(tree.stdout).expect("names");
    let names = listed.lines().map(|line| line.trim_end_matches(" (*)"));
    let faults: BTreeSet<String> = names
        .filter(|name| *name != "parallel_for" && !DEPENDENCIES.contains(name))
        .map(|name| format!("{name} is in no list of tests/architecture.rs"))
        .collect();
    none(&faults.into_iter().collect::<Vec<_>>());
}

#[test]
fn lower_layers_do_not_name_higher_ones() {
    let mut faults = Vec::new();
    for source in sources("runtime/src") {
        let Some(own) = layer(&source.module) else {
            if !source.module.is_empty() {
                faults.push(format!(
                    "{} is in no layer of tests/architecture.rs",
                    source.path
                ));
            }
            continue;
        };
        for path in &source.paths {
            let used = path.strip_prefix(&["crate".to_owned()][..]).and_then(layer);
            if used.is_some_and(|used| used > own) {
                let path = path.join("::");
                faults.push(format!(
                    "{} (layer {own}) names {path} above it",
                    source.path
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn pure_logic_has_no_outside_world() {
    let mut faults = Vec::new();
    for source in sources("runtime/src") {
        if !PURE.iter().any(|module| is_in(&source.module, module)) {
            continue;
        }
        for path in &source.paths {
            if let [std, module, ..] = &path[..]
                && std == "std"
                && OUTSIDE_WORLD.contains(&module.as_str())
                && path
                    .last()
                    .is_none_or(|last| !TYPES.contains(&last.as_str()))
            {
                faults.push(format!("{} names {}", source.path, path.join("::")));
            }
        }
    }
    none(&faults);
}

#[test]
fn adapters_keep_their_libraries_to_themselves() {
    let only = [
        ("libc", "runtime/src/transport/fabric/mpi/"),
        ("mpi", "runtime/src/transport/fabric/mpi/"),
        ("bitcode", "runtime/src/base/wire.rs"),
        ("rmp_serde", "runtime/src/base/wire.rs"),
        ("chacha20", "runtime/src/by_hand/random.rs"),
        ("indicatif", "runtime/src/process/progress/bars"),
        ("typeid", "runtime/src/base/raw/"),
    ];
    let mut faults = Vec::new();
    for source in sources("runtime/src") {
        for (library, home) in only {
            let names = |path: &Vec<String>| path.first().is_some_and(|first| first == library);
            // Then the name is that of a module of our own.
            let imports = |path: &Vec<String>| path.len() > 1 && path.ends_with(&[library.into()]);
            let paths = &source.paths;
            if !source.path.starts_with(home)
                && paths.iter().any(names)
                && !paths.iter().any(imports)
            {
                faults.push(format!(
                    "{} names {library}, which is for {home}",
                    source.path
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn variables_are_read_in_one_place() {
    let mut faults = Vec::new();
    for source in sources("runtime/src") {
        let reads = |path: &Vec<String>| {
            let last = path.last().map_or("", String::as_str);
            path.starts_with(&["env".to_owned()])
                || path.starts_with(&["std".to_owned(), "env".to_owned()])
                    && ["env", "var", "var_os", "vars", "vars_os"].contains(&last)
        };
        if source.paths.iter().any(reads) != READING.contains(&&*source.path) {
            faults.push(format!("{}: variables are for {READING:?}", source.path));
        }
    }
    none(&faults);
}

#[test]
fn two_files_ask_for_mpi() {
    let mut faults = Vec::new();
    for source in sources("runtime/src") {
        let text = std::fs::read_to_string(workspace().join(&source.path)).expect("a source file");
        if text.contains("feature = \"mpi\"") != ASKING.contains(&&*source.path) {
            faults.push(format!("{}: that is for {ASKING:?}", source.path));
        }
    }
    none(&faults);
}

#[test]
fn expand_reports_no_errors() {
    let mut faults = Vec::new();
    for source in sources("macros/src/expand") {
        if source.words.contains("Errors") {
            faults.push(format!("{} names `Errors`: check earlier", source.path));
        }
    }
    none(&faults);
}

#[test]
fn wings_of_the_macro_name_those_they_may() {
    let mut faults = Vec::new();
    for source in macro_sources() {
        let Some(own) = source.module.first() else {
            continue;
        };
        let Some((_, allowed)) = WINGS.iter().find(|(wing, _)| wing == own) else {
            faults.push(format!(
                "{} is in no wing of tests/architecture.rs",
                source.path
            ));
            continue;
        };
        for path in &source.paths {
            let Some(used) = path.strip_prefix(&["crate".to_owned()][..]) else {
                continue;
            };
            let is_allowed = |module: &&str| is_in(used, module);
            if !is_in(used, own) && !allowed.iter().any(is_allowed) {
                faults.push(format!("{} names {}", source.path, path.join("::")));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_modules_of_the_macro_name_each_other() {
    let in_circles = circles(&macro_sources());
    let faults: Vec<String> = in_circles.iter().map(|circle| circle.join(" → ")).collect();
    none(&faults);
}

#[test]
fn the_analysis_does_not_quote() {
    let mut faults = Vec::new();
    for source in macro_sources() {
        let quotes = ["quote!", "quote_spanned!"];
        if !QUOTING.iter().any(|wing| is_in(&source.module, wing))
            && quotes.iter().any(|quote| source.words.contains(*quote))
        {
            faults.push(format!("{} quotes: leave tokens to `expand`", source.path));
        }
    }
    none(&faults);
}

/// Those of the macro that aren't tests.
fn macro_sources() -> Vec<Source> {
    let mut sources = sources("macros/src");
    sources.retain(|source| !is_in(&source.module, "tests"));
    sources
}

#[test]
fn unsafe_code_is_where_it_is_expected() {
    let mut faults = Vec::new();
    for folder in [
        "runtime/src",
        "runtime/cli/src",
        "macros/src",
        "examples",
        "tests",
    ] {
        for source in sources(folder) {
            let expected = UNSAFE.iter().any(|(path, _)| *path == source.path);
            if source.words.contains("unsafe") != expected {
                let not = if expected {
                    "no longer"
                } else {
                    "not listed, but"
                };
                faults.push(format!("{}: {not} unsafe", source.path));
            }
        }
    }
    none(&faults);
}

/// The layer of the longest listed module that this path starts with.
fn layer(path: &[String]) -> Option<usize> {
    let listed = LAYERS
        .iter()
        .enumerate()
        .flat_map(|(layer, modules)| modules.iter().map(move |module| (module, layer)));
    let around = listed.filter(|(module, _)| is_in(path, module));
    let nearest = around.max_by_key(|(module, _)| module.len());
    nearest.map(|(_, layer)| layer)
}

/// Whether the path starts with this module.
fn is_in(path: &[String], module: &str) -> bool {
    let parts: Vec<&str> = module.split("::").collect();
    path.len() >= parts.len() && parts.iter().zip(path).all(|(a, b)| a == b)
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
