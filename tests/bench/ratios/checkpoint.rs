//! What it costs to keep what is finished: the same loops with and without a checkpoint in memory, in turns.

use std::env;
use std::path::Path;

use parallel_for_tests::{Folder, Vendor};

use crate::columns::{Row, markdown, median};
use crate::contestants::{Contestant, Sample};
use crate::plan::Workload;

/// Short iterations with little to keep, and a GiB of numbers.
const WORKLOADS: [Workload; 2] = [
    Workload::kept("uniform", 100_000, 6000),
    Workload::kept("gather", 1024, 131_072),
];

/// Prints a table per workload.
pub(crate) fn compare(vendors: &[Vendor], repetitions: u32, faults: &mut u32) {
    for workload in &WORKLOADS {
        let mut lines = vec![
            [
                "",
                "seconds",
                "kept",
                "÷ not kept",
                "MiB",
                "kept",
                "at most",
            ]
            .map(str::to_owned)
            .to_vec(),
        ];
        for contestant in workload.contestants(vendors) {
            contestant.build();
            match measure(contestant, workload, repetitions) {
                Ok(pair) => lines.push(line(contestant, &pair)),
                Err(fault) => {
                    eprintln!(
                        "error: {} with a checkpoint, {contestant}: {fault}",
                        workload.name
                    );
                    *faults += 1;
                }
            }
        }
        let Workload {
            name, items, param, ..
        } = workload;
        print!(
            "\n### checkpoint, {name} ({items}, {param})\n\n{}",
            markdown(&lines)
        );
    }
}

/// Without and with a checkpoint.
fn measure(
    contestant: Contestant,
    workload: &Workload,
    repetitions: u32,
) -> Result<[Row; 2], String> {
    let mut pair = [Row::new(contestant), Row::new(contestant)];
    for repetition in 0..repetitions {
        for turn in 0..2 {
            let is_kept = (turn + repetition) % 2 == 1;
            let sample = if is_kept {
                let folder = folder();
                contestant.measure_kept(workload, folder.name())?
            } else {
                contestant.measure(workload)?
            };
            pair[usize::from(is_kept)].samples.push(sample);
        }
    }
    let mut samples = pair.iter().flat_map(|row| &row.samples);
    let first = samples.next().map(|sample| &sample.checksum);
    if samples.any(|sample| Some(&sample.checksum) != first) {
        return Err("results differ".to_owned());
    }
    Ok(pair)
}

fn line(contestant: Contestant, pair: &[Row; 2]) -> Vec<String> {
    let [without, with] = pair;
    let seconds = [without, with].map(|row| row.median(|sample| sample.seconds));
    // Of runs that followed each other, since what disturbs the machine lasts for longer than one of them.
    let turns = without.samples.iter().zip(&with.samples);
    let ratio = median(turns.map(|(without, with)| with.seconds / without.seconds));
    let memory = |sample: &Sample| f64::from(sample.peak) / 1024.0;
    let peaks = [without, with].map(|row| row.median(memory));
    let most = with.samples.iter().map(memory).reduce(f64::max);
    let shown = |value: Option<f64>, digits| format!("{:.digits$}", value.unwrap_or(f64::NAN));
    vec![
        contestant.to_string(),
        shown(seconds[0], 4),
        shown(seconds[1], 4),
        shown(ratio, 3),
        shown(peaks[0], 0),
        shown(peaks[1], 0),
        shown(most, 0),
    ]
}

/// A folder in memory where there can be one: it is not the disk that is measured.
pub(crate) fn folder() -> Folder {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() {
        memory.to_owned()
    } else {
        env::temp_dir()
    };
    Folder::at(parent.join(format!("parallel-for-bench-{}", std::process::id())))
}
