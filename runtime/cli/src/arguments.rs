//! The command line: what may be typed. Whatever else is typed ends here, with words for people.

use std::ffi::OsString;

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::request::{Build, Hosts, Job, Request, Resume, Run, Target};

/// No machine has so many; a slip of the finger has.
const MOST_RANKS: u32 = 1_000_000;

/// Reads the command line; one that has no sense, or asks for help, ends the process with the words for that.
pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Request {
    let mut words: Vec<OsString> = words.collect();
    // Cargo passes on the name that it was called by, a shell does not.
    if words.get(1).is_some_and(|word| word == "parallel-for") {
        words.remove(1);
    }
    request(&grammar().get_matches_from(words))
}

fn request(matches: &ArgMatches) -> Request {
    match matches.subcommand() {
        Some(("run", matches)) => Request::Run(Box::new(run(matches))),
        Some(("plan", matches)) => Request::Run(Box::new(plan(matches))),
        Some(("doctor", _)) => Request::Doctor,
        _ => unreachable!("the grammar asks for a command that it knows"),
    }
}

fn build(matches: &ArgMatches) -> Build {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let os_text = |name: &str| matches.get_one::<OsString>(name).cloned();
    let target = text("bin").map(Target::Bin);
    let debug = matches.get_flag("debug").then(|| "dev".to_owned());
    let passed_on = ["--locked", "--offline", "--frozen", "--quiet", "--verbose"];
    Build {
        package: text("package"),
        target: target.or_else(|| text("example").map(Target::Example)),
        features: all(matches, "features"),
        no_default_features: matches.get_flag("no-default-features"),
        profile: text("profile").or(debug).unwrap_or("release".to_owned()),
        manifest: os_text("manifest-path"),
        target_folder: os_text("target-dir"),
        passed_on: passed_on
            .into_iter()
            .filter(|it| matches.get_flag(&it[2..]))
            .collect(),
    }
}

fn all<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> Vec<T> {
    let all = matches.get_many(name).into_iter().flatten();
    all.cloned().collect()
}

/// One process, which is measured.
fn plan(matches: &ArgMatches) -> Run {
    let seconds = matches.get_one::<u32>("seconds").copied().unwrap_or(20);
    let ranks: Vec<String> = all::<u32>(matches, "for")
        .iter()
        .map(ToString::to_string)
        .collect();
    let plan = match &ranks[..] {
        [] => seconds.to_string(),
        ranks => format!("{seconds}:{}", ranks.join(",")),
    };
    Run {
        build: build(matches),
        job: Job {
            threads: matches.get_one("threads").copied(),
            plan: Some(plan),
            arguments: all(matches, "arguments"),
            ..Job::default()
        },
        ..Run::default()
    }
}

fn run(matches: &ArgMatches) -> Run {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let number = |name: &str| matches.get_one::<u32>(name).copied();
    let given = |name: &str| matches.value_source(name).is_some();
    let listed = matches.get_many::<String>("hosts");
    let listed = listed.map(|names| Hosts::Listed(names.cloned().collect()));
    Run {
        build: build(matches),
        ranks: number("ranks"),
        job: Job {
            mpiexec: text("mpiexec"),
            threads: number("threads"),
            hosts: listed.or_else(|| text("hostfile").map(Hosts::File)),
            progress: matches.get_flag("progress"),
            report: given("report").then(|| text("report").unwrap_or("1".to_owned())),
            timeline: text("timeline"),
            plan: None,
            arguments: all(matches, "arguments"),
        },
        resume: given("resume").then(|| text("resume").map_or(Resume::Usual, Resume::Folder)),
        restarts: number("restarts").unwrap_or(0),
    }
}

fn grammar() -> Command {
    Command::new("cargo-parallel-for")
        .bin_name("cargo parallel-for")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Starts programs of the crate parallel-for on the cores and ranks of this machine or a cluster")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(run_grammar())
        .subcommand(plan_grammar())
        .subcommand(Command::new("doctor").about(
            "Says what this machine has and lacks for programs with MPI, and how to get it; starts two ranks to see",
        ))
}

