//! Who takes part, and what one run of each is measured by.

use std::fmt;
use std::fs;
use std::time::Instant;

use parallel_for_tests::{Outcome, Program, Variant, Vendor};

use crate::columns::Column;
use crate::plan::Workload;

/// A way to run a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contestant {
    /// The loop as it is written.
    Sequential,
    /// The annotated loop in one process.
    Threads(u32),
    /// The same by hand with rayon.
    Rayon(u32),
    /// The annotated loop under an MPI, each rank with its share of the cores.
    Ranks(Vendor, u32),
}

/// What one run showed.
#[derive(Debug)]
pub(crate) struct Sample {
    /// From all ranks being up to the master having the results.
    pub(crate) seconds: f64,
    /// The whole program, its launcher included.
    pub(crate) wall: f64,
    /// User and system time of all its processes, that of a start without work subtracted; only
    /// where a column needs it.
    pub(crate) cpu: f64,
    /// Ranks × threads.
    pub(crate) workers: u32,
    /// The most memory that the master had, in KiB.
    pub(crate) peak: u32,
    pub(crate) checksum: String,
}

impl Contestant {
    /// Builds what it runs, so that no measurement contains that.
    pub(crate) fn build(self) {
        let _ = self.variant().optimised(self.program());
    }

    /// Runs the workload once; an error says how that failed.
    pub(crate) fn measure(self, workload: &Workload) -> Result<Sample, String> {
        let mut sample = self.measure_whole(self.started(workload))?;
        if workload.columns.contains(&Column::Burned) {
            sample.cpu -= self.measure_whole(self.started(Workload::nothing()))?.cpu;
        }
        Ok(sample)
    }

    /// The same with what is finished kept in a folder.
    pub(crate) fn measure_kept(self, workload: &Workload, folder: &str) -> Result<Sample, String> {
        let program = self.started(workload);
        self.measure_whole(program.variable("PARALLEL_FOR_CHECKPOINT", folder))
    }

    fn measure_whole(self, program: Program) -> Result<Sample, String> {
        let cpu = children_cpu_seconds();
        let start = Instant::now();
        let outcome = self.run(program);
        let wall = start.elapsed().as_secs_f64();
        let cpu = children_cpu_seconds() - cpu;
        let sample = (outcome.code == 0).then(|| {
            Some(Sample {
                seconds: field(&outcome, "seconds")?.parse().ok()?,
                wall,
                cpu,
                workers: field(&outcome, "workers")?.parse().ok()?,
                peak: field(&outcome, "peak")?.parse().ok()?,
                checksum: field(&outcome, "checksum")?.to_owned(),
            })
        });
        sample.flatten().ok_or_else(|| outcome.to_string())
    }

    /// Its program, for a workload.
    fn started(self, workload: &Workload) -> Program {
        Program::new(self.program())
            .optimised()
            .argument(workload.name)
            .argument(workload.items.to_string())
            .argument(workload.param.to_string())
    }

    /// Runs any program in this way.
    pub(crate) fn run(self, program: Program) -> Outcome {
        match self {
            Self::Sequential => program.run(self.variant()),
            Self::Threads(threads) => program.run_threads(threads as usize),
            Self::Rayon(threads) => program
                .variable("RAYON_NUM_THREADS", &threads.to_string())
                .run(self.variant()),
            Self::Ranks(vendor, ranks) => program.run_ranks(vendor, ranks as usize),
        }
    }

    fn program(self) -> &'static str {
        match self {
            Self::Rayon(_) => "bench_rayon",
            _ => "bench_work",
        }
    }

    fn variant(self) -> Variant {
        match self {
            Self::Sequential => Variant::Sequential,
            Self::Threads(_) | Self::Rayon(_) => Variant::Plain,
            Self::Ranks(vendor, _) => Variant::Mpi(vendor),
        }
    }
}

impl fmt::Display for Contestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sequential => write!(f, "sequential"),
            Self::Threads(1) => write!(f, "1 thread"),
            Self::Threads(threads) => write!(f, "{threads} threads"),
            Self::Rayon(threads) => write!(f, "rayon, {threads} threads"),
            Self::Ranks(Vendor::OpenMpi, ranks) => write!(f, "Open MPI -n {ranks}"),
            Self::Ranks(Vendor::Mpich, ranks) => write!(f, "MPICH -n {ranks}"),
        }
    }
}

/// `value` of ` name=value` in the only line of output.
fn field<'a>(outcome: &'a Outcome, name: &str) -> Option<&'a str> {
    let mut fields = outcome.stdout.split_whitespace();
    fields.find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
}

/// User and system time of all ended children, and of theirs for whom they waited, as launchers do.
fn children_cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("benchmarks run on Linux");
    // The name, in parentheses, may contain spaces.
    let (_, fields) = stat.rsplit_once(')').expect("a name in parentheses");
    let ticks = fields.split_whitespace().skip(13).take(2);
    let ticks = ticks.map(|ticks| ticks.parse::<u32>().expect("a number of ticks"));
    // The kernel shows users ticks of 10 ms on every machine.
    f64::from(ticks.sum::<u32>()) / 100.0
}
