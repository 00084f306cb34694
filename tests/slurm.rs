//! Ranks that a real Slurm starts, one of this machine alone (`slurm/cluster`): both MPIs, each with the `--mpi` that it
//! understands, and without `-K`, so that Slurm ends no job because a rank has died.

use std::io::{BufRead as _, BufReader, Write as _, stderr};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use parallel_for_tests::{Outcome, Program, Variant, Vendor, place, skipped, workspace};

/// A Slurm that runs until its standard input ends: with this process, however that ends.
struct Cluster {
    _script: Child,
    configuration: String,
}

impl Cluster {
    /// The one of all tests; `None`, and says so, where there can't be any.
    fn get() -> Option<&'static Self> {
        static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
        let start = || match Self::start() {
            Ok(cluster) => Some(cluster),
            Err(reason) => {
                // Not `eprintln!`, which the test runner captures.
                let _ = writeln!(stderr(), "SKIPPED the suite `slurm`: {reason}");
                None
            }
        };
        CLUSTER.get_or_init(start).as_ref()
    }

    fn start() -> Result<Self, String> {
        let mut script = Command::new(workspace().join("tests/slurm/cluster"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut line = String::new();
        let said = script.stdout.take().expect("it is piped");
        let read = BufReader::new(said).read_line(&mut line);
        match line.trim().strip_prefix("ready ") {
            Some(folder) => Ok(Self {
                configuration: format!("{folder}/slurm.conf"),
                _script: script,
            }),
            None => Err(format!("{} {read:?}", line.trim())),
        }
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(tool);
        command.env("SLURM_CONF", &self.configuration);
        command
    }

    /// Whether its srun has this `--mpi`; says so if it hasn't.
    fn has(&self, mpi: &str) -> bool {
        let listed = self.command("srun").arg("--mpi=list").output();
        let listed = listed.expect("srun starts");
        let words = [listed.stdout, listed.stderr].concat();
        let has = String::from_utf8_lossy(&words)
            .lines()
            .any(|line| line.trim() == mpi);
        if !has {
            let _ = writeln!(stderr(), "SKIPPED srun --mpi={mpi}: this Slurm has none");
        }
        has
    }
}

/// Runs a program on three ranks; `None` where this machine can't.
fn run(program: &Program, vendor: Vendor, mpi: &str) -> Option<Outcome> {
    if skipped(vendor, "slurm") {
        return None;
    }
    let cluster = Cluster::get()?;
    if !cluster.has(mpi) {
        return None;
    }
    let mut srun = cluster.command("srun");
    srun.args(["-n", "3", "--kill-on-bad-exit=0"]);
    srun.arg(format!("--mpi={mpi}"));
    Some(program.run_by(srun, Variant::Mpi(vendor)))
}

/// Each MPI with what its ranks are started by.
const FITTING: [(Vendor, &str); 2] = [(Vendor::OpenMpi, "pmix"), (Vendor::Mpich, "pmi2")];

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
