//! The environment variables that a job gets beside those of its user, and which ones a launcher has to pass on.

use std::ffi::{OsStr, OsString};

use crate::request::Job;

/// Those of the library, by their beginning; the others that it reads.
const OURS: &str = "PARALLEL_FOR_";
const OTHERS: [&str; 1] = ["RUST_BACKTRACE"];
const PROGRESS: &str = "PARALLEL_FOR_PROGRESS";

/// What options set, which counts more than the environment, and the names of all that ranks must have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variables {
    pub(crate) set: Vec<(&'static str, OsString)>,
    pub(crate) passed_on: Vec<String>,
}

impl Variables {
    /// For a job that keeps what is finished in this folder, and whose standard error goes to a terminal or not; the
    /// environment is asked by names.
    pub(crate) fn new(
        job: &Job,
        kept: Option<&OsStr>,
        is_terminal: bool,
        environment: impl IntoIterator<Item = String>,
    ) -> Self {
        let is_read = |name: &String| name.starts_with(OURS) || OTHERS.contains(&&**name);
        let mut passed_on: Vec<String> = environment.into_iter().filter(is_read).collect();
        // Launchers pass standard error on, so that programs see no terminal.
        let is_unsaid = !passed_on.iter().any(|name| name == PROGRESS);
        let progress = match (is_terminal, job.progress) {
            (true, asked) if asked || is_unsaid => Some("bar".into()),
            (_, asked) => asked.then(|| "1".into()),
        };
        let threads = job.threads.map(|threads| threads.to_string().into());
        let options = [
            ("PARALLEL_FOR_CHECKPOINT", kept.map(ToOwned::to_owned)),
            ("PARALLEL_FOR_PLAN", job.plan.as_ref().map(Into::into)),
            (PROGRESS, progress),
            ("PARALLEL_FOR_REPORT", job.report.as_ref().map(Into::into)),
            ("PARALLEL_FOR_THREADS", threads),
            (
                "PARALLEL_FOR_TIMELINE",
                job.timeline.as_ref().map(Into::into),
            ),
        ];
        let set: Vec<_> = options
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        passed_on.extend(set.iter().map(|(name, _)| (*name).to_owned()));
        passed_on.sort();
        passed_on.dedup();
        Self { set, passed_on }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_variables() {
        let job = Job {
            threads: Some(3),
            progress: true,
            report: Some("1".to_owned()),
            timeline: Some("t.json".to_owned()),
            plan: Some("20".to_owned()),
            ..Job::default()
        };
        let variables = Variables::new(&job, Some("kept".as_ref()), false, []);
        let set: Vec<String> = variables
            .set
            .iter()
            .map(|(name, value)| format!("{name}={}", value.display()))
            .collect();
        let expected = [
            "CHECKPOINT=kept",
            "PLAN=20",
            "PROGRESS=1",
            "REPORT=1",
            "THREADS=3",
            "TIMELINE=t.json",
        ];
        assert_eq!(set, expected.map(|it| format!("PARALLEL_FOR_{it}")));
    }

    #[test]
    fn a_terminal_gets_a_bar_unless_its_user_says_otherwise() {
        let progress = |asked, is_terminal, environment: &[&str]| {
            let job = Job {
                progress: asked,
                ..Job::default()
            };
            let environment = environment.iter().map(|&name| name.to_owned());
            let set = Variables::new(&job, None, is_terminal, environment).set;
            set.first().map(|(_, value)| value.display().to_string())
        };
        assert_eq!(progress(false, true, &[]).as_deref(), Some("bar"));
        assert_eq!(progress(true, true, &[PROGRESS]).as_deref(), Some("bar"));
        assert_eq!(progress(true, false, &[]).as_deref(), Some("1"));
        assert_eq!(progress(false, true, &[PROGRESS]), None);
        assert_eq!(progress(false, false, &[]), None);
    }

    #[test]
    fn ranks_elsewhere_get_those_that_the_library_reads() {
        let environment = [
            "HOME",
            "RUST_BACKTRACE",
            "PARALLEL_FOR_LOG",
            "PARALLEL_FOR_THREADS",
        ];
        let job = Job {
            threads: Some(3),
            ..Job::default()
        };
        let variables = Variables::new(&job, None, false, environment.map(ToOwned::to_owned));
        assert_eq!(
            variables.passed_on,
            ["PARALLEL_FOR_LOG", "PARALLEL_FOR_THREADS", "RUST_BACKTRACE"]
        );
    }
}
