//! What the user asks for behind `cargo bench … --`.

use crate::plan::{WORKLOADS, Workload};

/// What to run.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) repetitions: u32,
    pub(crate) workloads: Vec<&'static Workload>,
    /// Whether to compare what calls move per second with the message-passing library.
    pub(crate) bandwidth: bool,
}

/// The name of that comparison.
const BANDWIDTH: &str = "bandwidth";

impl Arguments {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            repetitions: 5,
            workloads: WORKLOADS.iter().collect(),
            bandwidth: true,
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
                    let (bandwidth, names): (Vec<_>, Vec<_>) = value?
                        .split(',')
                        .map(str::to_owned)
                        .partition(|name| name == BANDWIDTH);
                    let workloads: Result<_, _> = names.iter().map(|name| find(name)).collect();
                    parsed.workloads = workloads?;
                    parsed.bandwidth = !bandwidth.is_empty();
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
            "no workload is called {name}; there are {}, and {BANDWIDTH}",
            names.join(", ")
        )
    })
}
