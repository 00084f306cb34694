//! Whether cargo and rustc are new enough.

use super::Finding;
use crate::doctor::facts::Facts;

/// What the library needs: the workspace has one for all.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    facts
        .tools
        .iter()
        .map(|(name, version)| tool(name, version.as_deref()))
        .collect()
}

fn tool(name: &str, version: Option<&str>) -> Finding {
    let Some(said) = version else {
        return Finding::missing(name, "install Rust: https://rustup.rs");
    };
    match number(said) {
        Some(found) if Some(found) >= number(OLDEST) => {
            Finding::ok(format!("{said}: {OLDEST} or newer is needed"))
        }
        Some(_) => Finding::missing(
            format!("{OLDEST} or newer of {name}: this is {said}"),
            "`rustup update stable`",
        ),
        None => Finding::warning(
            format!("{name} says nothing of its version: {said}"),
            format!("{OLDEST} or newer is needed"),
        ),
    }
}

/// The first two numbers of the first word that begins with one.
fn number(said: &str) -> Option<(u32, u32)> {
    let word = said
        .split(' ')
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut parts = word.split(['.', '-']).map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::findings::Mark;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(number(OLDEST), Some((1, 89)));
        assert_eq!(tool("cargo", Some("cargo 1.89.0 (0)")).mark, Mark::Ok);
        assert_eq!(
            tool("cargo", Some("cargo 1.100.0-nightly (0)")).mark,
            Mark::Ok
        );
        assert_eq!(tool("cargo", Some("cargo 2.0.0")).mark, Mark::Ok);
        let old = tool("rustc", Some("rustc 1.88.1 (0)"));
        assert_eq!(old.mark, Mark::Missing);
        assert!(
            old.to_string()
                .contains("1.89 or newer of rustc: this is rustc 1.88.1"),
            "{old}"
        );
        assert_eq!(tool("rustc", None).mark, Mark::Missing);
        assert_eq!(tool("rustc", Some("a rustc")).mark, Mark::Warning);
    }
}
