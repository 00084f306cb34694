//! With the feature `sequential` the function stays as it is written, and is still checked.

use super::expanded;

#[test]
fn a_correct_function_loses_only_its_marks() {
    let output = expanded(
        r#"#[parallel_for(threads = 2)]
        fn f(xs: &[u64]) -> Vec<u64> {
            let mut results = Vec::new();
            #[parallel_for(gather = all)]
            for x in xs { results.push(*x); }
            println!("done");
            results
        }"#,
    );
    for foreign in ["parallel_for", "__"] {
        assert!(!output.contains(foreign), "{output}");
    }
}

#[test]
fn a_mistake_is_still_reported() {
    let output = expanded(
        r"#[parallel_for]
        fn f(xs: &[u64]) -> Vec<u64> {
            let mut results = Vec::new();
            for x in xs { if results.len() < 3 { results.push(*x); } }
            results
        }",
    );
    assert!(output.contains("compile_error"), "{output}");
}
