//! Machines that lack something, made of folders for PATH and of variables.

use std::env;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Output};

use parallel_for_tests::{Folder, Vendor, subcommand, under_each_mpi};

under_each_mpi! {
    two_ranks_find_each_other
    a_launcher_of_another_mpi_is_noticed
    ranks_that_are_alone_are_noticed
    variables_of_slurm_are_noticed
}

/// A machine on which builds take this MPI.
fn machine(vendor: Vendor) -> Command {
    let mut doctor = subcommand();
    doctor.arg("doctor").env("MPICC", vendor.compiler());
    for name in [
        "MPI_PKG_CONFIG",
        "CRAY_MPICH_DIR",
        "LIBCLANG_PATH",
        "SLURM_JOB_ID",
    ] {
        doctor.env_remove(name);
    }
    doctor
}

/// Puts these programs first.
fn first(doctor: &mut Command, folder: &Folder) {
    let path = env::var("PATH").expect("a PATH");
    doctor.env("PATH", format!("{}:{path}", folder.name()));
}

fn script(folder: &Folder, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

fn tool(name: &str) -> String {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {name}")])
        .output();
    String::from_utf8(found.expect("sh is on every Unix").stdout)
        .expect("a path")
        .trim()
        .to_owned()
}

fn said(doctor: &mut Command) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = doctor.output().expect("it starts");
    assert!(stderr.is_empty(), "{}", String::from_utf8_lossy(&stderr));
    (status.code(), String::from_utf8(stdout).expect("text"))
}

fn says(words: &str, texts: &[&str]) {
    for text in texts {
        assert!(words.contains(text), "no `{text}` in:\n{words}");
    }
}

fn two_ranks_find_each_other(vendor: Vendor) {
    let (code, words) = said(&mut machine(vendor));
    assert_eq!(code, Some(0), "{words}");
    let taken = format!("ok       a build takes {}, of ", vendor.compiler());
    says(
        &words,
        &[
            &taken,
            "ok       libclang (",
            " cores",
            "ok       two ranks found each other under `",
        ],
    );
}

fn a_launcher_of_another_mpi_is_noticed(vendor: Vendor) {
    let folder = Folder::new("doctor-other");
    symlink(
        tool(vendor.other().launcher()),
        folder.path().join("mpiexec"),
    )
    .expect("a link");
    let mut doctor = machine(vendor);
    first(&mut doctor, &folder);
    let (code, words) = said(&mut doctor);
    assert_eq!(code, Some(0), "{words}");
    let (path, own) = (folder.file("mpiexec"), vendor.launcher());
    let found = format!("two ranks found each other under `{own}`");
    says(
        &words,
        &["another MPI (", &path, "help: start with `", &found],
    );
}

/// A launcher that starts programs, and tells them nothing of each other.
fn ranks_that_are_alone_are_noticed(vendor: Vendor) {
    let folder = Folder::new("doctor-alone");
    let version = match vendor {
        Vendor::OpenMpi => "mpiexec (Open MPI) 9.9",
        Vendor::Mpich => "HYDRA build details:",
    };
    let text = format!(
        "if [ \"$1\" = --version ]; then echo '{version}'; exit; fi\nwhile [ $# -gt 1 ]; do shift; done\n\"$1\"; \"$1\""
    );
    script(&folder, "mpiexec", &text);
    let mut doctor = machine(vendor);
    first(&mut doctor, &folder);
    let (code, words) = said(&mut doctor);
    assert_eq!(code, Some(1), "{words}");
    says(
        &words,
        &[
            "missing  two ranks that find each other: under `mpiexec` each is rank 0 of 1, as by an `mpiexec` of another MPI",
        ],
    );
}

fn variables_of_slurm_are_noticed(vendor: Vendor) {
    let folder = Folder::new("doctor-slurm");
    script(
        &folder,
        "srun",
        "printf 'MPI plugin types are...\\n\\tnone\\n\\tpmi2\\n'",
    );
    let mut doctor = machine(vendor);
    first(&mut doctor, &folder);
    doctor.envs([("SLURM_JOB_ID", "17"), ("SLURM_NTASKS", "64")]);
    let (code, words) = said(&mut doctor);
    assert_eq!(code, Some(0), "{words}");
    let judged = match vendor {
        Vendor::OpenMpi => "warning  this `srun` has no --mpi=pmix, which ranks of Open MPI need",
        Vendor::Mpich => "ok       `srun --mpi=pmi2 -K` starts ranks of MPICH",
    };
    // The ranks are started beside the job that these variables tell of.
    says(
        &words,
        &[
            "ok       in job 17 of Slurm with 64 tasks",
            judged,
            "two ranks found each other",
        ],
    );
}

#[test]
fn without_mpi_there_is_the_command_that_gets_it() {
    let folder = Folder::new("doctor-without");
    let mut doctor = subcommand();
    doctor.arg("doctor").env("PATH", folder.name());
    for name in ["MPICC", "MPI_PKG_CONFIG", "CRAY_MPICH_DIR"] {
        doctor.env_remove(name);
    }
    let (code, words) = said(&mut doctor);
    assert_eq!(code, Some(1), "{words}");
    says(
        &words,
        &["missing  an MPI library with `mpicc`, to build with\n         help: "],
    );
    assert!(!words.contains("two ranks"), "{words}");
}

#[test]
fn a_missing_libclang_is_named() {
    let (code, words) = said(subcommand().arg("doctor").env("LIBCLANG_PATH", "/nowhere"));
    assert_eq!(code, Some(1), "{words}");
    says(
        &words,
        &["missing  libclang: LIBCLANG_PATH names `/nowhere`, where it is not\n         help: "],
    );
}
