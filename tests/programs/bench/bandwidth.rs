//! How fast values and plain numbers travel, against the message-passing library itself on the same
//! bytes in the same run, as `mpiexec -n 2 bench_bandwidth REPETITIONS`. Prints a Markdown table.
//!
//! The contestants of a call take turns, so what disturbs the machine meets all of them alike; a
//! time is the longest of all ranks', a cell the median. Buffers are there before the clock starts,
//! except where a call makes its own, and where MPI is given a fresh one to compare with that.

#![expect(
    clippy::cast_precision_loss,
    reason = "numbers of bytes far below 53 bits"
)]

use std::time::Instant;

use mpi::datatype::PartitionMut;
use mpi::topology::SimpleCommunicator;
use mpi::traits::{Communicator as _, CommunicatorCollectives as _, Root as _};
use parallel_for::{Communicator, Error, operation};

/// In numbers per rank: some of 8 KiB, 1 MiB, and 64 MiB.
const LENGTHS: [usize; 3] = [1 << 10, 1 << 17, 1 << 23];

fn main() -> Result<(), Error> {
    let argument = std::env::args().nth(1);
    let repetitions = argument.and_then(|text| text.parse().ok()).unwrap_or(5);
    let world = parallel_for::world();
    let bench = Bench {
        raw: SimpleCommunicator::world(),
        repetitions,
        world,
    };
    bench.say("| call | per rank | MPI | `_into` | MPI, fresh | slice | value | `_into` ÷ MPI | slice ÷ MPI, fresh |");
    bench.say("|---|---|---|---|---|---|---|---|---|");
    for length in LENGTHS {
        bench.gather(length)?;
        bench.all_to_all(length)?;
    }
    bench.latency()
}

struct Bench {
    world: Communicator,
    raw: SimpleCommunicator,
    repetitions: usize,
}

type Contestant<'a> = &'a mut dyn FnMut() -> Result<(), Error>;

impl Bench {
    fn say(&self, line: &str) {
        if self.world.is_master() {
            println!("{line}");
        }
    }

    fn gather(&self, length: usize) -> Result<(), Error> {
        let (world, size) = (&self.world, self.world.size());
        let mine = numbers(length);
        let at_root = if world.is_master() { length * size } else { 0 };
        let (mut theirs, mut ours) = (vec![0.0; at_root], vec![0.0; at_root]);
        let count = i32::try_from(length).expect("few numbers");
        let counts = vec![count; size];
        let displacements: Vec<i32> = (0..).step_by(length).take(size).collect();
        let root = self.raw.process_at_rank(0);
        let mut raw = || {
            if world.is_master() {
                let mut parts = PartitionMut::new(&mut theirs, &counts[..], &displacements[..]);
                root.gather_varcount_into_root(&mine[..], &mut parts);
            } else {
                root.gather_varcount_into(&mine[..]);
            }
            Ok(())
        };
        let mut fresh = || {
            if world.is_master() {
                let mut theirs = vec![0.0; at_root];
                let mut parts = PartitionMut::new(&mut theirs, &counts[..], &displacements[..]);
                root.gather_varcount_into_root(&mine[..], &mut parts);
            } else {
                root.gather_varcount_into(&mine[..]);
            }
            Ok(())
        };
        let mut into = || world.gather_into(0, &mine, &mut ours);
        let mut slice = || world.gather_slice(0, &mine).map(drop);
        let mut value = || world.gather(0, mine.clone()).map(drop);
        let times = self.race(&mut [&mut raw, &mut into, &mut fresh, &mut slice, &mut value])?;
        assert!(ours == theirs, "both gather the same");
        self.row("gather", length, length * (size - 1), &times);
        Ok(())
    }

    fn all_to_all(&self, length: usize) -> Result<(), Error> {
        let (world, size) = (&self.world, self.world.size());
        let mine = numbers(length * size);
        let parts: Vec<Vec<f64>> = mine.chunks(length).map(<[f64]>::to_vec).collect();
        let (mut theirs, mut ours) = (vec![0.0; mine.len()], vec![0.0; mine.len()]);
        let mut raw = || {
            self.raw.all_to_all_into(&mine[..], &mut theirs[..]);
            Ok(())
        };
        let mut fresh = || {
            let mut theirs = vec![0.0; mine.len()];
            self.raw.all_to_all_into(&mine[..], &mut theirs[..]);
            Ok(())
        };
        let mut into = || world.all_to_all_into(&mine, &mut ours);
        let mut slice = || world.all_to_all_slice(&mine).map(drop);
        let mut value = || world.all_to_all(parts.clone()).map(drop);
        let times = self.race(&mut [&mut raw, &mut into, &mut fresh, &mut slice, &mut value])?;
        assert!(ours == theirs, "both swap the same");
        self.row("all to all", length, length * size * (size - 1), &times);
        Ok(())
    }

    /// One number: what a call costs beside the bytes.
    fn latency(&self) -> Result<(), Error> {
        let (world, calls) = (&self.world, 1000);
        let mut sum = 0.0;
        let mut raw = || {
            for _ in 0..calls {
                let add = mpi::collective::SystemOperation::sum();
                self.raw.all_reduce_into(&1.0, &mut sum, add);
            }
            Ok(())
        };
        let mut slice = || {
            (0..calls).try_for_each(|_| world.all_reduce_slice(&[1.0], operation::sum).map(drop))
        };
        let mut value =
            || (0..calls).try_for_each(|_| world.all_reduce(1.0, operation::sum).map(drop));
        let times = self.race(&mut [&mut raw, &mut slice, &mut value])?;
        let micros: Vec<f64> = times
            .iter()
            .map(|time| time * 1e6 / f64::from(calls))
            .collect();
        self.say(&format!(
            "\n`all_reduce` of one number: MPI {:.1} µs, slice {:.1} µs, value {:.1} µs",
            micros[0], micros[1], micros[2]
        ));
        Ok(())
    }

    /// The median time of each contestant; the first round warms up.
    fn race(&self, contestants: &mut [Contestant<'_>]) -> Result<Vec<f64>, Error> {
        let mut times = vec![Vec::new(); contestants.len()];
        for round in 0..=self.repetitions {
            for (contestant, times) in contestants.iter_mut().zip(&mut times) {
                self.world.barrier()?;
                let start = Instant::now();
                contestant()?;
                let own = start.elapsed().as_secs_f64();
                let longest = self.world.all_reduce(own, f64::max)?;
                if round > 0 {
                    times.push(longest);
                }
            }
        }
        Ok(times.into_iter().map(median).collect())
    }

    fn row(&self, call: &str, length: usize, moved: usize, times: &[f64]) {
        let rate = |time: &f64| (moved * size_of::<f64>()) as f64 / time / f64::from(1 << 30);
        let rates: Vec<String> = times.iter().map(|t| format!("{:.2}", rate(t))).collect();
        let kib = length * size_of::<f64>() / 1024;
        self.say(&format!(
            "| {call} | {kib} KiB | {} GiB/s | {:.2} | {:.2} |",
            rates.join(" | "),
            times[1] / times[0],
            times[3] / times[2]
        ));
    }
}

fn numbers(length: usize) -> Vec<f64> {
    (0..length).map(|i| i as f64 * 0.5).collect()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    f64::midpoint(times[times.len() / 2], times[(times.len() - 1) / 2])
}
