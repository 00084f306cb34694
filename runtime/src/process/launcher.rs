//! Whether a launcher (`mpiexec`, `srun`) started this process, by the environment it left.
//!
//! Measured: Open MPI and MPICH set a size; `srun` sets `SLURM_STEP_NUM_TASKS`, while
//! `SLURM_NTASKS` alone only says that a batch script runs. Each pair of a program and the wrong
//! vendor's launcher gives N copies of "rank 0 of 1" without a warning. `srun --mpi=pmi2` sets the variables of
//! MPICH's mpiexec as well.

mod slurm;

use crate::base::stderr::say;

pub(crate) use slurm::cpus_per_task;

/// What the launcher says about this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Launch {
    pub(crate) launcher: &'static str,
    pub(crate) size: usize,
    pub(crate) rank: usize,
}

const VARIABLES: [(&str, &str, &str); 3] = [
    (
        "Open MPI's mpiexec",
        "OMPI_COMM_WORLD_SIZE",
        "OMPI_COMM_WORLD_RANK",
    ),
    ("mpiexec (MPICH, Intel MPI)", "PMI_SIZE", "PMI_RANK"),
    ("srun", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"),
];

/// What started this process: `None` for a shell.
pub(crate) fn detect(variable: impl Fn(&str) -> Option<String>) -> Option<Launch> {
    let number = |name: &str| number(&variable, name);
    VARIABLES.into_iter().find_map(|(launcher, size, rank)| {
        Some(Launch {
            launcher,
            size: number(size)?,
            rank: number(rank).unwrap_or(0),
        })
    })
}

/// Whether this is a single process inside a batch job of several tasks.
pub(crate) fn forgot_launcher(variable: impl Fn(&str) -> Option<String>) -> Option<usize> {
    let tasks = number(&variable, "SLURM_NTASKS")?;
    (tasks > 1 && variable("SLURM_STEP_NUM_TASKS").is_none()).then_some(tasks)
}

fn number(variable: impl Fn(&str) -> Option<String>, name: &str) -> Option<usize> {
    variable(name)?.trim().parse().ok()
}

impl Launch {
    /// Ends all processes of a launch that can't work: the first says why.
    pub(crate) fn refuse(&self, words: &str) -> ! {
        if self.rank == 0 {
            say(format_args!("error: {words}"));
        } else {
            // The launcher ends everybody as soon as one fails; the one with the message goes first.
            std::thread::sleep(std::time::Duration::from_secs(2));
        }
        std::process::exit(1)
    }

    /// Why this program can't run under the launcher without MPI.
    pub(crate) fn without_mpi(&self) -> String {
        format!(
            "{} started {} processes, but this program was built without MPI and each would run the whole loop\n\
             help: build it with `cargo build --release --features mpi` (your package's feature `mpi` = \
             [\"parallel-for/mpi\"]), or start it without a launcher: it uses all cores of this machine",
            self.launcher, self.size
        )
    }

    /// Why this program can't run under a launcher of another MPI.
    pub(crate) fn wrong_vendor(&self, library: &str) -> String {
        format!(
            "{} started {} processes, but to this program's MPI library each of them is rank 0 of 1, \
             so each would run the whole loop\n  the library: {library}\n\
             help: start the program with the launcher of that library (`mpiexec.openmpi`, `mpiexec.mpich`, \
             `srun --mpi=pmix -K` for Open MPI, `srun --mpi=pmi2 -K` for MPICH), or build it with the other \
             library's `mpicc` (MPICC=mpicc.mpich cargo build …)",
            self.launcher, self.size
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn environment(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        move |name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn each_launcher_is_known_by_its_size() {
        let launch =
            |pairs: &[_]| detect(environment(pairs)).map(|launch| (launch.size, launch.rank));
        assert_eq!(
            launch(&[("OMPI_COMM_WORLD_SIZE", "4"), ("OMPI_COMM_WORLD_RANK", "3")]),
            Some((4, 3))
        );
        assert_eq!(
            launch(&[("PMI_SIZE", "2"), ("PMI_RANK", "1")]),
            Some((2, 1))
        );
        assert_eq!(
            launch(&[("SLURM_STEP_NUM_TASKS", "2"), ("SLURM_PROCID", "0")]),
            Some((2, 0))
        );
        assert_eq!(
            launch(&[("SLURM_NTASKS", "2"), ("SLURM_PROCID", "0")]),
            None,
            "a batch script, no srun"
        );
        assert_eq!(launch(&[]), None);
    }

    #[test]
    fn a_batch_job_without_srun_is_noticed() {
        assert_eq!(
            forgot_launcher(environment(&[("SLURM_NTASKS", "8")])),
            Some(8)
        );
        assert_eq!(
            forgot_launcher(environment(&[
                ("SLURM_NTASKS", "8"),
                ("SLURM_STEP_NUM_TASKS", "8")
            ])),
            None
        );
        assert_eq!(forgot_launcher(environment(&[("SLURM_NTASKS", "1")])), None);
    }
}
