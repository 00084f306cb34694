//! Which function `main` is the program's: the one at the root of its crate, unless the program names another
//! module.
//!
//! Invariant: it is named before any rank asks, and once.

use std::sync::OnceLock;

static NAMED: OnceLock<&'static str> = OnceLock::new();

/// Makes the function `main` in this module, a path of `module_path!`, the program's: several programs can
/// share a binary then.
///
/// # Panics
/// If another one was named before.
pub fn main_is_in(module: &'static str) {
    assert!(
        *NAMED.get_or_init(|| module) == module,
        "a program has one `main`"
    );
}

/// Whether a function `main` in this module is the program's.
pub(crate) fn has_main(module: &str) -> bool {
    is_main(module, NAMED.get().copied())
}

fn is_main(module: &str, named: Option<&str>) -> bool {
    named.map_or_else(|| !module.contains("::"), |named| named == module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_module_has_the_main_of_the_program() {
        assert!(is_main("sums", None));
        assert!(!is_main("sums::inner", None));
        let named = Some("programs::sums");
        assert!(is_main("programs::sums", named));
        assert!(!is_main("programs::sums::inner", named));
        assert!(!is_main("programs", named));
    }
}
