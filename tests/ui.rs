//! What the macro refuses, and in which words. `TRYBUILD=overwrite` writes the words anew: read
//! them as a user would.

use parallel_for_tests::is_compiler_of;

#[test]
fn mistakes_are_explained() {
    // Half of the words are the compiler's.
    if is_compiler_of("mistakes") {
        trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
    }
}
