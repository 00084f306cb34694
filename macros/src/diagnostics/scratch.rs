//! Variables that were meant to be scratch, or look like it, and can't be.

use super::message;
use crate::model::{ScratchMistake, ScratchMistakeKind};
use syn::{Error, Ident};

pub(crate) fn no_scratch(mistake: &ScratchMistake) -> Error {
    let name = &mistake.name;
    let error = |what: &str, help: &str| message(mistake.span, what, help);
    let inside = format!("declare it inside the body: `let mut {name} = ..;`");
    match mistake.kind {
        ScratchMistakeKind::UsedLater => error(
            &format!(
                "each iteration works on a `{name}` of its own, and `{name}` is used after the \
                 loop as well: it would hold what the last iteration, possibly on another rank, \
                 left in it"
            ),
            &format!(
                "{inside}, and push what is needed after the loop; or use another variable there"
            ),
        ),
        ScratchMistakeKind::NothingInIt => error(
            &format!(
                "`{name}` is declared outside of the loop without a value, and each iteration \
                 needs one of its own"
            ),
            &format!("declare it here: `let {name} = ..;`"),
        ),
        ScratchMistakeKind::Lent => error(
            &format!(
                "each iteration would work on a `{name}` of its own, but `{name}` is a reference: \
                 its owner could look at what the last iteration left in it"
            ),
            &format!("{inside}; or, if nobody looks at it, `#[parallel_for(private({name}))]`"),
        ),
        ScratchMistakeKind::UnknownType => error(
            &format!(
                "`{name}` is emptied first, but its type is not a collection that is known to keep \
                 nothing then: it may still hold what earlier iterations, possibly on other ranks, \
                 left in it"
            ),
            &format!(
                "{inside}; or, if nothing else of it matters, `#[parallel_for(private({name}))]`: \
                 each iteration then starts from a clone"
            ),
        ),
        ScratchMistakeKind::Length => error(
            &format!(
                "`{name}` is filled first, but its length may change in the loop, and then it \
                 depends on earlier iterations, which may run on other ranks"
            ),
            &format!(
                "`{name}.clear();` and `{name}.resize(..)` at the start of the body; or \
                 `#[parallel_for(private({name}))]`: each iteration then starts from a clone"
            ),
        ),
        ScratchMistakeKind::NotCaptured => not_captured(&Ident::new(name, mistake.span)),
        ScratchMistakeKind::NotChanged => error(
            &format!("the loop doesn't change `{name}`, and so it needs no copies of it"),
            "leave it out: all iterations read the same variable",
        ),
        ScratchMistakeKind::Slice => error(
            &format!("`{name}` is a slice, and an iteration can't have a slice of its own"),
            &format!("copy it inside the body: `let mut {name} = {name}.to_vec();`"),
        ),
    }
}

pub(crate) fn not_captured(name: &Ident) -> Error {
    message(
        name.span(),
        &format!("`{name}` is not a variable that is declared outside of the loop and used in it"),
        "name the variables that each iteration needs a copy of",
    )
}
