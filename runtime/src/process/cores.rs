//! How many compute threads a rank should have: the cores it may use, shared fairly with the other
//! ranks that may use them too.

use std::thread::available_parallelism;

use serde::{Deserialize, Serialize};

use crate::process::environment::variable;
use crate::process::launcher::cpus_per_task;

/// Where a rank runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Berth {
    pub(crate) host: String,
    /// The numbers of the cores that the rank may use; empty where the system does not tell.
    pub(crate) cores: Vec<u32>,
    /// How many cores' worth of time it may use (affinity, control groups, and what Slurm gave it).
    pub(crate) parallelism: usize,
}

impl Berth {
    /// The present process's.
    pub(crate) fn of_this_process(host: &str) -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let cores = status
            .lines()
            .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))
            .map(parse_list);
        let machine = available_parallelism().map_or(1, Into::into);
        Self {
            host: host.to_owned(),
            cores: cores.unwrap_or_default(),
            parallelism: cpus_per_task(variable).map_or(machine, |cpus| cpus.min(machine)),
        }
    }
}

/// The threads of each rank: a core that several ranks may use counts in equal parts for each.
pub(crate) fn share(berths: &[Berth]) -> Vec<usize> {
    berths
        .iter()
        .map(|berth| {
            let neighbours: Vec<_> = berths
                .iter()
                .filter(|other| other.host == berth.host)
                .collect();
            let cores: f64 = berth
                .cores
                .iter()
                .map(|core| {
                    let users = neighbours
                        .iter()
                        .filter(|other| other.cores.contains(core))
                        .count();
                    #[expect(clippy::cast_precision_loss, reason = "a number of ranks")]
                    let part = 1.0 / users as f64;
                    part
                })
                .sum();
            // Thirds must not add up to 0.999 cores.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number of cores"
            )]
            let fair = if berth.cores.is_empty() {
                berth.parallelism / neighbours.len()
            } else {
                (cores + 1e-6) as usize
            };
            fair.min(berth.parallelism).max(1)
        })
        .collect()
}

/// The kernel's notation for sets of numbers: `0-3,8,10-11`.
fn parse_list(text: &str) -> Vec<u32> {
    let numbers = |span: &str| {
        let (first, last) = span.split_once('-').unwrap_or((span, span));
        Some(first.parse().ok()?..=last.parse().ok()?)
    };
    text.trim()
        .split(',')
        .filter_map(numbers)
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berth(host: &str, cores: &str) -> Berth {
        let cores = parse_list(cores);
        Berth {
            host: host.to_owned(),
            parallelism: cores.len(),
            cores,
        }
    }

    #[test]
    fn the_kernels_lists_are_understood() {
        assert_eq!(parse_list("\t0-3,8,10-11\n"), [0, 1, 2, 3, 8, 10, 11]);
        assert_eq!(parse_list(""), [] as [u32; 0]);
    }

    #[test]
    fn ranks_share_only_the_cores_they_have_in_common() {
        assert_eq!(share(&[berth("a", "0-7")]), [8]);
        assert_eq!(
            share(&[berth("a", "0-7"), berth("a", "0-7"), berth("b", "0-7")]),
            [4, 4, 8]
        );
        assert_eq!(
            share(&[berth("a", "0"), berth("a", "1")]),
            [1, 1],
            "bound to one core each"
        );
        assert_eq!(
            share(&vec![berth("a", "0-1"); 5]),
            [1; 5],
            "never less than one"
        );
        assert_eq!(share(&vec![berth("a", "0-8"); 3]), [3; 3]);
        assert_eq!(share(&[berth("a", "0-3"), berth("a", "2-3")]), [3, 1]);
    }

    #[test]
    fn a_limit_on_time_counts_as_well_as_the_cores() {
        let limited = Berth {
            parallelism: 2,
            ..berth("a", "0-7")
        };
        assert_eq!(share(&[limited]), [2]);
    }
}
