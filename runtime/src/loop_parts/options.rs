//! What the user asked for: in the attribute, or in the environment.

use std::time::Duration;

use crate::base::program;
use crate::loop_parts::identity::Written;
use crate::loop_parts::schedule::Schedule;

/// Who gets the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gather {
    /// The master alone.
    Master,
    /// Every rank.
    All,
}

impl Gather {
    /// The default of a function `main` in this module.
    #[must_use]
    pub fn of_main(module: &str) -> Self {
        if program::has_main(module) {
            Self::Master
        } else {
            Self::All
        }
    }
}

/// The options of one loop. The macro writes them; see its manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Who gets the outputs.
    pub gather: Gather,
    /// How the iterations are divided.
    pub schedule: Schedule,
    /// Compute threads per rank; `None` leaves it to the environment and the machine.
    pub threads: Option<usize>,
    /// The loop itself, where the macro has written the call.
    pub written: Option<Written>,
}

impl Options {
    /// What holds where the user says nothing.
    pub const DEFAULT: Options = Options {
        gather: Gather::All,
        schedule: Schedule::Managed { chunk: None },
        threads: None,
        written: None,
    };

    /// The same for the `number`-th `for` of a function, whose tokens have this `code`.
    #[must_use]
    pub const fn of_loop(number: usize, code: u64) -> Self {
        Self {
            written: Some(Written::new(number, code)),
            ..Self::DEFAULT
        }
    }
}

/// Overrides the number of compute threads per rank.
pub(crate) const THREADS: &str = "PARALLEL_FOR_THREADS";
/// `0` stops the comparison of the items and captured variables of ranks.
pub(crate) const CHECK: &str = "PARALLEL_FOR_CHECK";
/// So many seconds a rank waits before it asks whether it waits forever; `0` and `off`: never.
pub(crate) const DEADLOCK_AFTER: &str = "PARALLEL_FOR_DEADLOCK_AFTER";
/// What holds where the environment says nothing.
const USUAL_PATIENCE: Duration = Duration::from_secs(5);

/// The number of threads that the environment asks for.
///
/// # Errors
/// In words, when the variable is no number of threads.
pub(crate) fn threads_from(value: Option<&str>) -> Result<Option<usize>, String> {
    let Some(value) = value else { return Ok(None) };
    match value.trim().parse() {
        Ok(threads @ 1..=4096) => Ok(Some(threads)),
        _ => Err(format!(
            "{THREADS}={value} is not a number of threads from 1 to 4096"
        )),
    }
}

/// How long a rank waits before it asks whether it waits forever; `None`: it never asks.
///
/// # Errors
/// In words, when the variable is no number of seconds.
pub(crate) fn patience_from(value: Option<&str>) -> Result<Option<Duration>, String> {
    let Some(value) = value else {
        return Ok(Some(USUAL_PATIENCE));
    };
    if value.trim() == "off" {
        return Ok(None);
    }
    let seconds = value.trim().parse().ok();
    match seconds.map(Duration::try_from_secs_f64) {
        Some(Ok(patience)) => Ok(Some(patience).filter(|patience| !patience.is_zero())),
        _ => Err(format!(
            "{DEADLOCK_AFTER}={value} is not a number of seconds\n\
             help: decimals are allowed, and `0` or `off` turns the search for deadlocks off"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sensible_numbers_of_threads_are_taken() {
        assert_eq!(threads_from(None), Ok(None));
        assert_eq!(threads_from(Some("3 ")), Ok(Some(3)));
        for absurd in ["0", "-1", "two", "", "5000"] {
            assert!(threads_from(Some(absurd)).unwrap_err().contains(absurd));
        }
    }

    #[test]
    fn patience_is_a_number_of_seconds_or_off() {
        let seconds = |seconds| Ok(Some(Duration::from_secs_f64(seconds)));
        assert_eq!(patience_from(None), seconds(5.0));
        assert_eq!(patience_from(Some(" 0.25")), seconds(0.25));
        assert_eq!(patience_from(Some("60")), seconds(60.0));
        for never in ["0", "off", "0.0", " off "] {
            assert_eq!(patience_from(Some(never)), Ok(None));
        }
        for absurd in ["-1", "soon", "", "inf", "NaN", "5s"] {
            assert!(patience_from(Some(absurd)).unwrap_err().contains(absurd));
        }
    }
}
