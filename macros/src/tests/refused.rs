//! Refusals that no `ui/fail` case shows: the compiler itself has more to say about those
//! functions, in words that change with its version; or a sentence is to be told from another.

use super::expanded;
use crate::distributed;
use proc_macro2::TokenStream;

macro_rules! refused {
    ($($name:ident: $message:literal $source:literal)*) => {$(
        #[test]
        fn $name() {
            let output = expanded($source);
            assert!(output.contains($message), "{output}");
            assert_eq!(output.matches("compile_error!").count(), 1, "{output}");
        }
    )*};
}

refused! {
a_const_fn: "the loop of a `const fn`"
"#[parallel_for]
const fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(*x); }
    results
}"

a_yield: "`yield` in a distributed loop"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { results.push(*x); yield *x; }
}"

a_prefix_of_an_output: "this use of `state` takes the whole of `state`"
"#[parallel_for]
fn f(xs: &[u64], state: &mut State) {
    for x in xs { state.results.push(*x); show(state); }
}"

a_field_of_an_output: "this use of `results.count` reads `results`"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Results) {
    for x in xs { results.push(results.count); }
}"

a_buffer_made_anew: "`buffer` is emptied and filled again"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    for x in xs { buffer = Vec::new(); buffer.push(*x); results.push(buffer.len()); }
}"

an_unmarked_loop_in_a_branch: "several loops"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    if xs.is_empty() { for x in 0..3 { results.push(x); } }
    else { for x in xs { results.push(*x); } }
}"

a_swap_of_captured_variables: "this assigns to `a`"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut a: u64) {
    for x in xs { let mut b = 0; (a, b) = (b, *x); results.push(b); }
}"

an_assignment_in_a_macro: "`total` is changed in the arguments of `assert!`"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut total: u64) {
    for x in xs { assert!({ total += x; true }); results.push(*x); }
}"

an_output_in_a_macro_definition: "`macro_rules!` mentions `results`"
"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs {
        macro_rules! size { () => { results.len() } }
        results.push(*x);
    }
}"
}

#[test]
fn the_attribute_on_what_is_no_function() {
    for (item, message) in [
        (
            "for x in xs { results.push(x); }",
            "goes on the function around",
        ),
        ("|x| x + 1", "can't be put on a closure"),
        ("let x = 1;", "can't be put on a `let`"),
        ("mod m {}", "can't be put on a module"),
        ("use a::b;", "can't be put on this item"),
        ("fn f(;) {}", "expected"),
    ] {
        let item: TokenStream = item.parse().expect("tokens");
        let output = distributed(TokenStream::new(), &item).to_string();
        assert!(output.contains(message), "{output}");
        assert!(output.contains(&item.to_string()), "{output}");
    }
}