fn option(name: &'static str, value: &'static str) -> Arg {
    let parser = NonEmptyStringValueParser::new();
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_parser(parser)
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn count(name: &'static str, most: u32) -> Arg {
    option(name, "N").value_parser(move |text: &str| counted(text, most))
}

fn plan_grammar() -> Command {
    let job = [
        count("seconds", 1_000_000)
            .help("Measure until the loops have run for so long; otherwise 20"),
        count("for", 4096)
            .value_name("RANKS,...")
            .value_delimiter(',')
            .help("How many ranks to plan for, of one thread each; otherwise 1,8,64,512"),
        count("threads", 4096).help("Compute threads to measure with; otherwise all cores"),
    ];
    Command::new("plan")
        .about("Measures a program in one process, and tells how long its loops would take on other numbers of ranks")
        .after_help("The program is ended when it was measured for long enough: in the middle of a loop.")
        .args(job)
        .next_help_heading("What to build")
        .args(build_grammar())
        .arg(arguments_grammar())
}

fn run_grammar() -> Command {
    let job = [
        count("ranks", MOST_RANKS)
            .short('n')
            .help("Ranks to start, of a build with MPI; without this, one process on all cores and no MPI"),
        count("threads", 4096).help("Compute threads of each rank; otherwise its share of the cores"),
        option("hosts", "HOST[:N],...")
            .value_delimiter(',')
            .requires("ranks")
            .conflicts_with("hostfile")
            .help("Machines to start ranks on, which all see the program at the same path"),
        option("hostfile", "FILE").requires("ranks").help("The same from a file, in the launcher's own format"),
        option("mpiexec", "PROGRAM")
            .requires("ranks")
            .help("The launcher; otherwise that of the library which the program is linked with"),
        flag("progress").help("Show how far the loops are (PARALLEL_FOR_PROGRESS)"),
        option("report", "FILE")
            .num_args(0..=1)
            .require_equals(true)
            .help("Report at the end where the time went (PARALLEL_FOR_REPORT)"),
        option("timeline", "FILE")
            .help("Draw what each thread did, in a .html page or as Chrome's trace events in .json (PARALLEL_FOR_TIMELINE)"),
        option("resume", "FOLDER")
            .num_args(0..=1)
            .help("Keep what is finished, and go on from there; in `checkpoints/NAME` beside `target` if not told"),
        option("restarts", "N")
            .value_parser(value_parser!(u32))
            .requires("resume")
            .help("Start the job again up to N times when it was interrupted or a rank was killed"),
    ];
    Command::new("run")
        .about("Builds a program and starts it")
        .after_help(
            "The exit code is the program's. The command lines that are run are printed on stderr.",
        )
        .args(job)
        .next_help_heading("What to build")
        .args(build_grammar())
        .arg(arguments_grammar())
}

/// What is cargo's affair.
fn build_grammar() -> impl IntoIterator<Item = Arg> {
    let file = |name: &'static str| option(name, "PATH").value_parser(value_parser!(OsString));
    [
        option("bin", "NAME")
            .conflicts_with("example")
            .help("The binary to run"),
        option("example", "NAME").help("The example to run"),
        option("package", "SPEC")
            .short('p')
            .help("The package that it is in"),
        option("features", "FEATURES")
            .short('F')
            .action(ArgAction::Append)
            .help("Features to build with, beside the one that switches MPI on"),
        flag("no-default-features").help("Build without the default features"),
        flag("release")
            .short('r')
            .conflicts_with_all(["debug", "profile"])
            .help("Build with optimisations: the default"),
        flag("debug")
            .conflicts_with("profile")
            .help("Build without optimisations, as `cargo build` does"),
        option("profile", "NAME").help("Build with this profile"),
        file("manifest-path").help("Path to Cargo.toml"),
        file("target-dir").help("Folder for what is built"),
        flag("locked").help("Build with the versions in Cargo.lock"),
        flag("offline").help("Build without the network"),
        flag("frozen").help("Both"),
        flag("quiet")
            .short('q')
            .help("Do not print cargo's messages"),
        flag("verbose")
            .short('v')
            .help("Print cargo's messages in full"),
    ]
}

fn arguments_grammar() -> Arg {
    Arg::new("arguments")
        .last(true)
        .num_args(0..)
        .value_name("ARGUMENTS")
        .value_parser(value_parser!(OsString))
        .help("What the program is given")
}

/// A number from 1 on.
fn counted(text: &str, most: u32) -> Result<u32, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| format!("it takes a number from 1 to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Run, String> {
        read_command("run", line)
    }

    fn read_command(command: &str, line: &str) -> Result<Run, String> {
        let words = line.split_whitespace();
        let matches = grammar()
            .try_get_matches_from([&["cargo", command][..], &words.collect::<Vec<_>>()].concat());
        match request(&matches.map_err(|error| error.to_string())?) {
            Request::Run(run) => Ok(*run),
            Request::Doctor => Err("another command".to_owned()),
        }
    }

    #[test]
    fn the_grammar_is_sound() {
        grammar().debug_assert();
    }

    #[test]
    fn options_with_values_that_may_be_left_out_take_no_argument_of_the_program() {
        let run = read("-n 4 --report --resume -- 7 --resume").unwrap();
        assert_eq!(run.job.report.as_deref(), Some("1"));
        assert_eq!(run.resume, Some(Resume::Usual));
        assert_eq!(run.job.arguments, ["7", "--resume"]);
        let run = read("-n 4 --report=times.txt --resume kept --timeline t.html").unwrap();
        assert_eq!(run.job.report.as_deref(), Some("times.txt"));
        assert_eq!(run.resume, Some(Resume::Folder("kept".to_owned())));
        assert_eq!(run.job.timeline.as_deref(), Some("t.html"));
    }

    #[test]
    fn a_plan_measures_one_process() {
        let plan = |line| read_command("plan", line).unwrap();
        assert_eq!(plan("").job.plan.as_deref(), Some("20"));
        let plan = plan("--seconds 5 --for 2,3 --bin a --threads 1 -- 7");
        assert_eq!(plan.job.plan.as_deref(), Some("5:2,3"));
        assert_eq!((plan.ranks, plan.job.threads), (None, Some(1)));
        assert_eq!(plan.build.target, Some(Target::Bin("a".to_owned())));
        assert_eq!(plan.job.arguments, ["7"]);
        for wrong in ["--seconds 0", "--for 0", "--for 2,x", "-n 4"] {
            assert!(read_command("plan", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_said_is_usual() {
        let run = read("").unwrap();
        assert_eq!((run.ranks, run.restarts, run.resume), (None, 0, None));
        assert_eq!(run.build.profile, "release");
        assert_eq!(read("--debug").unwrap().build.profile, "dev");
        assert_eq!(read("--release").unwrap().build.profile, "release");
    }

    #[test]
    fn hosts_are_a_list() {
        let run = read("-n 4 --hosts a,b:2").unwrap();
        let listed = Hosts::Listed(vec!["a".to_owned(), "b:2".to_owned()]);
        assert_eq!(run.job.hosts, Some(listed));
    }

    #[test]
    fn what_has_no_sense_is_refused_with_what_has() {
        let said = |line: &str| read(line).unwrap_err();
        for ranks in ["0", "-3", "banana", "99999999999"] {
            let said = said(&format!("-n {ranks}"));
            assert!(said.contains(ranks), "{said}");
        }
        assert!(
            said("-n 0").contains(
                "invalid value '0' for '--ranks <N>': it takes a number from 1 to 1000000"
            )
        );
        assert!(said("--threads 5000").contains("a number from 1 to 4096"));
        assert!(said("--restarts 3").contains("--resume"));
        assert!(said("--bin a --example b").contains("cannot be used with"));
        assert!(said("--hosts a").contains("--ranks"));
        assert!(said("program").contains("unexpected argument 'program'"));
        assert!(said("--report=").contains("--report"));
    }
}
