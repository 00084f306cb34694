//! What a kill costs: how many iterations that were finished have to run again.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};

use parallel_for_tests::{Program, Vendor};

use crate::checkpoint;
use crate::columns::markdown;
use crate::contestants::Contestant;

/// About four seconds of work, in iterations of 50 µs.
const ITERATIONS: u64 = 80_000;
const ROUNDS: u64 = 30_000;

/// Prints a table with the kills of each contestant.
pub(crate) fn count(vendors: &[Vendor], repetitions: u32, faults: &mut u32) {
    let head = ["", "finished", "run again: median", "most"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    let ranks = vendors.iter().map(|vendor| Contestant::Ranks(*vendor, 3));
    for contestant in [Contestant::Threads(2)].into_iter().chain(ranks) {
        let kills = (0..repetitions).map(|_| kill(contestant));
        match kills.collect::<Result<Vec<_>, _>>() {
            Ok(kills) => lines.push(line(contestant, kills)),
            Err(fault) => {
                eprintln!("error: killed {contestant}: {fault}");
                *faults += 1;
            }
        }
    }
    print!(
        "\n### lost by a kill, of {ITERATIONS} iterations\n\n{}",
        markdown(&lines)
    );
}

/// How many iterations were finished when the master was killed at a random time, and how many of them run again.
fn kill(contestant: Contestant) -> Result<[u64; 2], String> {
    let folder = checkpoint::folder();
    fs::create_dir_all(folder.name()).map_err(|error| error.to_string())?;
    let marks = format!("{}/marks", folder.name());
    let run = |seconds: &str| {
        let program = Program::new("bench_lost")
            .optimised()
            .argument(ITERATIONS.to_string())
            .argument(ROUNDS.to_string())
            .argument(&marks)
            .argument(seconds)
            .variable("PARALLEL_FOR_CHECKPOINT", folder.name())
            // It goes on with another argument than it is killed by.
            .variable("PARALLEL_FOR_CHECKPOINT_TRUST", "1");
        contestant.run(program)
    };
    let finished = || fs::metadata(&marks).map_or(0, |marks| marks.len());
    let random = RandomState::new().hash_one(0) % 1000;
    let killed = run(&format!("0.{:03}", 300 + random * 7 / 10));
    let before = finished();
    let outcome = run("0");
    if killed.code == 0 || outcome.code != 0 {
        return Err(format!("{killed}\n{outcome}"));
    }
    let all = finished();
    // All that runs in the second start leaves a byte as well.
    let again = all.checked_sub(ITERATIONS);
    again
        .map(|again| [before, again])
        .ok_or_else(|| outcome.to_string())
}

fn line(contestant: Contestant, mut kills: Vec<[u64; 2]>) -> Vec<String> {
    kills.sort_by_key(|[_, again]| *again);
    let finished: u64 = kills.iter().map(|[finished, _]| finished).sum();
    let most = kills.last().map_or(0, |[_, again]| *again);
    vec![
        contestant.to_string(),
        format!("{}", finished / kills.len().max(1) as u64),
        format!("{}", kills[kills.len() / 2][1]),
        most.to_string(),
    ]
}
