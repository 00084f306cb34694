//! The name of `parallel-for` in the user's crate: another one where its manifest renames the dependency
//! (`pf = { package = "parallel-for", .. }`).
//!
//! Only lines of that form are read, in the manifest and, for inherited dependencies, in that of the
//! workspace: a manifest that can't be read changes nothing.

use std::env;
use std::fs;
use std::path::Path;

const PACKAGE: &str = "parallel-for";

/// The crate's name in paths.
pub(crate) fn name() -> String {
    let name = env::var_os("CARGO_MANIFEST_DIR").and_then(|folder| renamed_in(Path::new(&folder)));
    name.as_deref().unwrap_or(PACKAGE).replace('-', "_")
}

fn renamed_in(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let keys = keys(&manifest);
    if keys.iter().any(|key| key.name == PACKAGE) {
        return None;
    }
    if let Some(key) = keys.iter().find(|key| key.renames) {
        return Some(key.name.clone());
    }
    let inherited = folder.ancestors().skip(1).find_map(|folder| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let key = self::keys(&manifest).into_iter().find(|key| key.renames)?;
        Some(key.name)
    })?;
    let is_inherited = keys.iter().any(|key| key.name == inherited);
    is_inherited.then_some(inherited)
}

/// A dependency, as a manifest names it.
#[derive(Debug, PartialEq)]
struct Key {
    name: String,
    /// The package is ours.
    renames: bool,
}

/// The dependencies of a manifest. Some are there twice, by each line about them.
fn keys(manifest: &str) -> Vec<Key> {
    let mut table = String::new();
    let mut keys = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            header
                .split(']')
                .next()
                .unwrap_or_default()
                .clone_into(&mut table);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let (key, value) = (key.trim().replace('"', ""), value.replace(' ', ""));
        // `[dependencies]`, or `[dependencies.name]`.
        let (name, field) = if table.ends_with("dependencies") {
            let (name, field) = key.split_once('.').unwrap_or((&key, ""));
            (name.to_owned(), field.to_owned())
        } else if let Some((_, name)) = table.rsplit_once("dependencies.") {
            (name.replace('"', ""), key)
        } else {
            continue;
        };
        let package = format!("\"{PACKAGE}\"");
        let renames = match &*field {
            "" => value.contains(&format!("package={package}")),
            "package" => value.starts_with(&package),
            _ => false,
        };
        keys.push(Key { name, renames });
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::keys;

    fn renamed(manifest: &str) -> Vec<String> {
        let renaming = keys(manifest).into_iter().filter(|key| key.renames);
        renaming.map(|key| key.name).collect()
    }

    #[test]
    fn a_renamed_dependency_is_found_however_it_is_written() {
        for manifest in [
            "[dependencies]\npf = { package = \"parallel-for\", version = \"1\" }",
            "[dev-dependencies]\nserde = \"1\"\npf={version=\"1\",package=\"parallel-for\"}",
            "[workspace.dependencies]\npf.package = \"parallel-for\"",
            "[target.'cfg(unix)'.dependencies.pf]\nversion = \"1\"\npackage = \"parallel-for\" # ours",
        ] {
            assert_eq!(renamed(manifest), ["pf"], "{manifest}");
        }
    }

    #[test]
    fn others_are_not() {
        for manifest in [
            "[package]\nname = \"parallel-for\"",
            "[dependencies]\nparallel-for = \"1\"",
            "[dependencies]\npf = { package = \"parallel-for-each\" }",
            "[dependencies]\npf = { workspace = true }",
            "[lints]\npf = { package = \"parallel-for\" }",
        ] {
            assert!(renamed(manifest).is_empty(), "{manifest}");
        }
    }
}
