//! Cargo does the work: it tells what a workspace has, and builds the program.

use std::env;
use std::ffi::OsString;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use cargo_metadata::{Message, Metadata, MetadataCommand};

use super::command_line::CommandLine;
use super::program::Program;
use crate::problem::Problem;
use crate::request::Build;

/// The one that called us, where it did.
fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// What cargo knows of the workspace that this folder is in.
pub(crate) fn metadata(build: &Build) -> Result<Metadata, Problem> {
    let mut command = MetadataCommand::new();
    command.cargo_path(cargo()).no_deps();
    if let Some(manifest) = &build.manifest {
        command.manifest_path(manifest);
    }
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            let words = stderr.trim().strip_prefix("error: ").unwrap_or(stderr.trim()).to_owned();
            Problem::new(words, "go to the folder of a package that uses parallel-for, or name it: `--manifest-path PATH`")
        }
        error => Problem::new(format!("cargo did not tell what is here: {error}"), "is cargo installed? https://rustup.rs"),
    })
}

/// The built program; cargo's exit code, if it can't be built.
pub(crate) fn build(
    build: &Build,
    program: &Program<'_>,
    feature: Option<&str>,
) -> Result<Result<PathBuf, ExitCode>, Problem> {
    let arguments = arguments(build, program, feature);
    let shown = CommandLine {
        words: [&["cargo".into()], &arguments[..]].concat(),
        ..CommandLine::default()
    };
    eprintln!("     Running `{shown}`");
    let help = "is cargo installed? https://rustup.rs";
    let mut cargo = Command::new(cargo())
        .args(&arguments)
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Problem::new(format!("cargo did not start: {error}"), help))?;
    let messages = BufReader::new(cargo.stdout.take().expect("it is piped"));
    let executable = Message::parse_stream(messages)
        .filter_map(Result::ok)
        .filter_map(|message| match message {
            Message::CompilerArtifact(artifact) if is_of(&artifact.target, program) => {
                artifact.executable
            }
            _ => None,
        })
        .last();
    let status = cargo
        .wait()
        .map_err(|error| Problem::new(format!("cargo is lost: {error}"), help))?;
    if !status.success() {
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        return Ok(Err(ExitCode::from(code.unwrap_or(101))));
    }
    let executable = executable.map(|path| Ok(path.into_std_path_buf()));
    executable.ok_or_else(|| {
        Problem::new(
            "cargo built the program and did not say where it is",
            "is this a cargo of Rust 1.89 or newer?",
        )
    })
}

fn is_of(target: &cargo_metadata::Target, program: &Program<'_>) -> bool {
    target.name == program.target.name() && target.kind.contains(&program.target.kind())
}

/// What cargo is told, as a user would type it.
fn arguments(build: &Build, program: &Program<'_>, feature: Option<&str>) -> Vec<OsString> {
    let mut words: Vec<OsString> = vec!["build".into()];
    words.extend(profile(build).into_iter().map(Into::into));
    if let Some(manifest) = &build.manifest {
        words.extend(["--manifest-path".into(), manifest.clone()]);
    }
    if let Some(folder) = &build.target_folder {
        words.extend(["--target-dir".into(), folder.clone()]);
    }
    words.extend(["-p".into(), program.package.name.as_str().into()]);
    words.extend([program.target.option().into(), program.target.name().into()]);
    let features = feature
        .into_iter()
        .chain(build.features.iter().map(String::as_str));
    let features: Vec<&str> = features.collect();
    if !features.is_empty() {
        words.extend(["--features".into(), features.join(",").into()]);
    }
    if build.no_default_features {
        words.push("--no-default-features".into());
    }
    words.extend(build.passed_on.iter().map(Into::into));
    words
}

/// The profile as an option, which those of cargo's commands that are about what was built take.
pub(crate) fn profile(build: &Build) -> Vec<&str> {
    match &*build.profile {
        "release" => vec!["--release"],
        "dev" => Vec::new(),
        name => vec!["--profile", name],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Target;
    use crate::run::made_up::{package, workspace};

    fn line(build: &Build, feature: Option<&str>) -> String {
        let metadata = workspace(&[package("sim").bin("sim")]);
        let target = Target::Bin("sim".to_owned());
        let program = Program {
            package: metadata.workspace_packages()[0],
            target,
        };
        let words = arguments(build, &program, feature);
        words
            .iter()
            .map(|word| word.to_str().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn cargo_is_told_what_was_asked_for() {
        let mut build = Build {
            profile: "release".to_owned(),
            ..Build::default()
        };
        assert_eq!(line(&build, None), "build --release -p sim --bin sim");
        assert_eq!(
            line(&build, Some("mpi")),
            "build --release -p sim --bin sim --features mpi"
        );
        build.features = vec!["fast".to_owned()];
        build.profile = "dev".to_owned();
        build.passed_on = vec!["--locked"];
        assert_eq!(
            line(&build, Some("mpi")),
            "build -p sim --bin sim --features mpi,fast --locked"
        );
        build.profile = "bench".to_owned();
        assert_eq!(
            line(&build, None),
            "build --profile bench -p sim --bin sim --features fast --locked"
        );
    }
}
