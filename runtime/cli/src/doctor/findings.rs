//! Judgements: facts in, lines for people out. No file here meets the machine.

mod hello;
mod mends;
mod mpi;
mod resources;
mod slurm;
mod toolchain;

use std::fmt::{self, Display};

use super::facts::Facts;

/// A line, and what to do about it where that is anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) mark: Mark,
    words: String,
    help: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Ok,
    /// Programs with MPI run, perhaps not as wanted.
    Warning,
    /// They don't without this.
    Missing,
}

/// All that is to be said of a machine.
pub(crate) fn judge(facts: &Facts) -> Vec<Finding> {
    let judgements: [fn(&Facts) -> Vec<Finding>; 6] = [
        toolchain::judge,
        mpi::judge,
        mpi::judge_libclang,
        resources::judge,
        slurm::judge,
        hello::judge,
    ];
    judgements.iter().flat_map(|judge| judge(facts)).collect()
}

impl Finding {
    fn ok(words: impl Into<String>) -> Self {
        Self {
            mark: Mark::Ok,
            words: words.into(),
            help: None,
        }
    }

    fn warning(words: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            mark: Mark::Warning,
            words: words.into(),
            help: Some(help.into()),
        }
    }

    fn missing(words: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            mark: Mark::Missing,
            words: words.into(),
            help: Some(help.into()),
        }
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.mark {
            Mark::Ok => "ok",
            Mark::Warning => "warning",
            Mark::Missing => "missing",
        };
        write!(f, "{mark:<8} {}", self.words)?;
        if let Some(help) = &self.help {
            write!(f, "\n         help: {help}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::facts::{Hello, Libclang, Mpiexec, Packages, Resources, Slurm, System};
    use crate::mpi::{Choice, Compiler, Launcher, Vendor, Wrapper};

    pub(super) fn wrapper(name: &str, vendor: Option<Vendor>) -> Wrapper {
        Wrapper {
            name: name.to_owned(),
            path: format!("/usr/bin/{name}").into(),
            vendor,
        }
    }

    pub(super) fn launcher(name: &str, vendor: Vendor) -> Launcher {
        Launcher {
            vendor,
            command: name.into(),
            version: format!("{vendor} 4"),
        }
    }

    /// A laptop with Open MPI, on which all is well.
    pub(super) fn healthy() -> Facts {
        let mpicc = wrapper("mpicc", Some(Vendor::OpenMpi));
        let mpiexec = launcher("mpiexec", Vendor::OpenMpi);
        Facts {
            system: System {
                packages: Packages::Apt,
                has_modules: false,
            },
            tools: [
                ("cargo", Some("cargo 1.95.0 (0 2026)".to_owned())),
                ("rustc", Some("rustc 1.89.0".to_owned())),
            ],
            choice: Choice {
                compiler: Some(Compiler::Wrapper(mpicc.clone())),
                in_vain: None,
            },
            wrappers: vec![mpicc],
            mpiexec: Mpiexec {
                by_name: Some(("/usr/bin/mpiexec".into(), Some(mpiexec.clone()))),
                fitting: Some(mpiexec),
            },
            libclang: Libclang {
                found: Some("/usr/lib/libclang.so".into()),
                told: None,
            },
            resources: Resources {
                cores: 8,
                allowed: 8,
                memory: Some(16 << 30),
                memory_limit: None,
                shared_memory: Some(8 << 30),
            },
            slurm: Slurm::default(),
            hello: Some(Hello::Ended {
                launcher: "mpiexec".to_owned(),
                code: 0,
                stdout: "hello 1 of 2\nhello 0 of 2\n".to_owned(),
                stderr: String::new(),
                seconds: 0.7,
            }),
        }
    }

    /// The findings that are not well, as they are printed.
    pub(super) fn troubles(facts: &Facts) -> String {
        let lines = judge(facts)
            .into_iter()
            .filter(|finding| finding.mark != Mark::Ok);
        lines
            .map(|finding| finding.to_string())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// All of them.
    pub(super) fn said(facts: &Facts) -> String {
        judge(facts)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn all_is_well_where_it_is() {
        assert_eq!(troubles(&healthy()), "");
        assert!(
            said(&healthy())
                .lines()
                .all(|line| line.starts_with("ok       "))
        );
    }

    #[test]
    fn every_trouble_comes_with_help() {
        let mut facts = healthy();
        facts.tools = [("cargo", None), ("rustc", None)];
        facts.choice = Choice::default();
        facts.wrappers.clear();
        facts.mpiexec = Mpiexec::default();
        facts.libclang.found = None;
        facts.hello = None;
        let findings = judge(&facts);
        let missing = findings
            .iter()
            .filter(|finding| finding.mark == Mark::Missing);
        // No launcher is asked for where there is no library that it could fit.
        assert_eq!(missing.count(), 4, "{}", said(&facts));
        for finding in findings.iter().filter(|finding| finding.mark != Mark::Ok) {
            assert!(finding.help.is_some(), "{finding}");
        }
    }
}
