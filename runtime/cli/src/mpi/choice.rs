//! Which MPI a build takes, as the build script of `mpi-sys` decides it (`build-probe-mpi`): what variables name, an `mpicc`,
//! or what `pkg-config` knows. It does not stop at a variable that names nothing.

use std::env;
use std::process::Command;

use super::wrapper::recognise;
use super::{Vendor, Wrapper};

/// What compiles and links programs in C for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Compiler {
    Wrapper(Wrapper),
    /// The package's name, and the flags that it asks for.
    Package(String, Vec<String>),
}

/// What a build takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) compiler: Option<Compiler>,
    /// A variable with its value, which names nothing that is there.
    pub(crate) in_vain: Option<(&'static str, String)>,
}

impl Choice {
    pub(crate) fn vendor(&self) -> Option<Vendor> {
        match self.compiler.as_ref()? {
            Compiler::Wrapper(wrapper) => wrapper.vendor,
            Compiler::Package(name, flags) => recognise(&format!("{name} {}", flags.join(" "))),
        }
    }
}

/// The choice in this environment.
pub(crate) fn of_builds() -> Choice {
    choose(|name| env::var(name).ok(), Wrapper::at, package_flags)
}

fn choose(
    variable: impl Fn(&str) -> Option<String>,
    wrapper: impl Fn(&str) -> Option<Wrapper>,
    flags: impl Fn(&str) -> Option<Vec<String>>,
) -> Choice {
    let package = |name: &str| Some(Compiler::Package(name.to_owned(), flags(name)?));
    if let Some(name) = variable("MPI_PKG_CONFIG") {
        // The one that nothing is tried after.
        let compiler = package(&name);
        let in_vain = compiler.is_none().then_some(("MPI_PKG_CONFIG", name));
        return Choice { compiler, in_vain };
    }
    let cray = variable("CRAY_MPICH_DIR")
        .and_then(|folder| package(&format!("{folder}/lib/pkgconfig/mpich.pc")));
    if cray.is_some() {
        return Choice {
            compiler: cray,
            in_vain: None,
        };
    }
    let named = variable("MPICC");
    let name = named.as_deref().unwrap_or("mpicc");
    if let Some(wrapper) = wrapper(name) {
        return Choice {
            compiler: Some(Compiler::Wrapper(wrapper)),
            in_vain: None,
        };
    }
    Choice {
        compiler: package("mpich").or_else(|| package("ompi")),
        in_vain: named.map(|name| ("MPICC", name)),
    }
}

fn package_flags(name: &str) -> Option<Vec<String>> {
    let said = Command::new("pkg-config")
        .args(["--cflags", "--libs", name])
        .output()
        .ok()?;
    let flags = String::from_utf8_lossy(&said.stdout).into_owned();
    said.status
        .success()
        .then(|| flags.split_whitespace().map(ToOwned::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a machine with these wrappers and packages.
    fn chosen(variables: &[(&str, &str)], wrappers: &[&str], packages: &[&str]) -> String {
        let variable =
            |name: &str| Some(variables.iter().find(|(key, _)| *key == name)?.1.to_owned());
        let wrapper = |name: &str| {
            wrappers.contains(&name).then(|| Wrapper {
                name: name.to_owned(),
                path: name.into(),
                vendor: None,
            })
        };
        let flags = |name: &str| packages.contains(&name).then(|| vec!["-lmpi".to_owned()]);
        let choice = choose(variable, wrapper, flags);
        let name = match choice.compiler {
            Some(Compiler::Wrapper(wrapper)) => wrapper.name,
            Some(Compiler::Package(name, _)) => format!("package {name}"),
            None => "nothing".to_owned(),
        };
        choice.in_vain.map_or(name.clone(), |(variable, _)| {
            format!("{name}, {variable} in vain")
        })
    }

    #[test]
    fn a_build_takes_what_is_named_or_usual() {
        let all = ["mpicc", "mpicc.mpich"];
        assert_eq!(chosen(&[], &all, &["mpich"]), "mpicc");
        assert_eq!(
            chosen(&[("MPICC", "mpicc.mpich")], &all, &[]),
            "mpicc.mpich"
        );
        assert_eq!(
            chosen(
                &[("MPI_PKG_CONFIG", "my.pc"), ("MPICC", "mpicc")],
                &all,
                &["my.pc"]
            ),
            "package my.pc"
        );
        let cray = [("CRAY_MPICH_DIR", "/opt/cray")];
        assert_eq!(
            chosen(&cray, &all, &["/opt/cray/lib/pkgconfig/mpich.pc"]),
            "package /opt/cray/lib/pkgconfig/mpich.pc"
        );
        assert_eq!(chosen(&cray, &all, &[]), "mpicc");
    }

    #[test]
    fn without_a_wrapper_it_takes_a_package() {
        assert_eq!(chosen(&[], &[], &["ompi"]), "package ompi");
        assert_eq!(chosen(&[], &[], &["ompi", "mpich"]), "package mpich");
        assert_eq!(chosen(&[], &[], &[]), "nothing");
    }

    #[test]
    fn a_variable_may_name_nothing() {
        assert_eq!(
            chosen(&[("MPICC", "banana")], &["mpicc"], &["mpich"]),
            "package mpich, MPICC in vain"
        );
        assert_eq!(
            chosen(&[("MPICC", "banana")], &["mpicc"], &[]),
            "nothing, MPICC in vain"
        );
        assert_eq!(
            chosen(&[("MPI_PKG_CONFIG", "banana")], &["mpicc"], &["mpich"]),
            "nothing, MPI_PKG_CONFIG in vain"
        );
    }
}
