//! Which feature switches MPI on for a program: `mpi = ["parallel-for/mpi"]`, by whatever name, also through a library of the
//! same workspace.

use cargo_metadata::{Dependency, Metadata, Package};

use crate::problem::Problem;

/// What the library is called, and its feature.
const LIBRARY: &str = "parallel-for";
const FEATURE: &str = "mpi";

/// The feature of this package to build with, as `--features` takes it.
pub(crate) fn of_mpi(metadata: &Metadata, package: &Package) -> Result<String, Problem> {
    let members = metadata.workspace_packages();
    let mut features: Vec<&String> = package.features.keys().collect();
    // A default feature that comes to the same needs no mention, and a package's own word for it is the best.
    features.sort_by_key(|feature| (*feature != FEATURE, *feature == "default"));
    let leads = |feature: &&String| leads(&members, package, feature, &mut Vec::new());
    if let Some(feature) = features.into_iter().find(leads) {
        return Ok(feature.clone());
    }
    // A package without such a feature still has those of its dependency.
    let library = package
        .dependencies
        .iter()
        .find(|dependency| dependency.name == LIBRARY);
    let library = library.map(|library| format!("{}/{FEATURE}", called(library)));
    library.ok_or_else(|| {
        let words = format!("the package `{}` does not depend on {LIBRARY}", package.name);
        let help = format!(
            "`cargo add {LIBRARY}`; if a library that it uses does so, switch that one's MPI on in Cargo.toml: \
             [features] mpi = [\"LIBRARY/mpi\"]"
        );
        Problem::new(words, help)
    })
}

/// What the package calls it in its features.
fn called(dependency: &Dependency) -> &str {
    dependency.rename.as_ref().unwrap_or(&dependency.name)
}

/// Whether a feature of a package switches on, by whatever way, that of the library. Features may go in circles.
fn leads(
    members: &[&Package],
    package: &Package,
    feature: &str,
    passed: &mut Vec<(String, String)>,
) -> bool {
    let here = (package.name.to_string(), feature.to_owned());
    if passed.contains(&here) {
        return false;
    }
    passed.push(here);
    let Some(values) = package.features.get(feature) else {
        return false;
    };
    values.iter().any(|value| match value.split_once('/') {
        // Weak ones, `name?/feature`, need something else that takes the dependency in.
        Some((name, feature)) => package
            .dependencies
            .iter()
            .filter(|dependency| called(dependency) == name)
            .any(|dependency| {
                let member = members.iter().find(|member| member.name == dependency.name);
                dependency.name == LIBRARY && feature == FEATURE
                    || member.is_some_and(|member| leads(members, member, feature, passed))
            }),
        None => leads(members, package, value, passed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::made_up::{package, workspace};

    fn found(metadata: &Metadata) -> Result<String, String> {
        let found = of_mpi(metadata, metadata.workspace_packages()[0]);
        found.map_err(|problem| problem.to_string())
    }

    #[test]
    fn the_feature_is_found_by_what_it_does() {
        let sim = || package("sim").needs("parallel-for", None);
        assert_eq!(
            found(&workspace(&[sim().feature("mpi", "parallel-for/mpi")])).unwrap(),
            "mpi"
        );
        assert_eq!(
            found(&workspace(&[sim().feature("cluster", "parallel-for/mpi")])).unwrap(),
            "cluster"
        );
        let several = sim()
            .feature("all", "mpi")
            .feature("mpi", "parallel-for/mpi");
        assert_eq!(found(&workspace(&[several])).unwrap(), "mpi");
    }

    #[test]
    fn a_feature_that_is_called_mpi_need_not_be_it() {
        let sim = package("sim")
            .needs("parallel-for", None)
            .feature("mpi", "other/mpi");
        assert_eq!(found(&workspace(&[sim])).unwrap(), "parallel-for/mpi");
    }

    #[test]
    fn without_one_that_of_the_dependency_is_named_by_its_name() {
        let sim = package("sim").needs("parallel-for", None);
        assert_eq!(found(&workspace(&[sim])).unwrap(), "parallel-for/mpi");
        let renamed = package("sim").needs("parallel-for", Some("pf"));
        assert_eq!(found(&workspace(&[renamed])).unwrap(), "pf/mpi");
        let renamed = package("sim")
            .needs("parallel-for", Some("pf"))
            .feature("many", "pf/mpi");
        assert_eq!(found(&workspace(&[renamed])).unwrap(), "many");
    }

    #[test]
    fn a_library_of_the_workspace_may_be_between() {
        let sim = package("sim")
            .needs("model", None)
            .feature("mpi", "model/ranks");
        let model = package("model")
            .needs("parallel-for", None)
            .feature("ranks", "parallel-for/mpi");
        assert_eq!(found(&workspace(&[sim, model])).unwrap(), "mpi");
    }

    #[test]
    fn features_in_circles_lead_nowhere() {
        let sim = package("sim").feature("a", "b").feature("b", "a");
        let said = found(&workspace(&[sim])).unwrap_err();
        assert!(
            said.contains("`sim` does not depend on parallel-for"),
            "{said}"
        );
    }
}
