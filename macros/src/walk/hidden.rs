//! Places that a body looks at without naming them as variables.

use super::closures;
use super::open_loop::OpenLoop;
use super::walker::{Seen, Walker};
use crate::model::{Place, Usage};

/// After the walk: what the body looks at through closures that borrow it, and in the arguments of
/// macros that it doesn't know.
pub(super) fn hidden(walker: &Walker, open: &OpenLoop) -> Vec<Place> {
    let (start, end) = open.mentioned;
    let mut hidden = closures::borrowed(walker, open);
    let body = walker.seen[start..end].iter();
    for seen in body.filter(|seen| walker.depth_of(seen.binding) < open.depth) {
        if matches!(seen.mention.usage, Usage::UnknownMacro(_)) && is_there(walker, open, seen) {
            hidden.push(seen.mention.place.clone());
        }
    }
    hidden
}

/// Whether a variable was certainly not moved before the loop; among tokens its name may mean
/// something else.
fn is_there(walker: &Walker, open: &OpenLoop, variable: &Seen) -> bool {
    const STAYS: [&str; 10] = [
        "dedup",
        "extend",
        "insert",
        "is_empty",
        "iter",
        "len",
        "push",
        "sort",
        "sort_by_key",
        "sort_unstable",
    ];
    let (start, end) = open.mentioned;
    let is_it = |seen: &&Seen| seen.binding == variable.binding;
    let stays = |seen: &Seen| match &seen.mention.usage {
        Usage::Borrow | Usage::Element | Usage::FormatString(_) => true,
        Usage::Method { name, .. } | Usage::Append { method: name, .. } => STAYS.contains(&&**name),
        _ => false,
    };
    walker.seen[end..].iter().any(|seen| is_it(&seen))
        || walker.seen[..start].iter().filter(is_it).all(stays)
}
