//! Whether this is Slurm, and by which `--mpi` it starts ranks of the library that builds take.

use super::Finding;
use crate::doctor::facts::Facts;
use crate::mpi::Vendor;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let slurm = &facts.slurm;
    let job = slurm.job.as_ref().map(|job| {
        let tasks = slurm
            .tasks
            .as_ref()
            .map(|tasks| format!(" with {tasks} tasks"))
            .unwrap_or_default();
        format!("in job {job} of Slurm{tasks}")
    });
    match (job, slurm.has_srun) {
        (None, false) => vec![Finding::ok("no Slurm: `mpiexec` starts the ranks")],
        (Some(job), false) => {
            vec![Finding::warning(
                format!("{job}, but `srun` is not on PATH"),
                "`module load slurm`, or start with `mpiexec`",
            )]
        }
        (job, true) => job
            .map(Finding::ok)
            .into_iter()
            .chain([srun(facts)])
            .collect(),
    }
}

fn srun(facts: &Facts) -> Finding {
    let Some(plugins) = &facts.slurm.plugins else {
        let words = "`srun` is here, but finds no Slurm";
        return match facts.slurm.job {
            Some(_) => Finding::warning(
                words,
                "`srun --mpi=list` says why; until then start with `mpiexec`",
            ),
            None => Finding::ok(format!("{words}: `mpiexec` starts the ranks")),
        };
    };
    let Some(vendor) = facts.choice.vendor() else {
        return Finding::ok(format!("`srun` knows --mpi={}", plugins.join(", --mpi=")));
    };
    let fits = |vendor: Vendor| plugins.iter().any(|plugin| plugin == vendor.of_srun());
    if fits(vendor) {
        return Finding::ok(format!(
            "`srun --mpi={} -K` starts ranks of {vendor}",
            vendor.of_srun()
        ));
    }
    let other = vendor.other();
    let build = if fits(other) {
        format!(
            ", or build with {other}, which --mpi={} fits",
            other.of_srun()
        )
    } else {
        String::new()
    };
    Finding::warning(
        format!(
            "this `srun` has no --mpi={}, which ranks of {vendor} need",
            vendor.of_srun()
        ),
        format!("start with `mpiexec` in the job{build}"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, said, troubles};
    use crate::doctor::facts::{Facts, Slurm};

    fn under(job: Option<&str>, plugins: Option<&[&str]>) -> Facts {
        let plugins = plugins.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let slurm = Slurm {
            job: job.map(ToOwned::to_owned),
            tasks: Some("64".to_owned()),
            has_srun: true,
            plugins,
        };
        Facts { slurm, ..healthy() }
    }

    #[test]
    fn the_plugin_that_fits_is_named() {
        let facts = under(Some("17"), Some(&["none", "pmi2", "pmix"]));
        assert_eq!(troubles(&facts), "");
        assert!(
            said(&facts).contains("ok       in job 17 of Slurm with 64 tasks"),
            "{}",
            said(&facts)
        );
        assert!(
            said(&facts).contains("ok       `srun --mpi=pmix -K` starts ranks of Open MPI"),
            "{}",
            said(&facts)
        );
    }

    #[test]
    fn one_that_is_missing_has_ways_around() {
        let said = troubles(&under(None, Some(&["none", "pmi2"])));
        assert!(
            said.contains("this `srun` has no --mpi=pmix, which ranks of Open MPI need"),
            "{said}"
        );
        assert!(
            said.contains("or build with MPICH, which --mpi=pmi2 fits"),
            "{said}"
        );
    }

    #[test]
    fn variables_alone_are_no_slurm() {
        let mut facts = under(Some("17"), None);
        assert!(
            troubles(&facts).contains("`srun` is here, but finds no Slurm"),
            "{}",
            troubles(&facts)
        );
        facts.slurm.has_srun = false;
        assert!(
            troubles(&facts)
                .contains("in job 17 of Slurm with 64 tasks, but `srun` is not on PATH"),
            "{}",
            troubles(&facts)
        );
        assert_eq!(troubles(&under(None, None)), "", "tools without a cluster");
    }
}
