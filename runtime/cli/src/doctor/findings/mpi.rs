//! Which MPI a build takes, whether `mpiexec` is of the same one, and what else the build needs.

use super::{Finding, mends};
use crate::doctor::facts::Facts;
use crate::mpi::{Compiler, Vendor};

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let others = facts.wrappers.iter().filter(|wrapper| {
        // `mpicc` is mostly another name of one of the others.
        wrapper.vendor.is_some()
            && wrapper.vendor != facts.choice.vendor()
            && wrapper.name != "mpicc"
    });
    let others = others.map(|wrapper| {
        let name = &wrapper.name;
        let vendor = wrapper
            .vendor
            .map(|vendor| format!(" of {vendor}"))
            .unwrap_or_default();
        Finding::ok(format!(
            "{name}{vendor} is here, too: builds take it with `export MPICC={name}`, in a `--target-dir` of their own"
        ))
    });
    [Some(compiler(facts)), launcher(facts)]
        .into_iter()
        .flatten()
        .chain(others)
        .collect()
}

fn compiler(facts: &Facts) -> Finding {
    let vendor = named(facts.choice.vendor());
    let taken = match &facts.choice.compiler {
        Some(Compiler::Wrapper(wrapper)) => {
            format!("{}, of {vendor} ({})", wrapper.name, wrapper.path.display())
        }
        Some(Compiler::Package(name, _)) => format!("what `pkg-config {name}` says, of {vendor}"),
        None => {
            let help = mends::mpi(facts.system, Vendor::OpenMpi);
            return match &facts.choice.in_vain {
                Some((variable, value)) => Finding::missing(
                    format!("an MPI library: {variable} names `{value}`, which is not here"),
                    format!("`unset {variable}`, or {help}"),
                ),
                None => Finding::missing("an MPI library with `mpicc`, to build with", help),
            };
        }
    };
    match &facts.choice.in_vain {
        Some((variable, value)) => Finding::warning(
            format!("{variable} names `{value}`, which is not here: a build takes {taken}"),
            format!("`unset {variable}`, or let it name what is here"),
        ),
        None => Finding::ok(format!("a build takes {taken}")),
    }
}

/// Nothing is said of launchers where there is no library: one would have to fit the other.
fn launcher(facts: &Facts) -> Option<Finding> {
    facts.choice.compiler.as_ref()?;
    let vendor = facts.choice.vendor();
    let fitting = facts.mpiexec.fitting.as_ref();
    let shown = fitting.map(|launcher| launcher.command.display());
    let shown = shown.map(|shown| {
        format!("start with `{shown}`, or `cargo parallel-for run`, which takes that one")
    });
    let install = || mends::mpi(facts.system, vendor.unwrap_or(Vendor::OpenMpi));
    Some(match (&facts.mpiexec.by_name, shown) {
        (None, Some(help)) => Finding::warning("there is no `mpiexec` on PATH", help),
        (None, None) => Finding::missing("`mpiexec`, to start ranks", install()),
        (Some((path, known)), shown) => {
            let path = path.display();
            let Some(known) = known else {
                let words = format!("`mpiexec` is {path}, which says nothing that is known here");
                let help = "if ranks don't find each other, take the `mpiexec` of the library";
                return Some(Finding::warning(words, shown.unwrap_or(help.to_owned())));
            };
            if vendor.is_none_or(|vendor| vendor == known.vendor) {
                return Some(Finding::ok(format!(
                    "`mpiexec` is of {} ({path})",
                    known.version
                )));
            }
            let words = format!(
                "of {}: `mpiexec` is of {}, another MPI ({path})",
                named(vendor),
                known.version
            );
            match shown {
                Some(help) => Finding::warning(format!("builds take a library {words}"), help),
                None => Finding::missing(format!("an `mpiexec` {words}"), install()),
            }
        }
    })
}

pub(super) fn judge_libclang(facts: &Facts) -> Vec<Finding> {
    let help = mends::libclang(facts.system);
    vec![match (&facts.libclang.found, &facts.libclang.told) {
        (Some(path), _) => Finding::ok(format!("libclang ({})", path.display())),
        (None, Some(told)) => Finding::missing(
            format!("libclang: LIBCLANG_PATH names `{told}`, where it is not"),
            format!("`unset LIBCLANG_PATH`, or {help}"),
        ),
        (None, None) => Finding::missing("libclang, which makes the bindings to MPI", help),
    }]
}

