//! Whether Slurm is here, and which ranks its `srun` knows how to start.

use std::env;
use std::process::Command;
use std::time::Duration;

use super::Folder;
use crate::doctor::facts::Slurm;
use crate::doctor::patience;
use crate::path;

/// Where its controller does not answer, srun asks for long.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn found() -> Slurm {
    let variable = |name: &str| env::var(name).ok();
    let has_srun = path::find("srun").is_some();
    Slurm {
        job: variable("SLURM_JOB_ID"),
        tasks: variable("SLURM_NTASKS"),
        has_srun,
        plugins: if has_srun { listed() } else { None },
    }
}

fn listed() -> Option<Vec<String>> {
    let folder = Folder::new("srun").ok()?;
    let said = patience::run(
        Command::new("srun").arg("--mpi=list"),
        PATIENCE,
        folder.path(),
    )
    .ok()?;
    // Some versions list them on stderr.
    (said.code == Some(0)).then(|| plugins(&format!("{}{}", said.stdout, said.stderr)))
}

/// One name a line, behind a heading and before the versions of pmix.
fn plugins(said: &str) -> Vec<String> {
    let lines = said
        .lines()
        .map(|line| line.trim().trim_start_matches("srun: "));
    let names = lines.filter(|line| !line.is_empty() && !line.contains([' ', ':']));
    names.map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_is_said_around_them() {
        let new = "MPI plugin types are...\n\tnone\n\tcray_shasta\n\tpmi2\n\tpmix\nspecific pmix plugin versions available: pmix_v4\n";
        assert_eq!(plugins(new), ["none", "cray_shasta", "pmi2", "pmix"]);
        let old = "srun: MPI types are...\nsrun: pmi2\nsrun: none\n";
        assert_eq!(plugins(old), ["pmi2", "none"]);
    }
}
