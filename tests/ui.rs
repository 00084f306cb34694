//! What the macro refuses, and in which words. `TRYBUILD=overwrite` writes the words anew: read
//! them as a user would.

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
}
