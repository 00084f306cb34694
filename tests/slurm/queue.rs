//! Jobs with a checkpoint that Slurm stops: they go on where they were, by the very scripts of the guide.

use std::fs;
use std::process::Command;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use parallel_for_tests::{Folder, Program, Variant, Vendor, workspace};

use crate::cluster::{Cluster, FITTING};

/// Only a guard: what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that waits in the middle, until its gate is opened.
const PROGRAM: &str = "pass_many_loops";

/// What it prints that nobody stops.
fn expected() -> String {
    let outcome = Program::new(PROGRAM).run(Variant::Sequential);
    assert_eq!(outcome.code, 0, "{outcome}");
    outcome.stdout
}

/// The folder that a job runs in.
struct JobFolder(Folder);

impl JobFolder {
    fn new(name: &str) -> Self {
        Self(Folder::new(&format!("slurm-{name}")))
    }

    fn file(&self, name: &str) -> String {
        self.0.file(name)
    }

    /// What is in a file by now.
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// Waits until something holds.
    fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        let since = Instant::now();
        while !holds() {
            let errors = self.read("errors");
            assert!(since.elapsed() < PATIENCE, "not {what}:\n{errors}");
            sleep(Duration::from_millis(50));
        }
    }

    fn wait_for_gate(&self) {
        self.wait("at the gate", || {
            fs::exists(self.file("gate")).is_ok_and(|it| it)
        });
    }

    fn open_gate(&self) {
        let _ = fs::remove_file(self.file("gate"));
    }

    fn wait_for_words(&self, words: &str) {
        self.wait(words, || self.read("errors").contains(words));
    }
}

/// A batch job.
struct Job {
    cluster: &'static Cluster,
    id: String,
    folder: JobFolder,
}

impl Job {
    /// Hands in a script.
    fn submit(cluster: &'static Cluster, folder: JobFolder, script: &str) -> Self {
        fs::write(folder.file("script"), script).expect("a scratch file");
        let mut sbatch = cluster.command("sbatch");
        sbatch
            .args(["--parsable", "--output=output", "--error=errors", "script"])
            .env_remove("PARALLEL_FOR_THREADS")
            .env("PARALLEL_FOR_TEST_GATE", folder.file("gate"))
            .current_dir(folder.0.path());
        let id = said_by(&mut sbatch);
        Self {
            cluster,
            id,
            folder,
        }
    }

    /// Gives this job's number to a tool, as its last argument.
    fn tell(&self, tool: &str, words: &[&str]) {
        said_by(self.cluster.command(tool).args(words).arg(&self.id));
    }

    fn state(&self) -> String {
        let mut squeue = self.cluster.command("squeue");
        squeue.args(["--noheader", "--states=all", "--format=%T", "--jobs"]);
        said_by(squeue.arg(&self.id))
    }

    /// Of its own accord, Slurm lets a job that is in its queue again wait for two minutes.
    fn start_again(&self) {
        self.folder
            .wait("in the queue", || self.state() == "PENDING");
        self.folder.open_gate();
        let job = format!("JobId={}", self.id);
        let mut scontrol = self.cluster.command("scontrol");
        said_by(scontrol.args(["update", &job, "StartTime=now"]));
    }

    /// Waits until it has come to its end, with the result of the sequential loops.
    fn finish(&self) {
        self.folder.wait_for_words("resumed: ");
        self.folder.wait("at its end", || {
            self.folder.open_gate();
            self.state() == "COMPLETED"
        });
        let errors = self.folder.read("errors");
        assert_eq!(self.folder.read("output"), expected(), "{errors}");
    }
}

/// What a tool that does its work prints.
fn said_by(tool: &mut Command) -> String {
    let output = tool.output().expect("it is in the path");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool:?}: {errors}");
    let said = String::from_utf8(output.stdout).expect("words");
    said.trim().to_owned()
}

/// The scripts of the guide, for ranks of this MPI.
fn scripts(vendor: Vendor, mpi: &str) -> Vec<String> {
    let guide = workspace().join("runtime/docs/guide/long_jobs.md");
    let guide = fs::read_to_string(guide).expect("the guide");
    let program = Variant::Mpi(vendor).binary(PROGRAM);
    let program = program.to_str().expect("a path that is text");
    let parts = guide.split("```");
    let scripts =
        parts.filter_map(|part| part.strip_prefix("sh\n").filter(|it| it.starts_with("#!")));
    scripts
        .map(|script| {
            script
                .replace("--ntasks=64", "--ntasks=3")
                .replace("--mpi=pmix", &format!("--mpi={mpi}"))
                .replace("./simulate", program)
        })
        .collect()
}

#[test]
fn a_job_that_loses_its_node_goes_on() {
    for (vendor, mpi) in FITTING {
        let Some(cluster) = Cluster::of(vendor, mpi) else {
            continue;
        };
        let folder = JobFolder::new("requeued");
        let job = Job::submit(cluster, folder, &scripts(vendor, mpi)[0]);
        job.folder.wait_for_gate();
        // It does not let go of the gate before it is killed.
        job.tell("scontrol", &["requeue"]);
        job.start_again();
        job.finish();
    }
}

#[test]
fn a_job_whose_time_is_over_puts_itself_into_the_queue_again() {
    for (vendor, mpi) in FITTING {
        let Some(cluster) = Cluster::of(vendor, mpi) else {
            continue;
        };
        let folder = JobFolder::new("time");
        let job = Job::submit(cluster, folder, &scripts(vendor, mpi)[1]);
        job.folder.wait_for_gate();
        // As Slurm itself does by `--signal`, up to a minute early: all processes that srun started.
        job.tell("scancel", &["--signal=USR1"]);
        job.folder
            .wait_for_words("interrupted by SIGUSR1: iterations that run have 60 s ");
        job.folder.open_gate();
        job.start_again();
        job.folder
            .wait_for_words(" are kept in kept; the same command goes on from there\n");
        job.finish();
    }
}

#[test]
fn a_cancelled_job_says_how_far_it_has_come() {
    for (vendor, mpi) in FITTING {
        let Some(cluster) = Cluster::of(vendor, mpi) else {
            continue;
        };
        let folder = JobFolder::new("cancelled");
        let name = format!("--name=cancelled-{vendor:?}");
        let mut srun = cluster.command("srun");
        srun.args([
            "-n",
            "3",
            "-K",
            &format!("--mpi={mpi}"),
            &format!("--job-{}", &name[2..]),
        ]);
        srun.arg(format!("--error={}", folder.file("errors")));
        let program = Program::new(PROGRAM)
            .variable("PARALLEL_FOR_CHECKPOINT", &folder.file("kept"))
            .variable("PARALLEL_FOR_TEST_GATE", &folder.file("gate"));
        scope(|scope| {
            let run = scope.spawn(|| program.run_by(srun, Variant::Mpi(vendor)));
            folder.wait_for_gate();
            said_by(cluster.command("scancel").arg(&name));
            folder.wait_for_words("interrupted by SIGTERM: iterations that run have ");
            folder.open_gate();
            let outcome = run.join().expect("the launcher ends");
            assert_ne!(outcome.code, 0, "{outcome}");
            assert_eq!(outcome.stdout, "", "{outcome}");
        });
        let errors = folder.read("errors");
        let ends = " iterations of the loop at tests/programs/pass/many_loops.rs:";
        assert!(errors.contains(ends), "{errors}");
    }
}
