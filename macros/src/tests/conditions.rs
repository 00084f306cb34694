//! Functions whose loops depend on `#[cfg(..)]`, in each state of the condition.

use super::expanded;
use super::expansion::snapshots;
use expect_test::expect_file;

snapshots! {
an_output_under_a_condition: r#"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    #[cfg(feature = "stats")]
    let mut stats = Vec::new();
    for x in xs {
        #[cfg(feature = "stats")]
        stats.push(x);
        #[cfg(not(feature = "stats"))]
        results.push(0);
        results.push(*x);
    }
    results
}"#

main_without_its_loop: r"#[parallel_for]
fn main() {
    let mut results = Vec::new();
    #[cfg(unix)]
    {
        for x in 0..10 { results.push(x); }
    }
    save(&results);
}"

conditions_of_other_things: r"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    #[cfg(a)]
    let n = 1;
    #[cfg(not(a))]
    let n = 2;
    let mut results = Vec::new();
    for x in xs {
        #[cfg(unix)]
        fn item() {}
        #[cfg_attr(b, allow(unused))]
        let y = x * n;
        results.push(y);
    }
    #[cfg(c)]
    show(&results);
    results
}"
}

/// The variant under a condition.
fn variant(output: &str, condition: &str) -> String {
    let start = output.find(&format!("#[cfg({condition})]"));
    let (_, variant) = output.split_at(start.unwrap_or_else(|| panic!("{condition}: {output}")));
    let end = variant[1..].find("#[cfg(all(");
    end.map_or(variant, |end| &variant[..=end]).to_owned()
}

#[test]
fn one_of_two_loops() {
    let output = expanded(
        r"#[parallel_for]
        fn main() {
            let mut results = Vec::new();
            #[cfg(a)]
            #[parallel_for]
            for x in these { results.push(x); }
            #[cfg(not(a))]
            for x in those { results.push(x); }
            save(&results);
        }",
    );
    for (condition, items) in [("all(a)", "these"), ("all(not(a))", "those")] {
        let variant = variant(&output, condition);
        assert!(variant.contains(&format!("items!({items})")), "{variant}");
        assert_eq!(variant.matches("main_goes_on").count(), 1, "{variant}");
    }
}

#[test]
fn a_mark_under_a_condition() {
    let output = expanded(
        r"#[parallel_for]
        fn f() {
            #[cfg_attr(not(b), parallel_for(threads = 2), allow(unused))]
            for x in these { total += x; }
            #[cfg_attr(b, parallel_for)]
            for x in those { total += x; }
        }",
    );
    assert!(
        variant(&output, "all(b)").contains("items!(those)"),
        "{output}"
    );
    assert!(
        variant(&output, "all(not(b))").contains("items!(these)"),
        "{output}"
    );
}

#[test]
fn a_mistake_is_one_of_its_variant() {
    let output = expanded(
        r"#[parallel_for]
        fn f() {
            for x in xs { #[cfg(a)] if results.len() > 3 { break; } results.push(x); }
        }",
    );
    let errors: Vec<&str> = output.matches("compile_error").collect();
    assert_eq!(errors.len(), 1, "{output}");
    let (before, _) = output.split_once("compile_error").expect("an error");
    assert!(before.trim_end().ends_with("#[cfg(all(a))]"), "{output}");
}

#[test]
fn without_a_loop_in_any_state() {
    let output = expanded(
        r"#[parallel_for]
        fn f() { #[cfg(a)] for x in xs { show(x); } #[cfg(not(a))] for x in xs { show(x); } }",
    );
    assert!(output.contains("no loop in this function"), "{output}");
}

#[test]
fn too_many_conditions() {
    let output = expanded(
        r"#[parallel_for]
        fn f() {
            for x in xs {
                #[cfg(a)] results.push(1);
                #[cfg(b)] results.push(1);
                #[cfg(not(c))] results.push(1);
                #[cfg(any(a, b))] results.push(1);
            }
        }",
    );
    assert!(
        output.contains("more than 3 different conditions"),
        "{output}"
    );
    assert_eq!(output.matches("compile_error").count(), 1, "{output}");
}
