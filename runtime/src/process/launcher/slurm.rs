//! What is special about processes that `srun` starts by itself: it hands out ranks only with the `--mpi` that the
//! program's MPI library understands, and it says how many CPUs each task was given.
//!
//! Measured, with Open MPI 4.1: without, it prints seventy lines about how to build Open MPI, and fails.
//!
//! Invariant: only what can't work is refused. An Open MPI may be built with Slurm's own libraries, which
//! do without, and one whose parts can't be listed may be any.

use super::{Launch, number};

/// How Open MPI names the parts that get ranks from Slurm's own libraries.
const OF_SLURM: [&str; 2] = ["mca_pmix_s1.so", "mca_pmix_s2.so"];

impl Launch {
    /// Why a program of Open MPI would find no ranks, before the library itself says so at length: it has these parts.
    pub(crate) fn without_pmix(
        &self,
        library: &str,
        parts: &[String],
        variable: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let is_open_mpi = library.starts_with("Open MPI");
        let is_known = parts.iter().any(|part| part.starts_with("mca_pmix_"));
        let by_slurm = parts.iter().any(|part| OF_SLURM.contains(&&**part));
        if !is_open_mpi
            || !is_known
            || by_slurm
            || !is_direct(&variable)
            || variable("PMIX_NAMESPACE").is_some()
        {
            return None;
        }
        let given = variable("SLURM_MPI_TYPE").unwrap_or_else(|| "none".to_owned());
        Some(format!(
            "srun started {} processes with --mpi={given}, which tells this program's MPI library nothing of the others\n  \
             the library: {library}\n\
             help: start it with `srun --mpi=pmix -K …`; `srun --mpi=list` shows whether this Slurm has pmix, and \
             where it has not, `mpiexec` inside of the job starts the ranks",
            self.size
        ))
    }
}

/// How many CPUs Slurm gave to each task, of a process that is such a task: others of a job, as `mpiexec` starts
/// them, may be fewer than the tasks and share all that they were given.
pub(crate) fn cpus_per_task(variable: impl Fn(&str) -> Option<String>) -> Option<usize> {
    let cpus = number(&variable, "SLURM_CPUS_PER_TASK")?;
    (cpus > 0 && is_direct(&variable)).then_some(cpus)
}

/// Whether srun started the process itself, and not a launcher that did.
fn is_direct(variable: impl Fn(&str) -> Option<String>) -> bool {
    let number = |name: &str| number(&variable, name);
    let is_task = number("SLURM_STEP_NUM_TASKS").is_some() && number("SLURM_PROCID").is_some();
    let agrees = |ours: &str, its: &str| number(ours).is_none_or(|ours| Some(ours) == number(its));
    is_task
        && variable("OMPI_COMM_WORLD_SIZE").is_none()
        && agrees("PMI_SIZE", "SLURM_STEP_NUM_TASKS")
        && agrees("PMI_RANK", "SLURM_PROCID")
}

#[cfg(test)]
mod tests {
    use super::super::{detect, tests::environment};
    use super::*;

    const STEP: [(&str, &str); 2] = [("SLURM_STEP_NUM_TASKS", "4"), ("SLURM_PROCID", "1")];
    const LIBRARY: &str = "Open MPI v4.1.4";

    fn refusal(library: &str, parts: &[&str], pairs: &[(&str, &str)]) -> Option<String> {
        let pairs = [&STEP, pairs].concat();
        let parts: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
        let launch = detect(environment(&pairs)).unwrap();
        launch.without_pmix(library, &parts, environment(&pairs))
    }

    #[test]
    fn open_mpi_without_pmix_is_told_the_flag() {
        let parts = ["mca_btl_tcp.so", "mca_pmix_ext3x.so"];
        let words = refusal(LIBRARY, &parts, &[]).unwrap();
        assert!(words.contains("4 processes with --mpi=none"), "{words}");
        assert!(words.contains("srun --mpi=pmix -K"), "{words}");
        let pmi2 = [
            ("SLURM_MPI_TYPE", "pmi2"),
            ("PMI_SIZE", "4"),
            ("PMI_RANK", "1"),
        ];
        let words = refusal(LIBRARY, &parts, &pmi2).unwrap();
        assert!(words.contains("--mpi=pmi2,"), "{words}");
    }

    #[test]
    fn what_may_work_is_not_refused() {
        let usual = &["mca_pmix_ext3x.so"][..];
        let pmix = ("PMIX_NAMESPACE", "slurm.pmix.1.0");
        assert_eq!(refusal(LIBRARY, usual, &[pmix]), None);
        assert_eq!(refusal("MPICH Version: 4.0.2", usual, &[]), None);
        let own = &["mca_pmix_ext3x.so", "mca_pmix_s1.so"];
        assert_eq!(refusal(LIBRARY, own, &[]), None);
        assert_eq!(refusal(LIBRARY, &[], &[]), None, "a static build");
        let by_mpiexec = ("OMPI_COMM_WORLD_SIZE", "2");
        assert_eq!(refusal(LIBRARY, usual, &[by_mpiexec]), None);
    }

    #[test]
    fn cpus_are_those_of_tasks() {
        let cpus = |pairs: &[(&str, &str)]| cpus_per_task(environment(pairs));
        let given = ("SLURM_CPUS_PER_TASK", "3");
        assert_eq!(cpus(&[STEP[0], STEP[1], given]), Some(3));
        assert_eq!(cpus(&STEP), None);
        assert_eq!(cpus(&[given]), None, "a batch script");
        let by_mpiexec = [STEP[0], STEP[1], given, ("PMI_SIZE", "2")];
        assert_eq!(cpus(&by_mpiexec), None, "mpiexec's own processes are tasks");
    }
}
