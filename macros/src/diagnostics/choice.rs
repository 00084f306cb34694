//! Doubts about which loop to distribute, and about where its outputs can go.

use super::message;
use crate::model::Denied;
use proc_macro2::Span;
use syn::Error;

/// `as_for`: the line of a `while`, and what it is as a `for`.
pub(crate) fn no_loop(span: Span, as_for: Option<(usize, &str)>) -> Error {
    let help = as_for.map_or_else(
        || {
            "fill a collection: `let mut results = Vec::new(); for item in items { results.push(work(item)); }`"
                .to_owned()
        },
        |(line, instead)| {
            format!("only a `for` can be distributed: write the `while` of line {line} as one, `{instead}`")
        },
    );
    message(
        span,
        "no loop in this function fills a collection, reduces a variable or updates elements in \
         place that are declared outside of it, or searches for a value to return, so there is \
         nothing to distribute",
        &help,
    )
}

pub(crate) fn only_in_closure(span: Span) -> Error {
    message(
        span,
        "the only loop of this function that fills a collection, reduces a variable or updates \
         elements in place is inside a closure or an `async` block, where it can't be distributed: \
         the ranks would have to agree on when, and how often, it is called",
        "move the loop out of the closure, or to a function of its own with `#[parallel_for]`",
    )
}

/// `lines`: `12: for x in xs`, one for each candidate.
pub(crate) fn several_loops(span: Span, lines: &[String]) -> Error {
    let list = lines.join(
        "
    line ",
    );
    message(
        span,
        &format!(
            "several loops in this function fill a collection, reduce a variable, update elements \
             in place or search for a value, so it is ambiguous which loop to distribute:\n    \
             line {list}"
        ),
        "write `#[parallel_for]` before each `for` to distribute; the others run unchanged on \
         every rank",
    )
}

pub(crate) fn fills_nothing(span: Span) -> Error {
    message(
        span,
        "this loop neither fills a collection, nor reduces a variable or updates elements in place \
         that are declared outside of it, nor searches for a value to return: its results would be \
         lost on the ranks that compute them",
        "declare `let mut results = Vec::new();` before the loop, and `results.push(..)` in it",
    )
}

pub(crate) fn prints_alone(span: Span) -> Error {
    message(
        span,
        "this loop does nothing but print, and its iterations would print in any order",
        "leave it a plain loop; or make the lines in the loop, `lines.push(format!(..));`, and print them after it",
    )
}

pub(crate) fn denied_master(span: Span, why: Denied) -> Error {
    match why {
        Denied::NotLast => message(
            span,
            "`gather = master` is for the last distributed loop of a function: after it only the \
             master goes on, and the loops that follow need every rank",
            "write `gather = all`, or leave it out here",
        ),
        Denied::InsideLoop => message(
            span,
            "`gather = master` is not possible inside another loop: after it only the master goes \
             on, and the next round needs every rank",
            "write `gather = all`, or leave it out here",
        ),
    }
}

pub(crate) fn local_items_of_the_master(the_for: Span) -> Error {
    message(
        the_for,
        "with `items = master` the items travel from the master to the other ranks, and with `local` every rank runs \
         the whole loop by itself",
        "leave `items = master` out, and get what only the master can read before the loop, as a list: \
         `let items = parallel_for::on_master(read);`; or leave `local` out",
    )
}

pub(crate) fn local_and_kept(the_for: Span) -> Error {
    message(
        the_for,
        "with `checkpoint` the master keeps what all ranks have finished of a loop, and with `local` every rank runs \
         the whole loop by itself",
        "leave one of the two out",
    )
}

pub(crate) fn items_without_manager(the_for: Span) -> Error {
    message(
        the_for,
        "with `items = master` the items travel with the master's orders, and this schedule has none",
        "write `schedule = managed`, or leave the schedule out",
    )
}