fn named(vendor: Option<Vendor>) -> String {
    vendor.map_or("an MPI that is not known here".to_owned(), |vendor| {
        vendor.to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, launcher, said, troubles, wrapper};
    use crate::doctor::facts::Mpiexec;
    use crate::mpi::{Choice, Compiler, Vendor};

    #[test]
    fn without_a_library_there_is_one_line_with_the_command_that_gets_it() {
        let mut facts = healthy();
        facts.choice = Choice::default();
        facts.mpiexec = Mpiexec::default();
        facts.hello = None;
        let expected = "missing  an MPI library with `mpicc`, to build with\n         \
            help: `apt-get install openmpi-bin libopenmpi-dev`";
        assert_eq!(troubles(&facts), expected);
        facts.choice.in_vain = Some(("MPI_PKG_CONFIG", "my.pc".to_owned()));
        assert!(
            troubles(&facts).contains("MPI_PKG_CONFIG names `my.pc`, which is not here"),
            "{}",
            troubles(&facts)
        );
    }

    #[test]
    fn a_variable_that_names_nothing_is_told_although_builds_go_on() {
        let mut facts = healthy();
        facts.choice = Choice {
            compiler: Some(Compiler::Package(
                "mpich".to_owned(),
                vec!["-lmpich".to_owned()],
            )),
            in_vain: Some(("MPICC", "mpicc.typo".to_owned())),
        };
        facts.mpiexec.fitting = Some(launcher("mpiexec.mpich", Vendor::Mpich));
        let said = troubles(&facts);
        assert!(said.contains("warning  MPICC names `mpicc.typo`, which is not here: a build takes what `pkg-config mpich` says"), "{said}");
    }

    #[test]
    fn a_launcher_of_another_mpi_is_told_with_the_one_that_fits() {
        let mut facts = healthy();
        let mpich = launcher("mpiexec", Vendor::Mpich);
        facts.mpiexec.by_name = Some(("/opt/bin/mpiexec".into(), Some(mpich)));
        facts.mpiexec.fitting = Some(launcher("mpiexec.openmpi", Vendor::OpenMpi));
        let expected = "warning  builds take a library of Open MPI: `mpiexec` is of MPICH 4, another MPI (/opt/bin/mpiexec)\n         \
            help: start with `mpiexec.openmpi`, or `cargo parallel-for run`, which takes that one";
        assert_eq!(troubles(&facts), expected);
        facts.mpiexec.fitting = None;
        let said = troubles(&facts);
        assert!(
            said.starts_with(
                "missing  an `mpiexec` of Open MPI: `mpiexec` is of MPICH 4, another MPI"
            ),
            "{said}"
        );
    }

    #[test]
    fn launchers_may_be_missing_or_not_known() {
        let mut facts = healthy();
        facts.mpiexec.by_name = None;
        assert!(troubles(&facts).starts_with("warning  there is no `mpiexec` on PATH"));
        facts.mpiexec.fitting = None;
        assert!(troubles(&facts).starts_with("missing  `mpiexec`, to start ranks"));
        facts.mpiexec.by_name = Some(("/opt/bin/mpiexec".into(), None));
        assert!(
            troubles(&facts)
                .starts_with("warning  `mpiexec` is /opt/bin/mpiexec, which says nothing")
        );
    }

    #[test]
    fn other_wrappers_are_told_with_the_way_to_take_them() {
        let mut facts = healthy();
        facts
            .wrappers
            .push(wrapper("mpicc.openmpi", Some(Vendor::OpenMpi)));
        facts
            .wrappers
            .push(wrapper("mpicc.mpich", Some(Vendor::Mpich)));
        let said = said(&facts);
        assert!(
            said.contains("ok       mpicc.mpich of MPICH is here, too: builds take it with `export MPICC=mpicc.mpich`"),
            "{said}"
        );
        assert!(!said.contains("mpicc.openmpi"), "{said}");
    }

    #[test]
    fn libclang_may_be_looked_for_in_the_wrong_place() {
        let mut facts = healthy();
        facts.libclang.found = None;
        assert!(
            troubles(&facts).contains("help: `apt-get install libclang-dev`"),
            "{}",
            troubles(&facts)
        );
        facts.libclang.told = Some("/nowhere".to_owned());
        assert!(
            troubles(&facts).contains("LIBCLANG_PATH names `/nowhere`, where it is not"),
            "{}",
            troubles(&facts)
        );
    }
}
