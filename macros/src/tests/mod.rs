//! Expansions of functions, without a compiler around them.

mod accepted;
#[cfg(not(feature = "sequential"))]
mod asked;
#[cfg(not(feature = "sequential"))]
mod changes;
#[cfg(not(feature = "sequential"))]
mod choice;
#[cfg(not(feature = "sequential"))]
mod conditions;
#[cfg(not(feature = "sequential"))]
mod expansion;
#[cfg(not(feature = "sequential"))]
mod lints;
mod refused;
#[cfg(not(feature = "sequential"))]
mod replays;
#[cfg(feature = "sequential")]
mod sequential;

use crate::distributed;
use proc_macro2::TokenStream;

/// The expansion of a function whose attribute is its first line, as formatted Rust.
fn expanded(source: &str) -> String {
    let (attribute, function) = source
        .trim()
        .split_once('\n')
        .expect("an attribute, a function");
    let options = attribute
        .trim()
        .strip_prefix("#[parallel_for")
        .expect("the attribute first");
    let options = options.trim_end_matches(']').trim_start_matches('(');
    let options = options.strip_suffix(')').unwrap_or(options);
    let parse = |text: &str| text.parse::<TokenStream>().expect("tokens");
    let output = distributed(&parse(options), &parse(function));
    let file = syn::parse2(output).expect("an expansion that is Rust");
    let output = prettyplease::unparse(&file);
    assert!(!output.contains("__parallel_for_"), "{output}");
    output
}
