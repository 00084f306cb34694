//! The command line that starts a job: what this launcher needs on this machine, and what it looks like in a shell.

use std::ffi::OsString;
use std::fmt::{self, Display};
use std::path::Path;
use std::process::Command;

use super::variables::Variables;
use crate::machine;
use crate::mpi::{Launcher, Vendor};
use crate::request::{Hosts, Job};

/// Variables, and words of which the first is a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommandLine {
    pub(crate) variables: Vec<(String, OsString)>,
    pub(crate) words: Vec<OsString>,
}

/// Where a job is started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// This machine's, for threads, and those that Open MPI gives to ranks.
    pub(crate) cores: usize,
    pub(crate) whole_cores: usize,
    pub(crate) is_root: bool,
    /// A batch system says which machines there are.
    pub(crate) has_batch_system: bool,
}

impl Place {
    pub(crate) fn here() -> Self {
        let variables = [
            "SLURM_JOB_ID",
            "PBS_NODEFILE",
            "LSB_HOSTS",
            "LSB_DJOB_HOSTFILE",
            "PE_HOSTFILE",
        ];
        Self {
            cores: machine::cores(),
            whole_cores: machine::whole_cores(),
            is_root: machine::is_root(),
            has_batch_system: variables
                .iter()
                .any(|name| std::env::var_os(name).is_some()),
        }
    }
}

/// The launcher's part, before the program.
pub(crate) fn under_launcher(
    launcher: &Launcher,
    ranks: u32,
    job: &Job,
    place: &Place,
    variables: &Variables,
) -> CommandLine {
    let mut line = CommandLine::default();
    line.words.push((&launcher.command).into());
    match launcher.vendor {
        Vendor::OpenMpi => line.add_open_mpi(ranks, job, place, variables),
        // It passes on the whole environment, has no limit of ranks, and binds none.
        Vendor::Mpich => line.add_hosts(ranks, job, ["-hosts", "-f"]),
    }
    line.add(["-n", &ranks.to_string()]);
    line
}

impl CommandLine {
    fn add<const N: usize>(&mut self, words: [&str; N]) {
        self.words.extend(words.map(Into::into));
    }

    fn add_open_mpi(&mut self, ranks: u32, job: &Job, place: &Place, variables: &Variables) {
        if place.is_root {
            for name in ["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] {
                self.variables.push((name.to_owned(), "1".into()));
            }
        }
        let ranks_here = usize::try_from(ranks).unwrap_or(usize::MAX);
        let is_here = job.hosts.is_none() && !place.has_batch_system;
        if is_here && ranks_here > place.whole_cores {
            self.add(["--oversubscribe"]);
        }
        // It binds one or two ranks to a core each, and more to a part of the machine, of which some may be left over.
        // Ranks of one thread are best so; the threads of others need all cores, which ranks divide among themselves.
        let one_thread =
            job.threads == Some(1) || job.threads.is_none() && is_here && ranks_here >= place.cores;
        if !one_thread {
            self.add(["--bind-to", "none"]);
        }
        self.add_hosts(ranks, job, ["--host", "--hostfile"]);
        for name in &variables.passed_on {
            self.add(["-x", name]);
        }
    }

    fn add_hosts(&mut self, ranks: u32, job: &Job, [list, file]: [&str; 2]) {
        match &job.hosts {
            Some(Hosts::Listed(names)) => self.add([list, &with_numbers(names, ranks).join(",")]),
            Some(Hosts::File(path)) => self.add([file, path]),
            None => {}
        }
    }

    /// The whole line.
    pub(crate) fn with_program(
        mut self,
        variables: &Variables,
        program: &Path,
        arguments: &[OsString],
    ) -> Self {
        let set = variables
            .set
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        self.variables.extend(set);
        self.words.push(program.into());
        self.words.extend_from_slice(arguments);
        self
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        let variables = self.variables.iter().map(|(name, value)| (name, value));
        command.args(&self.words[1..]).envs(variables);
        command
    }
}

/// Open MPI gives one rank to a host without a number, so each gets its part of the ranks.
fn with_numbers(hosts: &[String], ranks: u32) -> Vec<String> {
    let number = u32::try_from(hosts.len()).map_or(1, |hosts| ranks.div_ceil(hosts.max(1)));
    let with = |host: &String| {
        if host.contains(':') {
            host.clone()
        } else {
            format!("{host}:{number}")
        }
    };
    hosts.iter().map(with).collect()
}

