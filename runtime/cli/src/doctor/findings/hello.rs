//! What the fate of two ranks says about the installation.

use super::{Finding, mends};
use crate::doctor::facts::{Facts, Hello};

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    facts.hello.iter().map(|hello| of(hello, facts)).collect()
}

fn of(hello: &Hello, facts: &Facts) -> Finding {
    match hello {
        Hello::NotCompiled(words) => {
            let help = format!(
                "{}, and the header files of the MPI library",
                mends::c_compiler(facts.system)
            );
            Finding::missing(
                format!("a program in C that compiles with MPI{}", indented(words)),
                help,
            )
        }
        Hello::Hung(seconds) => Finding::missing(
            format!("two ranks that find each other: they were still at it after {seconds:.0} s"),
            "a firewall between the interfaces of this machine may be why: with Open MPI, try `export OMPI_MCA_btl=self,vader`",
        ),
        Hello::Ended {
            launcher,
            code,
            stdout,
            stderr,
            seconds,
        } => match (ranks(stdout), code) {
            (Some(ranks), 0) if ranks == [(0, 2), (1, 2)] => Finding::ok(format!(
                "two ranks found each other under `{launcher}`, in {seconds:.1} s"
            )),
            (Some(ranks), _) if ranks == [(0, 1), (0, 1)] => Finding::missing(
                format!(
                    "two ranks that find each other: under `{launcher}` each is rank 0 of 1, as by an `mpiexec` of another MPI"
                ),
                "start with the launcher of the library that the build takes, which `cargo parallel-for run` finds",
            ),
            _ => Finding::missing(
                format!(
                    "two ranks that find each other: `{launcher}` ended with exit code {code}{}",
                    indented(stderr)
                ),
                "the launcher's words above say why",
            ),
        },
    }
}

/// Rank and size in each line, in order; `None` if anything else was said.
fn ranks(stdout: &str) -> Option<Vec<(u32, u32)>> {
    let rank = |line: &str| {
        let (rank, size) = line.strip_prefix("hello ")?.split_once(" of ")?;
        Some((rank.parse().ok()?, size.parse().ok()?))
    };
    let mut ranks: Vec<_> = stdout.lines().map(rank).collect::<Option<_>>()?;
    ranks.sort_unstable();
    Some(ranks)
}

/// The first lines of somebody else's words.
fn indented(words: &str) -> String {
    let lines = words
        .lines()
        .filter(|line| !line.trim_matches(['-', '=', ' ']).is_empty());
    let lines: Vec<&str> = lines.take(8).collect();
    if lines.is_empty() {
        return String::new();
    }
    let margin = "
         | ";
    format!("{margin}{}", lines.join(margin))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, troubles};
    use super::*;

    fn after(code: i32, stdout: &str, stderr: &str) -> Facts {
        let [launcher, stdout, stderr] = ["mpiexec", stdout, stderr].map(ToOwned::to_owned);
        Facts {
            hello: Some(Hello::Ended {
                launcher,
                code,
                stdout,
                stderr,
                seconds: 0.5,
            }),
            ..healthy()
        }
    }

    #[test]
    fn ranks_that_are_alone_have_the_launcher_of_another_mpi() {
        let said = troubles(&after(0, "hello 0 of 1\nhello 0 of 1\n", ""));
        assert!(said.starts_with("missing  two ranks"), "{said}");
        assert!(said.contains("an `mpiexec` of another MPI"), "{said}");
    }

    #[test]
    fn the_launchers_words_are_passed_on() {
        let said = troubles(&after(1, "", "-----\nno slots\n-----\n"));
        assert!(
            said.contains("ended with exit code 1\n         | no slots\n         help: "),
            "{said}"
        );
        assert!(troubles(&after(1, "hello 0 of 2\nhello 1 of 2\n", "")).contains("exit code 1"));
        assert!(troubles(&after(0, "", "")).contains("exit code 0"));
    }

    #[test]
    fn compilers_fail_and_ranks_hang() {
        let mut facts = healthy();
        facts.hello = Some(Hello::NotCompiled("mpi.h: No such file\n".to_owned()));
        assert!(
            troubles(&facts).contains("| mpi.h: No such file"),
            "{}",
            troubles(&facts)
        );
        facts.hello = Some(Hello::Hung(30.2));
        assert!(
            troubles(&facts).contains("after 30 s"),
            "{}",
            troubles(&facts)
        );
    }
}
