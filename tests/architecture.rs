//! The layers of the runtime and the duties of the macro's modules, read off their sources:
//! who may name whom, and which file alone may touch what.

#[path = "architecture/sources.rs"]
mod sources;

use sources::sources;

/// The modules of the runtime by layer; a module below another counts as that one unless it is
/// listed itself. None may name a module of a higher layer.
const LAYERS: &[(usize, &[&str])] = &[
    (
        0,
        &[
            "answer",
            "doubts",
            "error",
            "faithful",
            "fallible",
            "fingerprint",
            "hashed",
            "operation",
            "panicking",
            "place",
            "plain",
            "shared_state",
            "text",
            "usage",
            "wait",
            "wire",
        ],
    ),
    (
        1,
        &[
            "captures",
            "coming_from",
            "fabric",
            "errors",
            "gather",
            "items",
            "limits",
            "mailbox",
            "matching",
            "options",
            "protocol",
            "schedule",
            "sharing",
            "topology",
        ],
    ),
    (2, &["collectives", "cores", "crew", "launcher", "link"]),
    (2, &["fabric::contract", "fabric::mpi"]),
    (2, &["fabric::single", "fabric::threads"]),
    (3, &["lifecycle", "protocol::drive", "world"]),
    (
        4,
        &[
            "collection",
            "communicator",
            "dispatch",
            "distribute",
            "map",
            "prints",
            "ranks",
            "split",
        ],
    ),
    (5, &["private"]),
];

/// Layer 1 is logic alone: what it needs of these, the layers above hand to it.
const OUTSIDE_WORLD: &[&str] = &["env", "fs", "net", "process", "thread", "time"];

/// The files with `unsafe` code, each with the reason.
const UNSAFE: &[(&str, &str)] = &[
    (
        "runtime/src/captures/place.rs",
        "a captured field may lie in a packed struct, where it has no reference",
    ),
    (
        "runtime/src/crew/lend.rs",
        "threads that outlive a loop run its body, which borrows",
    ),
    (
        "runtime/src/fabric/mpi/buffers.rs",
        "a message on its way uses its buffer for longer than the call that names it",
    ),
    (
        "runtime/src/fabric/mpi/calls.rs",
        "the `mpi` crate ignores the error codes that the C library returns",
    ),
    (
        "runtime/src/lifecycle.rs",
        "only the C library tells at exit which status the process ends with",
    ),
    (
        "examples/c_function/main.rs",
        "it shows how to call a function that is written in C",
    ),
];

/// The files that may be longer than the others, each with the reason.
const LONG: &[(&str, &str)] = &[
    (
        "macros/src/analyze/mentions.rs",
        "every way to use a variable",
    ),
    ("macros/src/tests/accepted.rs", "a list of small cases"),
    ("macros/src/tests/refused.rs", "a list of small cases"),
    ("runtime/src/fingerprint.rs", "every method of a serializer"),
    (
        "runtime/src/protocol/drive/desk.rs",
        "a chunk and its items are taken in one step",
    ),
    (
        "runtime/src/protocol/drive/hands.rs",
        "the way of a chunk on its thread, to all of its ends",
    ),
    ("runtime/src/protocol/message.rs", "every message"),
    ("runtime/src/text.rs", "one small reader, with its tests"),
    ("tests/faults.rs", "a list of small cases"),
];

const MAX_LINES: usize = 300;

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
fn layer_one_has_no_outside_world() {
    let mut faults = Vec::new();
    for source in sources("runtime/src") {
        if layer(&source.module) != Some(1) {
            continue;
        }
        for path in &source.paths {
            if let [std, module, ..] = &path[..]
                && std == "std"
                && OUTSIDE_WORLD.contains(&module.as_str())
                && path.last().is_none_or(|last| last != "Duration")
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
        ("mpi", "runtime/src/fabric/mpi/"),
        ("bitcode", "runtime/src/wire.rs"),
        ("rmp_serde", "runtime/src/wire.rs"),
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
fn analyze_and_check_do_not_quote() {
    let mut faults = Vec::new();
    for source in sources("macros/src") {
        let duty = source.module.first().map(String::as_str);
        let quotes = ["quote!", "quote_spanned!"];
        if matches!(duty, Some("analyze" | "check"))
            && quotes.iter().any(|quote| source.words.contains(*quote))
        {
            faults.push(format!("{} quotes: leave tokens to `expand`", source.path));
        }
    }
    none(&faults);
}

#[test]
fn unsafe_code_is_where_it_is_expected() {
    let mut faults = Vec::new();
    for folder in ["runtime/src", "macros/src", "examples", "tests"] {
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

#[test]
fn files_are_short() {
    let mut faults = Vec::new();
    for folder in ["runtime/src", "macros/src", "examples", "tests"] {
        for source in sources(folder) {
            let expected = LONG.iter().any(|(path, _)| *path == source.path);
            if (source.lines > MAX_LINES) != expected {
                faults.push(format!("{} has {} lines", source.path, source.lines));
            }
        }
    }
    none(&faults);
}

/// The layer of the longest listed module that this path starts with.
fn layer(path: &[String]) -> Option<usize> {
    let mut found = None;
    for (layer, modules) in LAYERS {
        for module in *modules {
            let parts: Vec<&str> = module.split("::").collect();
            let starts = path.len() >= parts.len() && parts.iter().zip(path).all(|(a, b)| a == b);
            if starts && found.is_none_or(|(length, _)| length < parts.len()) {
                found = Some((parts.len(), *layer));
            }
        }
    }
    found.map(|(_, layer)| layer)
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
