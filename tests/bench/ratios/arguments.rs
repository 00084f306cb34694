//! What the user asks for behind `cargo bench … --`.

use crate::plan::{WORKLOADS, Workload};

/// What to run.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) repetitions: u32,
    pub(crate) workloads: Vec<&'static Workload>,
    /// Whether to compare what calls move per second with the message-passing library.
    pub(crate) bandwidth: bool,
    /// Whether to compare what loops of each kind cost in one process.
    pub(crate) kinds: bool,
    /// Whether to compare loops of which what is finished is kept with others, and to count what a kill loses.
    pub(crate) checkpoint: bool,
}

/// The names of these comparisons.
const BANDWIDTH: &str = "bandwidth";
const KINDS: &str = "kinds";
const CHECKPOINT: &str = "checkpoint";

impl Arguments {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            repetitions: 5,
            workloads: WORKLOADS.iter().collect(),
            bandwidth: true,
            kinds: true,
            checkpoint: true,
        };
        while let Some(argument) = arguments.next() {
            // Cargo adds this one.
            if argument == "--bench" {
                continue;
            }
            let value = arguments.next();
            let value = value.ok_or_else(|| format!("a value is missing behind {argument}"));
            match argument.as_str() {
                "--reps" => {
                    let repetitions = value?.parse().ok().filter(|&repetitions| repetitions > 0);
                    parsed.repetitions = repetitions.ok_or("--reps takes a number from 1")?;
                }
                "--only" => {
                    let value = value?;
                    let names: Vec<&str> = value.split(',').collect();
                    parsed.bandwidth = names.contains(&BANDWIDTH);
                    parsed.kinds = names.contains(&KINDS);
                    parsed.checkpoint = names.contains(&CHECKPOINT);
                    let workloads = names
                        .iter()
                        .filter(|name| ![BANDWIDTH, KINDS, CHECKPOINT].contains(name));
                    parsed.workloads =
                        workloads.map(|name| find(name)).collect::<Result<_, _>>()?;
                }
                unknown => {
                    return Err(format!(
                        "unknown option {unknown}; there are --reps N and --only WORKLOAD,…"
                    ));
                }
            }
        }
        Ok(parsed)
    }
}

fn find(name: &str) -> Result<&'static Workload, String> {
    let found = WORKLOADS.iter().find(|workload| workload.name == name);
    found.ok_or_else(|| {
        let names: Vec<_> = WORKLOADS.iter().map(|workload| workload.name).collect();
        format!(
            "no workload is called {name}; there are {}, {BANDWIDTH}, {KINDS} and {CHECKPOINT}",
            names.join(", ")
        )
    })
}
