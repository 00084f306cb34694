//! Attributes in places where they can't work.

use super::message;
use proc_macro2::Span;
use syn::Error;

const GOES_ON: &str = "`#[parallel_for]` goes on the function around the loop";

pub(crate) fn not_a_function(span: Span, found: &str) -> Error {
    message(
        span,
        &format!("`#[parallel_for]` can't be put on {found}: it distributes a loop in a function"),
        "put it on the `fn` that contains the loop",
    )
}

pub(crate) fn on_the_loop(span: Span) -> Error {
    message(
        span,
        &format!("{GOES_ON}: that function has to know that its loop is distributed"),
        "put `#[parallel_for]` on the `fn`; on the `for` it only says which of several loops is \
         meant",
    )
}

pub(crate) fn no_body(span: Span) -> Error {
    message(
        span,
        "this function has no body, so there is no loop to be distributed",
        "put `#[parallel_for]` on the method in the `impl` instead",
    )
}

pub(crate) fn many_conditions(span: Span, most: usize) -> Error {
    message(
        span,
        &format!(
            "`#[cfg]` in and around the loops of this function uses more than {most} different \
             conditions, and the function is analyzed once for each of their combinations"
        ),
        "move what depends on them into functions of its own, or write `if cfg!(..)`",
    )
}

pub(crate) fn const_fn(span: Span) -> Error {
    message(
        span,
        "the loop of a `const fn` can't be distributed: it also runs in the compiler, where there \
         are no ranks",
        "remove `const`, or move the loop to a function of its own",
    )
}

pub(crate) fn unsafe_fn(span: Span) -> Error {
    message(
        span,
        "the loop of an `unsafe fn` can't be distributed: what its callers promise for one thread \
         says nothing about many",
        "move the loop to a safe function, with an `unsafe` block around the call in its body",
    )
}

pub(crate) fn extern_fn(span: Span) -> Error {
    message(
        span,
        "the loop of an `extern` function can't be distributed: a failure on another rank could \
         not unwind into its foreign callers",
        "move the loop to an ordinary function, and call that one here",
    )
}

/// `instead`: what the loop that it is on is as a `for`.
pub(crate) fn mark_not_on_for(span: Span, instead: Option<&str>) -> Error {
    let help = instead.map_or_else(
        || "put it directly in front of the `for`, or remove it".to_owned(),
        |instead| format!("write the loop as a `for`: `{instead}`"),
    );
    message(
        span,
        "this `#[parallel_for]` is not on a `for` loop, and nothing else can be distributed",
        &help,
    )
}

pub(crate) fn marked_in_closure(span: Span) -> Error {
    message(
        span,
        "a loop inside a closure or an `async` block can't be distributed: the ranks would have to \
         agree on when, and how often, it is called",
        "move the loop out of the closure, or to a function of its own with `#[parallel_for]`",
    )
}

pub(crate) fn marked_in_marked(span: Span) -> Error {
    message(
        span,
        "this loop stands inside a loop that is distributed itself: an iteration runs on one rank, \
         with all of its inner loops",
        "keep `#[parallel_for]` on one of the two",
    )
}
