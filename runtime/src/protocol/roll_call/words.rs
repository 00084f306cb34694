//! In which words ranks disagree.

use std::fmt;

use super::{Refusal, builds};
use crate::base::rank::Rank;
use crate::loop_parts::captures::Difference;
use crate::protocol::message::{Details, Entry};

/// The usual reasons why ranks have different items.
pub(crate) const USUAL_CAUSE: &str = "help: every rank makes the items itself, so they must not depend on the rank. Usual causes: \
the order of a `HashMap` or of `read_dir` (sort it), random numbers without a fixed seed, standard input, the clock. \
Where only one rank can know the items, write `#[parallel_for(items = master)]`";

/// The usual reasons why ranks have different variables.
const CAPTURE_CAUSE: &str = "help: every rank computes its variables itself, so they must not depend on the rank. Usual causes: \
the order of a `HashMap` or `HashSet` (collect and sort), the clock, `process::id()`, random numbers without a fixed seed. \
Compute the variable once for all ranks, `let x = parallel_for::on_master(|| ..);`; ask in the body for what is meant to differ, \
such as `parallel_for::rank()`; or, where each rank may have its own, write `#[parallel_for(per_rank(x))]`";

/// Why ranks have the same hash table in different orders.
const ORDER_CAUSE: &str = "help: each process seeds its hash tables anew, so their order differs from rank to rank, and from \
run to run. Use a `BTreeMap` or `BTreeSet`; or collect the keys into a `Vec` before the loop, sort it, and go through that; \
or give the table a hasher with a fixed seed";

/// Whether two ranks make the same call, which is this one of all.
pub(super) fn agree(
    (keeper, ours): (Rank, &Entry),
    (rank, theirs): (Rank, &Entry),
    place: fmt::Arguments<'_>,
) -> Result<(), Refusal> {
    let elsewhere = ours.call.has_one_place() && ours.site != theirs.site;
    let difference = if let Some(words) = builds::difference((keeper, ours), (rank, theirs)) {
        words
    } else if ours.call != theirs.call || elsewhere {
        format!(
            "rank {rank} is in {theirs}, but rank {keeper} is in {ours} ({place})\n\
             help: every rank must reach the same loops and calls in the same order: don't let a condition \
             that differs between ranks skip one"
        )
    } else if ours.root != theirs.root {
        let root = |entry: &Entry| {
            entry
                .root
                .map_or("no root".to_owned(), |root| format!("root {root}"))
        };
        format!(
            "{ours} has {} on rank {keeper}, but {} on rank {rank} ({place})\n\
             help: every rank must name the same root: don't compute it from what differs between ranks",
            root(ours),
            root(theirs)
        )
    } else if ours.details != theirs.details {
        let nothing = Details::Words("nothing".into());
        let details = |entry: &Entry| entry.details.as_ref().unwrap_or(&nothing).to_string();
        format!(
            "rank {keeper} passes {} to {ours}, but rank {rank} passes {} ({place})\n\
             help: all ranks must pass the same type, and equally many numbers where the call says so",
            details(ours),
            details(theirs)
        )
    } else if let (Some(our_length), Some(their_length)) = (ours.length, theirs.length)
        && our_length != their_length
    {
        format!(
            "{ours} has {our_length} items on rank {keeper}, but {their_length} on rank {rank}; \
             the first iteration that differs is {}\n{USUAL_CAUSE}",
            our_length.min(their_length)
        )
    } else if ours.fingerprint != theirs.fingerprint {
        format!(
            "{ours} has different items on rank {rank} than on rank {keeper}, from iteration 0 on\n{USUAL_CAUSE}"
        )
    } else if let Some((captured, Difference::Order)) = differing(ours, theirs) {
        format!(
            "`{captured}` is a hash table, and the body depends on its order, which differs between rank {keeper} and rank \
             {rank} when {ours} begins\n{ORDER_CAUSE}"
        )
    } else if let Some((captured, where_)) = differing(ours, theirs) {
        format!(
            "`{captured}`, which the body uses, differs between rank {keeper} and rank {rank} when {ours} \
             begins: {where_}\n{CAPTURE_CAUSE}"
        )
    } else {
        return Ok(());
    };
    Err(Refusal::Disagreement(difference))
}

/// The first captured variable that differs, and where.
fn differing<'a>(ours: &'a Entry, theirs: &Entry) -> Option<(&'a str, Difference)> {
    // A rank whose environment turns the comparison off tells of none.
    let mut pairs = ours.captures.iter().zip(&theirs.captures);
    pairs.find_map(|(ours, theirs)| {
        let (seen, theirs) = (ours.sketch.as_ref()?, theirs.sketch.as_ref()?);
        Some((&*ours.name, seen.difference(theirs)?))
    })
}

/// A rank has left, and so never enters a call of the others.
pub(super) fn left_early(rank: Rank, entry: &Entry) -> Refusal {
    Refusal::Disagreement(format!(
        "rank {rank} left the program with exit code 0, while the others were in {entry}\n\
         help: don't `return` or `exit` on some ranks only: every rank must reach the same loops and calls"
    ))
}

/// A rank that divides items by hand makes a call of all ranks meanwhile.
pub(crate) fn nested(rank: Rank, inner: &Entry, outer: &Entry) -> Refusal {
    Refusal::Disagreement(format!(
        "rank {rank} reaches {inner} inside of {outer}, where the master only hands out items\n\
         help: make such a call before or after the split"
    ))
}

/// The keeper has left, and so never enters a call of another rank.
pub(crate) fn never_entered(keeper: Rank, rank: Rank, entry: &Entry) -> Refusal {
    Refusal::Disagreement(format!(
        "rank {keeper} left the program while rank {rank} was in {entry}\n\
         help: every rank must reach the same loops and calls: don't let a condition that \
         differs between ranks (the rank's number, an environment variable, the clock) skip one"
    ))
}
