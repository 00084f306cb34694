//! How far a job has come, for whoever asks while it runs.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::phrases::grouped;

/// See the module.
#[derive(Debug)]
pub(super) struct Progress {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// So many loops are over.
    loops: u64,
    /// The loop that runs.
    now: Option<Now>,
}

#[derive(Clone, Debug)]
struct Now {
    site: String,
    kept: u64,
    length: Option<u64>,
}

impl Progress {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A loop begins, of which so many iterations are kept.
    pub(super) fn begin(&self, site: &str, kept: u64, length: Option<u64>) {
        let site = site.to_owned();
        self.state().now = Some(Now { site, kept, length });
    }

    /// So many more of it are kept.
    pub(super) fn keep(&self, iterations: u64) {
        if let Some(now) = &mut self.state().now {
            now.kept += iterations;
        }
    }

    /// It is over.
    pub(super) fn end(&self) {
        let mut state = self.state();
        state.now = None;
        state.loops += 1;
    }

    pub(super) fn is_in_loop(&self) -> bool {
        self.state().now.is_some()
    }

    /// What is kept, and how to go on, in words.
    pub(super) fn words(&self) -> String {
        let State { loops, now } = &*self.state();
        let loops = match loops {
            0 => None,
            1 => Some("1 loop".to_owned()),
            loops => Some(format!("{} loops", grouped(*loops))),
        };
        let now = now.as_ref().map(|Now { site, kept, length }| {
            format!("{} of the loop at {site}", of(*kept, *length))
        });
        let all: Vec<_> = loops.into_iter().chain(now).collect();
        let kept = if all.is_empty() {
            "nothing is finished yet".to_owned()
        } else {
            let folder = self.folder.display();
            format!("{} are kept in {folder}", all.join(" and "))
        };
        format!("{kept}; the same command goes on from there")
    }
}

/// So many of so many iterations.
pub(super) fn of(iterations: u64, length: Option<u64>) -> String {
    let length = length.map(|length| format!(" of {}", grouped(length)));
    format!(
        "{}{} iterations",
        grouped(iterations),
        length.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_told_as_far_as_it_is_known() {
        let progress = Progress::new("kept".into());
        assert!(progress.words().starts_with("nothing is finished yet; "));
        progress.begin("a.rs:1", 0, None);
        progress.end();
        progress.begin("a.rs:7", 10, Some(2000));
        progress.keep(990);
        let words = "1 loop and 1,000 of 2,000 iterations of the loop at a.rs:7 are kept in kept; the same command goes on from there";
        assert_eq!(progress.words(), words);
    }
}
