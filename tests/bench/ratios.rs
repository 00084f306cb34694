//! The benchmark: runs the workloads with every contestant and prints how their times relate, as
//! one Markdown table per workload. Fails if a run fails or returns other results than the
//! sequential loop, never because something is slow.
//!
//!     cargo bench -p parallel-for-tests -- --reps 5 --only tiny,uniform

#[path = "ratios/arguments.rs"]
mod arguments;
#[path = "ratios/checkpoint.rs"]
mod checkpoint;
#[path = "ratios/columns.rs"]
mod columns;
#[path = "ratios/contestants.rs"]
mod contestants;
#[path = "ratios/lost.rs"]
mod lost;
#[path = "ratios/plan.rs"]
mod plan;

use std::hash::{BuildHasher as _, RandomState};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread::available_parallelism;

use parallel_for_tests::{Program, Vendor, skipped};

use arguments::Arguments;
use columns::{Row, table};
use contestants::{Contestant, Sample};
use plan::Workload;

fn main() -> ExitCode {
    // Other commands of cargo build and run this target too, when they are told to take them all.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("SKIPPED ratios: `cargo bench` runs it");
        return ExitCode::SUCCESS;
    }
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let mut vendors = vec![Vendor::OpenMpi, Vendor::Mpich];
    vendors.retain(|vendor| !skipped(*vendor, "ratios"));
    let cores = available_parallelism().map_or(1, NonZeroUsize::get);
    println!("{cores} cores, medians of {}.", arguments.repetitions);

    let mut faults = 0;
    for workload in arguments.workloads {
        let rows = run(workload, &vendors, arguments.repetitions, &mut faults);
        print!("\n{}", table(workload, &rows, cores));
    }
    if arguments.kinds {
        let program = Program::new("bench_kinds").optimised();
        let outcome = program
            .argument(arguments.repetitions.to_string())
            .variable("RAYON_NUM_THREADS", &cores.to_string())
            .run_threads(cores);
        print!("\n### kinds ({cores} threads)\n\n{}", outcome.stdout);
        if outcome.code != 0 {
            eprintln!("error: {outcome}");
            faults += 1;
        }
    }
    if arguments.checkpoint {
        checkpoint::compare(&vendors, arguments.repetitions, &mut faults);
        lost::count(&vendors, arguments.repetitions, &mut faults);
    }
    if arguments.bandwidth {
        for vendor in vendors {
            let program = Program::new("bench_bandwidth").optimised();
            let repetitions = arguments.repetitions.to_string();
            let outcome = program.argument(repetitions).run_ranks(vendor, 2);
            print!(
                "\n### bandwidth ({} -n 2)\n\n{}",
                vendor.launcher(),
                outcome.stdout
            );
            if outcome.code != 0 {
                eprintln!("error: {outcome}");
                faults += 1;
            }
        }
    }
    if faults > 0 {
        eprintln!("error: {faults} runs failed or returned wrong results, see above");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Every contestant as often as demanded, in another order each time: what disturbs the machine
/// meanwhile meets all of them alike.
fn run(workload: &Workload, vendors: &[Vendor], repetitions: u32, faults: &mut u32) -> Vec<Row> {
    let mut rows: Vec<Row> = workload.contestants(vendors).map(Row::new).collect();
    for row in &rows {
        row.contestant.build();
    }
    let expected = match Contestant::Sequential.measure(&workload.reference()) {
        Ok(sample) => sample.checksum,
        Err(fault) => {
            complain(workload, Contestant::Sequential, &fault, faults);
            return rows;
        }
    };
    for _ in 0..repetitions {
        let random = RandomState::new();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_cached_key(|row| random.hash_one(row));
        for row in order {
            let row = &mut rows[row];
            let sample = row.contestant.measure(workload);
            match sample.and_then(|sample| check(sample, &expected)) {
                Ok(sample) => row.samples.push(sample),
                Err(fault) => complain(workload, row.contestant, &fault, faults),
            }
        }
    }
    rows
}

fn check(sample: Sample, expected: &str) -> Result<Sample, String> {
    if sample.checksum == expected {
        Ok(sample)
    } else {
        let checksum = sample.checksum;
        Err(format!(
            "checksum {checksum}, but the sequential loop has {expected}"
        ))
    }
}

fn complain(workload: &Workload, contestant: Contestant, fault: &str, faults: &mut u32) {
    eprintln!("error: {}, {contestant}: {fault}", workload.name);
    *faults += 1;
}
