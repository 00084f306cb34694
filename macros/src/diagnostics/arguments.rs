//! Mistakes in the parentheses of `#[parallel_for(..)]`.

use super::message;
use crate::model::Place;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::{Error, Ident};

/// The options, and how their values are written.
pub(crate) const OPTIONS: [(&str, &str); 7] = [
    ("gather", "`gather = master` or `gather = all`"),
    (
        "schedule",
        "`schedule = managed`, `schedule = managed(chunk = 16)`, `schedule = round_robin` or \
         `schedule = blocks`",
    ),
    ("threads", "`threads = 4`"),
    ("items", "`items = all` or `items = master`"),
    (
        "reduce",
        "`reduce(total: +)`, with one of `+ - * & | ^ max min` or the path of a function",
    ),
    ("private", "`private(buffer)`"),
    ("per_rank", "`per_rank(cache)`"),
];

fn legal_values(option: &str) -> &'static str {
    OPTIONS
        .iter()
        .find(|(name, _)| *name == option)
        .map_or("`schedule = managed(chunk = 16)`", |(_, values)| *values)
}

pub(crate) fn unknown_option(name: &Ident) -> Error {
    message(
        name.span(),
        &format!("`parallel_for` has no option `{name}`"),
        "the options are `gather`, `schedule`, `threads`, `items`, `reduce`, `private` and `per_rank`",
    )
}

pub(crate) fn missing_value(name: &Ident) -> Error {
    message(
        name.span(),
        &format!("the option `{name}` needs a value"),
        &format!("write {}", legal_values(&name.to_string())),
    )
}

pub(crate) fn unknown_value(option: &str, given: &TokenTree) -> Error {
    message(
        given.span(),
        &format!("the option `{option}` has no value `{given}`"),
        &format!("write {}", legal_values(option)),
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

pub(crate) fn not_a_count(option: &str, given: &TokenTree) -> Error {
    message(
        given.span(),
        &format!(
            "`{option}` takes an integer literal of at least 1, which `{given}` is not (a macro can't \
             evaluate constants)"
        ),
        &format!("write {}", legal_values(option)),
    )
}

pub(crate) fn not_managed_chunk(given: &TokenStream) -> Error {
    message(
        given.span(),
        "`managed` has one option, `chunk`: the number of items handed out at a time",
        "write `schedule = managed(chunk = 16)`, or `schedule = managed` to have it chosen",
    )
}

pub(crate) fn not_a_reduction(name: &Ident, given: &TokenStream) -> Error {
    let span = if given.is_empty() {
        name.span()
    } else {
        given.span()
    };
    message(
        span,
        "`reduce` takes variables, each with the operator or function that combines its \
         contributions",
        &format!("write {}", legal_values("reduce")),
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

pub(crate) fn not_variables(option: &Ident, given: &TokenStream) -> Error {
    let (of_a_field, written) = match &*option.to_string() {
        "private" => (
            "make a variable in the body",
            "`private(buffer)`, or `private(buffer, row)`",
        ),
        _ => (
            "name its variable",
            "`per_rank(cache)`, or `per_rank(cache, folder)`",
        ),
    };
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
