//! Mistakes in the parentheses of `#[parallel_for(..)]`.

use super::message;
use crate::model::Place;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::{Error, Ident, LitStr};

pub(crate) fn unknown_option(name: &Ident, options: &[&str]) -> Error {
    let quoted: Vec<String> = options.iter().map(|option| format!("`{option}`")).collect();
    let list = match &quoted[..] {
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
        [] => String::new(),
    };
    message(
        name.span(),
        &format!("`parallel_for` has no option `{name}`"),
        &format!("the options are {list}"),
    )
}

pub(crate) fn missing_value(name: &Ident, written: &str) -> Error {
    message(
        name.span(),
        &format!("the option `{name}` needs a value"),
        &format!("write {written}"),
    )
}

pub(crate) fn needless_value(name: &Ident, written: &str) -> Error {
    message(
        name.span(),
        &format!("the option `{name}` takes no value: it is given or left out"),
        &format!("write {written} alone, or remove it"),
    )
}

pub(crate) fn unknown_value(option: &Ident, given: &TokenTree, written: &str) -> Error {
    message(
        given.span(),
        &format!("the option `{option}` has no value `{given}`"),
        &format!("write {written}"),
    )
}

pub(crate) fn duplicate_option(name: &Ident) -> Error {
    message(
        name.span(),
        &format!("the option `{name}` is given twice, and a loop has only one value for it"),
        "remove one of the two",
    )
}

pub(crate) fn missing_comma(rest: &TokenStream) -> Error {
    message(
        rest.span(),
        "unexpected text after the value of an option",
        "separate options by commas: `#[parallel_for(gather = all, threads = 4)]`",
    )
}

pub(crate) fn not_a_count(option: &str, given: &TokenTree, written: &str) -> Error {
    message(
        given.span(),
        &format!(
            "`{option}` takes an integer literal of at least 1, which `{given}` is not (a macro can't \
             evaluate constants)"
        ),
        &format!("write {written}"),
    )
}

pub(crate) fn not_managed_chunk(given: &TokenStream) -> Error {
    message(
        given.span(),
        "`managed` has one option, `chunk`: the number of items handed out at a time",
        "write `schedule = managed(chunk = 16)`, or `schedule = managed` to have it chosen",
    )
}

pub(crate) fn how_often(option: &Ident) -> Error {
    message(
        option.span(),
        "`retry` says how often an iteration that panics may run again",
        "write `on_error = retry(3)`: after four panics of one iteration the loop ends",
    )
}

pub(crate) fn no_folder(given: &LitStr, written: &str) -> Error {
    message(
        given.span(),
        "`checkpoint` takes the path of a folder, and this one is empty",
        &format!("write {written}"),
    )
}

pub(crate) fn no_name(given: &LitStr, written: &str) -> Error {
    message(
        given.span(),
        "`progress` takes a name that fits into a line",
        &format!("write {written}"),
    )
}

pub(crate) fn not_a_reduction(name: &Ident, given: &TokenStream, written: &str) -> Error {
    let span = if given.is_empty() {
        name.span()
    } else {
        given.span()
    };
    message(
        span,
        "`reduce` takes variables, each with the operator or function that combines its \
         contributions",
        &format!("write {written}"),
    )
}

/// A `reduce` on the function whose variable none of its loops changes.
pub(crate) fn reduces_nothing(span: Span, variable: &Place) -> Error {
    message(
        span,
        &format!("no distributed loop of this function mentions `{variable}`"),
        "name a variable that is declared outside of the loop and changed in it, or remove this",
    )
}

pub(crate) fn not_variables(
    option: &Ident,
    given: &TokenStream,
    written: &str,
    of_a_field: &str,
) -> Error {
    message(
        given.span(),
        &format!("`{option}` takes a list of variables: no fields, and no expressions"),
        &format!("write {written}; for a field, {of_a_field}"),
    )
}

/// A `per_rank` of something else.
pub(crate) fn not_per_rank(name: &Ident) -> Error {
    message(
        name.span(),
        &format!(
            "the loop doesn't use `{name}`, so it makes no difference whether each rank has its own"
        ),
        "name a variable that is declared outside of the loop and used in it, or remove this",
    )
}

pub(crate) fn variable_twice(name: &Ident) -> Error {
    message(
        name.span(),
        &format!("`{name}` is given twice: once is enough"),
        "remove one of the two",
    )
}
