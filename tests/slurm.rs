//! Ranks that a real Slurm starts, one of this machine alone (`slurm/cluster`): both MPIs, each with the `--mpi` that it
//! understands, and without `-K`, so that Slurm ends no job because a rank has died. Jobs in its queue are in `slurm/queue.rs`.

#[path = "slurm/cluster.rs"]
mod cluster;
#[path = "slurm/queue.rs"]
mod queue;

use parallel_for_tests::{Outcome, Program, Variant, Vendor, place};

use cluster::{Cluster, FITTING};

/// Runs a program on three ranks; `None` where this machine can't.
fn run(program: &Program, vendor: Vendor, mpi: &str) -> Option<Outcome> {
    let mut srun = Cluster::of(vendor, mpi)?.command("srun");
    srun.args(["-n", "3", "--kill-on-bad-exit=0"]);
    srun.arg(format!("--mpi={mpi}"));
    Some(program.run_by(srun, Variant::Mpi(vendor)))
}

fn says(outcome: &Outcome, texts: &[&str]) {
    for text in texts {
        assert!(outcome.stderr.contains(text), "no `{text}` in: {outcome}");
    }
}

#[test]
fn ranks_know_each_other() {
    for (vendor, mpi) in FITTING {
        let Some(outcome) = run(&Program::new("hello"), vendor, mpi) else {
            continue;
        };
        assert_eq!(outcome.code, 0, "{outcome}");
        for rank in 0..3 {
            let words = format!("rank {rank} of 3 on ");
            assert!(outcome.stdout.contains(&words), "{outcome}");
        }
    }
}

#[test]
fn a_killed_rank_ends_the_job() {
    for (vendor, mpi) in FITTING {
        let program = Program::new("fault_dies").argument("kill");
        let Some(outcome) = run(&program, vendor, mpi) else {
            continue;
        };
        assert_ne!(outcome.code, 0, "{outcome}");
        assert_eq!(outcome.stdout, "", "{outcome}");
        // With pmix, Slurm may end the job by itself.
        if vendor == Vendor::Mpich {
            says(&outcome, &["error: rank ", " died: its process ", "help: "]);
        }
    }
}

#[test]
fn a_crashed_rank_has_last_words() {
    let the_loop = place("tests/programs/faults/dies.rs", "for i in");
    let the_loop = format!(" of the loop at {the_loop}");
    for (vendor, mpi) in FITTING {
        let program = Program::new("fault_dies").argument("overflow");
        let Some(outcome) = run(&program, vendor, mpi) else {
            continue;
        };
        assert_ne!(outcome.code, 0, "{outcome}");
        says(&outcome, &[") died of a stack overflow", &the_loop]);
    }
}

#[test]
fn panics_and_exits_end_the_job_with_their_words() {
    for (vendor, mpi) in FITTING {
        for (program, words) in [
            ("fault_panic", "iteration 17 of the loop at "),
            ("fault_exit_in_body", ") ended by an `exit(4)` in "),
        ] {
            let Some(outcome) = run(&Program::new(program), vendor, mpi) else {
                continue;
            };
            assert_ne!(outcome.code, 0, "{outcome}");
            says(&outcome, &[words]);
        }
    }
}

#[test]
fn ranks_that_know_nothing_of_each_other_are_told_the_flag() {
    for mpi in ["none", "pmi2"] {
        let Some(outcome) = run(&Program::new("fault_none"), Vendor::OpenMpi, mpi) else {
            continue;
        };
        assert_ne!(outcome.code, 0, "{outcome}");
        assert_eq!(outcome.stdout, "", "{outcome}");
        let given = format!("srun started 3 processes with --mpi={mpi}, ");
        says(
            &outcome,
            &[&given, "help: start it with `srun --mpi=pmix -K"],
        );
        assert!(!outcome.stderr.contains("OMPI was not built"), "{outcome}");
    }
    if let Some(outcome) = run(&Program::new("fault_none"), Vendor::Mpich, "none") {
        assert_ne!(outcome.code, 0, "{outcome}");
        says(&outcome, &["rank 0 of 1", "srun --mpi=pmi2 -K"]);
    }
}
