//! What a job can use of this machine.

use super::Finding;
use crate::doctor::facts::{Facts, Resources};

/// Less is what containers get by default, and too little for some ranks: libraries end with a bus error then.
const SHARED_MEMORY: u64 = 100 << 20;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let resources = &facts.resources;
    [
        Some(cores(resources)),
        memory(resources),
        shared_memory(resources),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn cores(resources: &Resources) -> Finding {
    let Resources { cores, allowed, .. } = resources;
    if cores == allowed {
        return Finding::ok(format!(
            "{cores} cores, which the ranks of this machine share"
        ));
    }
    Finding::warning(
        format!("{allowed} cores, of which a quota allows {cores} at a time"),
        "a container's `--cpus`, or the job's request, says how many",
    )
}

fn memory(resources: &Resources) -> Option<Finding> {
    let free = resources.memory?;
    let limit = resources.memory_limit.filter(|limit| *limit < free);
    let limit = limit.map(|limit| {
        format!(
            ", of which a limit allows {} to this group of processes",
            amount(limit)
        )
    });
    Some(Finding::ok(format!(
        "{} of free memory{}",
        amount(free),
        limit.unwrap_or_default()
    )))
}

fn shared_memory(resources: &Resources) -> Option<Finding> {
    let free = resources.shared_memory?;
    let words = format!(
        "{} free in /dev/shm, by which ranks of a machine exchange messages",
        amount(free)
    );
    if free >= SHARED_MEMORY {
        return Some(Finding::ok(words));
    }
    let help = "delete what was left there, or give a container more: `docker run --shm-size=1g`";
    Some(Finding::warning(words, help))
}

fn amount(bytes: u64) -> String {
    let mib = bytes >> 20;
    if mib < 10 * 1024 {
        return format!("{mib} MiB");
    }
    format!("{} GiB", mib >> 10)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, said, troubles};
    use super::*;

    #[test]
    fn limits_are_told() {
        let mut facts = healthy();
        facts.resources.cores = 2;
        assert!(
            troubles(&facts).contains("8 cores, of which a quota allows 2"),
            "{}",
            troubles(&facts)
        );
        let mut facts = healthy();
        facts.resources.memory_limit = Some(2 << 30);
        assert!(
            said(&facts).contains("16 GiB of free memory, of which a limit allows 2048 MiB"),
            "{}",
            said(&facts)
        );
        let mut facts = healthy();
        facts.resources.shared_memory = Some(64 << 20);
        assert!(
            troubles(&facts).starts_with("warning  64 MiB free in /dev/shm"),
            "{}",
            troubles(&facts)
        );
    }

    #[test]
    fn what_a_system_does_not_tell_is_left_out() {
        let mut facts = healthy();
        facts.resources = Resources {
            cores: 4,
            allowed: 4,
            ..Resources::default()
        };
        assert_eq!(judge(&facts).len(), 1);
    }
}
