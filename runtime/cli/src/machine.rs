//! What this machine lets a process have: cores, and whether it is root.

use std::collections::BTreeSet;
use std::fs;
use std::thread::available_parallelism;

/// The cores' worth of time that this process may use: by affinity, and by the quota of its control group.
pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, Into::into)
}

/// The cores as Open MPI counts them: two that share their units are one.
pub(crate) fn whole_cores() -> usize {
    let allowed = allowed();
    let together = |core: &u32| {
        let file = format!("/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list");
        fs::read_to_string(file).ok()
    };
    let whole: Option<BTreeSet<String>> = allowed.iter().map(together).collect();
    // Where the system does not tell, `cores` is the best there is.
    let whole = whole.map(|whole| whole.len()).filter(|number| *number > 0);
    whole.map_or_else(cores, |whole| whole.min(cores()))
}

/// The numbers of the cores that this process may run on; empty where the system does not tell.
pub(crate) fn allowed() -> Vec<u32> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    list.map(numbers).unwrap_or_default()
}

/// Whether this process is root's, to which Open MPI says no.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The kernel's notation for sets of numbers: `0-3,8,10-11`.
fn numbers(text: &str) -> Vec<u32> {
    let span = |span: &str| {
        let (first, last) = span.split_once('-').unwrap_or((span, span));
        Some(first.parse().ok()?..=last.parse().ok()?)
    };
    let spans = text.trim().split(',').filter_map(span);
    spans.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_lists_are_understood() {
        assert_eq!(numbers("\t0-3,8,10-11\n"), [0, 1, 2, 3, 8, 10, 11]);
        assert_eq!(numbers(""), [] as [u32; 0]);
    }

    #[test]
    fn there_is_a_core_to_run_this() {
        assert!((1..=cores()).contains(&whole_cores()));
    }
}
