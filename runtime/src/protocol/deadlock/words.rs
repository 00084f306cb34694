//! In which words ranks are told that they wait forever.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Awaited, Stand};
use crate::base::rank::{MASTER, Rank};

/// So many ranks are listed, those that can't go on first.
const LISTED: usize = 32;

/// The whole message.
pub(super) fn describe(
    stands: &[Stand<'_>],
    stuck: &[bool],
    hosts: &BTreeMap<Rank, String>,
) -> String {
    let held: Vec<Rank> = (0..stands.len())
        .filter(|&rank| stuck[rank] && !matches!(stands[rank], Stand::Left(_)))
        .collect();
    let core = core(stands, &held);
    let behind: Vec<Rank> = held
        .iter()
        .copied()
        .filter(|rank| !core.contains(rank))
        .collect();
    let cause = Cause::of(stands, &core);
    let mut words = cause.headline(&core, stands.len());
    if !behind.is_empty() {
        let _ = write!(words, "; {} more can't without them", behind.len());
    }
    let others = (0..stands.len()).filter(|rank| !held.contains(rank));
    for rank in core.into_iter().chain(behind).chain(others).take(LISTED) {
        let host = hosts.get(&rank).map(|host| format!(" ({host})"));
        let stand = describe_one(&stands[rank], stuck[rank]);
        let _ = write!(
            words,
            "\n  rank {rank}{}: {stand}",
            host.unwrap_or_default()
        );
    }
    if stands.len() > LISTED {
        let _ = write!(words, "\n  and {} more", stands.len() - LISTED);
    }
    words + "\nhelp: " + &cause.help()
}

/// Those of the ranks that can't go on without whom the others could: they wait for each other, while
/// nobody need wait for the others. Where nobody waits for each other, it is all of them.
fn core(stands: &[Stand<'_>], held: &[Rank]) -> Vec<Rank> {
    let mut core = held.to_vec();
    loop {
        let mut wanted = vec![false; stands.len()];
        for &rank in &core {
            for &awaited in stands[rank].awaited() {
                wanted[awaited] = true;
            }
        }
        let before = core.len();
        core.retain(|&rank| wanted[rank]);
        if core.is_empty() {
            return held.to_vec();
        }
        if core.len() == before {
            return core;
        }
    }
}

fn describe_one(stand: &Stand<'_>, stuck: bool) -> String {
    match stand {
        Stand::Computing => "not waiting".to_owned(),
        Stand::Left(_) => "has left the program".to_owned(),
        Stand::Held(entry, _, true) => format!("in {entry}"),
        Stand::Held(entry, _, false) => format!("in {entry}, which rank {MASTER} has not reached"),
        Stand::Inside(entry, _, missing) if missing.is_empty() => format!("in {entry}"),
        Stand::Inside(entry, _, missing) => {
            format!("in {entry}, which {} not reached", have(missing))
        }
        Stand::Waiting(report) => {
            let (call, site) = (&report.waiting.call, &report.waiting.site);
            let aside = if stuck { "" } else { ", and may go on" };
            format!("{call} at {site}{aside}")
        }
    }
}

/// Why ranks can't go on.
enum Cause {
    Itself(Rank),
    Left(Vec<Rank>),
    Collective,
    Lent,
    Messages,
}

impl Cause {
    fn of(stands: &[Stand<'_>], held: &[Rank]) -> Self {
        let awaited = |&rank: &Rank| stands[rank].awaited().iter().copied();
        if let &[only] = held
            && stands[only].awaited() == [only]
        {
            return Self::Itself(only);
        }
        let mut left: Vec<Rank> = held
            .iter()
            .flat_map(awaited)
            .filter(|&rank| matches!(stands[rank], Stand::Left(_)))
            .collect();
        left.sort_unstable();
        left.dedup();
        if !left.is_empty() {
            return Self::Left(left);
        }
        let is_collective = |&rank: &Rank| match &stands[rank] {
            Stand::Waiting(report) => report.waiting.collective,
            stand => stand.may_be_stuck(),
        };
        if held.iter().any(is_collective) {
            return Self::Collective;
        }
        let is_lent = |&rank: &Rank| match &stands[rank] {
            Stand::Waiting(report) => matches!(report.waiting.awaited, Awaited::Taken(_)),
            _ => false,
        };
        if held.iter().all(is_lent) {
            return Self::Lent;
        }
        Self::Messages
    }

    fn headline(&self, held: &[Rank], size: usize) -> String {
        match (self, held) {
            (Self::Itself(rank), _) => {
                format!("deadlock: rank {rank} waits for itself, and can't go on")
            }
            (Self::Left(left), [rank]) => format!(
                "deadlock: rank {rank} waits forever: {} left the program",
                have(left)
            ),
            (Self::Left(left), _) => format!(
                "deadlock: {} of {size} ranks wait forever: {} left the program",
                held.len(),
                have(left)
            ),
            (_, [rank]) => format!("deadlock: rank {rank} waits forever"),
            _ => format!(
                "deadlock: {} of {size} ranks wait for each other, and none of them can go on",
                held.len()
            ),
        }
    }

    fn help(&self) -> String {
        match self {
            Self::Itself(_) => "a message to oneself must be sent before it is received: \
                 is this the rank that was meant?"
                .to_owned(),
            Self::Left(_) => "before a rank returns from `main` or exits, it must send what the \
                 others receive from it, and reach the same collective calls"
                .to_owned(),
            Self::Collective => "every rank must reach the same loops and collective calls in the \
                 same order: don't let a condition that differs between ranks skip one, or put a \
                 `receive` before one that another rank reaches first"
                .to_owned(),
            Self::Lent => "a send of lent memory waits until it is received: let one of the ranks \
                 receive first, or use `send_receive`"
                .to_owned(),
            Self::Messages => "every receive needs a send that comes before it, with the same \
                 tag: let one of the ranks send first, or use `send_receive`"
                .to_owned(),
        }
    }
}

/// "rank 1 has", "ranks 1, 2 have", "ranks 1, 2, 3, 4 and 5 more have".
fn have(ranks: &[Rank]) -> String {
    const NAMED: usize = 4;
    if let [rank] = ranks {
        return format!("rank {rank} has");
    }
    let named: Vec<String> = ranks.iter().take(NAMED).map(Rank::to_string).collect();
    let more = match ranks.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("ranks {}{more} have", named.join(", "))
}
