//! Which program is meant: as `cargo run` has it, with words of its own where that is none or several.

use cargo_metadata::{Metadata, Package, TargetKind};

use crate::problem::Problem;
use crate::request::{Build, Target};

/// A program, and the package that it is in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Program<'a> {
    pub(crate) package: &'a Package,
    pub(crate) target: Target,
}

impl Target {
    pub(crate) fn name(&self) -> &str {
        let (Self::Bin(name) | Self::Example(name)) = self;
        name
    }

    /// As cargo's options say it.
    pub(crate) fn option(&self) -> &'static str {
        match self {
            Self::Bin(_) => "--bin",
            Self::Example(_) => "--example",
        }
    }

    pub(crate) fn kind(&self) -> TargetKind {
        match self {
            Self::Bin(_) => TargetKind::Bin,
            Self::Example(_) => TargetKind::Example,
        }
    }
}

/// The program that is asked for, or the only one that can be meant.
pub(crate) fn choose<'a>(metadata: &'a Metadata, build: &Build) -> Result<Program<'a>, Problem> {
    let packages = packages(metadata, build)?;
    let programs = match &build.target {
        Some(target) => named(&packages, target),
        None => usual(&packages),
    };
    match &programs[..] {
        [program] => Ok(program.clone()),
        [] => Err(none(&packages, build.target.as_ref())),
        several => {
            let listed: Vec<String> = several.iter().map(shown).collect();
            let words = format!("several programs can be meant: {}", listed.join(", "));
            Err(Problem::new(
                words,
                "name one: `--bin NAME`, and `-p PACKAGE` where packages have the same names",
            ))
        }
    }
}

/// The packages to look in: the one that is named, or those that a command in this folder is about.
fn packages<'a>(metadata: &'a Metadata, build: &Build) -> Result<Vec<&'a Package>, Problem> {
    let Some(wanted) = &build.package else {
        return Ok(metadata.workspace_default_packages());
    };
    let members = metadata.workspace_packages();
    let is_meant = |package: &&Package| {
        package.name == *wanted
            || package.id.repr == *wanted
            || format!("{}@{}", package.name, package.version) == *wanted
    };
    if let Some(package) = members.iter().copied().find(is_meant) {
        return Ok(vec![package]);
    }
    let names: Vec<&str> = members
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let words = format!("there is no package `{wanted}` in this workspace");
    Err(Problem::new(
        words,
        format!("its packages are: {}", names.join(", ")),
    ))
}

/// Those of this name, one for each package that has it.
fn named<'a>(packages: &[&'a Package], target: &Target) -> Vec<Program<'a>> {
    let has =
        |package: &&&Package| names(package, &target.kind()).any(|name| name == target.name());
    let with = packages.iter().filter(has);
    let program = |package: &&'a Package| Program {
        package,
        target: target.clone(),
    };
    with.map(program).collect()
}

/// What `cargo run` takes without a name: the `default-run` of a package, or its binaries.
fn usual<'a>(packages: &[&'a Package]) -> Vec<Program<'a>> {
    let of = |package: &&'a Package| {
        let package = *package;
        let bins = names(package, &TargetKind::Bin);
        let default = package.default_run.as_deref();
        let bins = bins.filter(move |name| default.is_none_or(|default| default == *name));
        bins.map(move |name| Program {
            package,
            target: Target::Bin(name.to_owned()),
        })
        .collect::<Vec<_>>()
    };
    packages.iter().flat_map(of).collect()
}

fn names<'a>(package: &'a Package, kind: &TargetKind) -> impl Iterator<Item = &'a str> + use<'a> {
    let kind = kind.clone();
    let targets = package
        .targets
        .iter()
        .filter(move |target| target.kind.contains(&kind));
    targets.map(|target| target.name.as_str())
}

fn none(packages: &[&Package], wanted: Option<&Target>) -> Problem {
    let all = |kind: TargetKind| -> Vec<&str> {
        packages
            .iter()
            .flat_map(|package| names(package, &kind))
            .collect()
    };
    let here: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let here = here.join(", ");
    let kind = wanted.map_or(TargetKind::Bin, Target::kind);
    let known = all(kind.clone());
    let words = match wanted {
        Some(target) => format!("{here} has no {} `{}`", what(target), target.name()),
        None => format!("{here} has no binary to run"),
    };
    let help = match (&known[..], &all(TargetKind::Example)[..]) {
        ([], []) => "name the package that has one: `-p PACKAGE`".to_owned(),
        ([], examples) => format!(
            "it has examples: `--example {}`",
            examples.join("`, `--example ")
        ),
        (known, _) => format!(
            "there are: {}; those of another package need `-p PACKAGE`",
            known.join(", ")
        ),
    };
    Problem::new(words, help)
}

fn what(target: &Target) -> &'static str {
    match target {
        Target::Bin(_) => "binary",
        Target::Example(_) => "example",
    }
}

fn shown(program: &Program<'_>) -> String {
    format!("`{}` of {}", program.target.name(), program.package.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::made_up::{package, workspace};

    fn chosen(
        metadata: &Metadata,
        package: Option<&str>,
        target: Option<Target>,
    ) -> Result<String, String> {
        let build = Build {
            package: package.map(ToOwned::to_owned),
            target,
            ..Build::default()
        };
        let program = choose(metadata, &build);
        program
            .map(|program| shown(&program))
            .map_err(|problem| problem.to_string())
    }

    fn bin(name: &str) -> Target {
        Target::Bin(name.to_owned())
    }

    #[test]
    fn one_binary_needs_no_name() {
        let metadata = workspace(&[package("sim").bin("sim").example("show")]);
        assert_eq!(chosen(&metadata, None, None).unwrap(), "`sim` of sim");
        let example = Some(Target::Example("show".to_owned()));
        assert_eq!(chosen(&metadata, None, example).unwrap(), "`show` of sim");
    }

    #[test]
    fn a_package_may_say_which_one_is_usual() {
        let metadata = workspace(&[package("sim").bin("a").bin("b").default_run("b")]);
        assert_eq!(chosen(&metadata, None, None).unwrap(), "`b` of sim");
        assert_eq!(
            chosen(&metadata, None, Some(bin("a"))).unwrap(),
            "`a` of sim"
        );
    }

    #[test]
    fn several_have_to_be_named() {
        let metadata = workspace(&[package("sim").bin("a").bin("b"), package("other").bin("a")]);
        let said = chosen(&metadata, None, None).unwrap_err();
        assert!(
            said.contains("`a` of sim, `b` of sim, `a` of other"),
            "{said}"
        );
        let said = chosen(&metadata, None, Some(bin("a"))).unwrap_err();
        assert!(said.contains("-p PACKAGE"), "{said}");
        assert_eq!(
            chosen(&metadata, Some("other"), Some(bin("a"))).unwrap(),
            "`a` of other"
        );
    }

    #[test]
    fn names_that_nothing_has_are_told_those_that_there_are() {
        let metadata = workspace(&[
            package("sim").bin("simulate"),
            package("lib").example("demo"),
        ]);
        let said = chosen(&metadata, Some("sim"), Some(bin("simulat"))).unwrap_err();
        assert!(said.contains("sim has no binary `simulat`"), "{said}");
        assert!(said.contains("there are: simulate"), "{said}");
        let said = chosen(&metadata, Some("lib"), None).unwrap_err();
        assert!(said.contains("`--example demo`"), "{said}");
        let said = chosen(&metadata, Some("sam"), None).unwrap_err();
        assert!(said.contains("its packages are: sim, lib"), "{said}");
    }
}