impl Display for CommandLine {
    /// As it can be typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variables = self
            .variables
            .iter()
            .map(|(name, value)| format!("{name}={}", quoted(&value.to_string_lossy())));
        let words = self
            .words
            .iter()
            .map(|word| quoted(&word.to_string_lossy()));
        f.write_str(&variables.chain(words).collect::<Vec<_>>().join(" "))
    }
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Place = Place {
        cores: 8,
        whole_cores: 4,
        is_root: false,
        has_batch_system: false,
    };

    fn line(vendor: Vendor, ranks: u32, job: &Job, place: &Place) -> String {
        let launcher = Launcher {
            vendor,
            command: "mpiexec".into(),
            version: String::new(),
        };
        let variables = Variables::new(job, None, false, []);
        let line = under_launcher(&launcher, ranks, job, place, &variables);
        line.with_program(&variables, "target/release/sim".as_ref(), &job.arguments)
            .to_string()
    }

    #[test]
    fn open_mpi_is_told_what_it_asks_for() {
        let of = |ranks, place: &Place| line(Vendor::OpenMpi, ranks, &Job::default(), place);
        assert_eq!(
            of(2, &LAPTOP),
            "mpiexec --bind-to none -n 2 target/release/sim"
        );
        assert_eq!(
            of(6, &LAPTOP),
            "mpiexec --oversubscribe --bind-to none -n 6 target/release/sim"
        );
        assert_eq!(
            of(8, &LAPTOP),
            "mpiexec --oversubscribe -n 8 target/release/sim",
            "one thread each"
        );
        let root = Place {
            is_root: true,
            ..LAPTOP
        };
        let allowed = "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 ";
        assert!(of(2, &root).starts_with(allowed), "{}", of(2, &root));
    }

    #[test]
    fn a_batch_system_knows_its_cores_better() {
        let cluster = Place {
            has_batch_system: true,
            ..LAPTOP
        };
        let of = |ranks| line(Vendor::OpenMpi, ranks, &Job::default(), &cluster);
        assert_eq!(of(64), "mpiexec --bind-to none -n 64 target/release/sim");
    }

    #[test]
    fn ranks_of_one_thread_are_bound_as_the_launcher_likes() {
        let job = Job {
            threads: Some(1),
            ..Job::default()
        };
        let expected =
            "PARALLEL_FOR_THREADS=1 mpiexec -x PARALLEL_FOR_THREADS -n 2 target/release/sim";
        assert_eq!(line(Vendor::OpenMpi, 2, &job, &LAPTOP), expected);
    }

    #[test]
    fn mpich_needs_nothing() {
        let root = Place {
            is_root: true,
            ..LAPTOP
        };
        assert_eq!(
            line(Vendor::Mpich, 64, &Job::default(), &root),
            "mpiexec -n 64 target/release/sim"
        );
    }

    #[test]
    fn hosts_get_their_part_of_the_ranks() {
        let listed = Hosts::Listed(vec!["a".to_owned(), "b:1".to_owned()]);
        let mut job = Job {
            hosts: Some(listed),
            ..Job::default()
        };
        let of = |vendor, job: &Job| line(vendor, 5, job, &LAPTOP);
        assert_eq!(
            of(Vendor::OpenMpi, &job),
            "mpiexec --bind-to none --host a:3,b:1 -n 5 target/release/sim"
        );
        assert_eq!(
            of(Vendor::Mpich, &job),
            "mpiexec -hosts a:3,b:1 -n 5 target/release/sim"
        );
        job.hosts = Some(Hosts::File("hosts".to_owned()));
        assert_eq!(
            of(Vendor::OpenMpi, &job),
            "mpiexec --bind-to none --hostfile hosts -n 5 target/release/sim"
        );
        assert_eq!(
            of(Vendor::Mpich, &job),
            "mpiexec -f hosts -n 5 target/release/sim"
        );
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        let job = Job {
            arguments: vec!["it's".into(), "".into(), "a b".into(), "*".into()],
            ..Job::default()
        };
        let shown = line(Vendor::Mpich, 2, &job, &LAPTOP);
        assert_eq!(
            shown,
            r"mpiexec -n 2 target/release/sim 'it'\''s' '' 'a b' '*'"
        );
    }
}
