//! In which words ranks differ that run different builds of a program.

use crate::base::rank::Rank;
use crate::protocol::message::Entry;

const HELP: &str = "rebuild the program, and make sure that every node starts the same binary";

/// How two ranks differ in a loop that is meant to be one.
pub(super) fn difference(
    (keeper, ours): (Rank, &Entry),
    (rank, theirs): (Rank, &Entry),
) -> Option<String> {
    let (our_loop, their_loop) = (ours.identity.as_ref()?, theirs.identity.as_ref()?);
    // The n-th loop of a function has one place in a build.
    let (same_name, same_place) = (our_loop.has_name_of(their_loop), ours.site == theirs.site);
    if !same_name && !same_place {
        return None;
    }
    let (our_function, their_function) = (&our_loop.function, &their_loop.function);
    let (place, sender) = (&theirs.site, on_host(rank, theirs));
    let keeper = on_host(keeper, ours);
    let same_function = our_function == their_function;
    if !same_function && our_loop.is_written_as(their_loop) {
        return Some(format!(
            "{sender} reaches {ours} in `{their_function}`, but {keeper} in `{our_function}`\n\
             help: every rank must call a generic function with the same types. Where each does, ranks run different builds: {HELP}"
        ));
    }
    let elsewhere = (!same_place).then(|| format!("its place, {place} on rank {rank}"));
    let renamed =
        (!same_function).then(|| format!("its function, `{their_function}` on rank {rank}"));
    let others = our_loop.differences(their_loop);
    let differences: Vec<String> = elsewhere.into_iter().chain(renamed).chain(others).collect();
    (!differences.is_empty()).then(|| {
        format!(
            "{sender} runs another build of the program than {keeper}: {ours}, in `{our_function}`, differs in {}\n\
             help: {HELP}",
            differences.join(", and ")
        )
    })
}

/// A rank, and its host where its entry names that.
fn on_host(rank: Rank, entry: &Entry) -> String {
    let host = entry.host.as_ref();
    host.map_or(format!("rank {rank}"), |host| {
        format!("rank {rank} ({host})")
    })
}
