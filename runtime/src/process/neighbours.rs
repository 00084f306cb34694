//! Which processes can see each other end: those of ranks on one machine, by their process ids.
//!
//! Invariant: two homes are equal only where a process id means the same process in both. A name is not enough, since
//! machines may share it, and containers on one machine count their processes from 1 each.

use std::collections::BTreeMap;
use std::fs;

use serde::{Deserialize, Serialize};

use crate::base::rank::Rank;

/// Where process ids have one meaning.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Home {
    host: String,
    /// The system's since it was started.
    boot: String,
    /// That of its processes' ids.
    namespace: String,
}

/// One process, which no other is taken for: ids are used again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Process {
    pub(crate) id: u32,
    /// When it was started, by the system's own count.
    started: u64,
}

/// A rank as its neighbours know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Resident {
    home: Home,
    process: Process,
}

/// The rank that another one watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Neighbour {
    pub(crate) rank: Rank,
    pub(crate) process: Process,
}

impl Resident {
    /// The present process, where the system tells.
    pub(crate) fn of_this_process(host: &str) -> Option<Self> {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let namespace = fs::read_link("/proc/self/ns/pid").ok()?;
        let home = Home {
            host: host.to_owned(),
            boot: boot.trim().to_owned(),
            namespace: namespace.to_string_lossy().into_owned(),
        };
        let process = Process::of(std::process::id())?;
        Some(Self { home, process })
    }
}

impl Process {
    /// The one that has this id now.
    pub(crate) fn of(id: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let started = started(&stat)?;
        Some(Self { id, started })
    }
}

/// The 22nd field. The second is the program's name in parentheses, and may hold anything.
fn started(stat: &str) -> Option<u64> {
    let (_, behind_name) = stat.rsplit_once(')')?;
    behind_name.split_whitespace().nth(19)?.parse().ok()
}

/// Whom each rank watches: the next one of its home, and the last one the first.
pub(crate) fn rings(ranks: &[Option<Resident>]) -> Vec<Option<Neighbour>> {
    let mut homes: BTreeMap<&Home, Vec<(Rank, &Process)>> = BTreeMap::new();
    for (rank, resident) in ranks.iter().enumerate() {
        if let Some(Resident { home, process }) = resident {
            homes.entry(home).or_default().push((rank, process));
        }
    }
    let mut neighbours = vec![None; ranks.len()];
    for residents in homes.into_values().filter(|residents| residents.len() > 1) {
        let next = residents.iter().cycle().skip(1);
        for (&(rank, _), &(next, process)) in residents.iter().zip(next) {
            neighbours[rank] = Some(Neighbour {
                rank: next,
                process: process.clone(),
            });
        }
    }
    neighbours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resident(host: &str, namespace: &str, id: u32) -> Resident {
        let home = Home {
            host: host.to_owned(),
            boot: "a boot".to_owned(),
            namespace: namespace.to_owned(),
        };
        let process = Process { id, started: 7 };
        Resident { home, process }
    }

    fn watched(ranks: &[Option<Resident>]) -> Vec<Option<(Rank, u32)>> {
        let rings = rings(ranks).into_iter();
        rings
            .map(|neighbour| neighbour.map(|Neighbour { rank, process }| (rank, process.id)))
            .collect()
    }

    #[test]
    fn each_rank_of_a_home_is_watched_by_one_other() {
        let [a, b] = ["a", "b"].map(|host| move |id| Some(resident(host, "1", id)));
        let ranks = [a(10), b(10), a(11), b(12), a(12)];
        let expected = [(2, 11), (3, 12), (4, 12), (1, 10), (0, 10)].map(Some);
        assert_eq!(watched(&ranks), expected);
    }

    #[test]
    fn who_is_alone_or_unknown_watches_nobody() {
        let ranks = [
            Some(resident("a", "1", 1)),
            Some(resident("a", "2", 1)),
            None,
            None,
            Some(resident("b", "1", 1)),
        ];
        assert_eq!(watched(&ranks), [None; 5]);
    }

    #[test]
    fn a_process_is_known_by_its_start_whatever_it_is_called() {
        let fields: Vec<String> = (3..=52).map(|field| field.to_string()).collect();
        let stat = format!("17 (a) b (c) {}", fields.join(" "));
        assert_eq!(started(&stat), Some(22));
        assert_eq!(started("17 (a"), None);
        if let Some(own) = Process::of(std::process::id()) {
            assert_eq!(Process::of(own.id), Some(own));
        }
    }
}
