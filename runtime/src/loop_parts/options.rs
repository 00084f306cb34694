//! What the user asked for in the attribute.

use super::arithmetic::Arithmetic;
use crate::base::program;
use crate::loop_parts::identity::Written;
use crate::loop_parts::on_error::OnError;
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

/// Where the master keeps what is finished of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Checkpoint {
    /// It doesn't.
    Nowhere,
    /// In the folder with this path.
    In(&'static str),
}

impl Checkpoint {
    /// In the folder with this path.
    ///
    /// # Panics
    /// Panics, while it is compiled, where the feature is missing.
    #[must_use]
    #[expect(
        clippy::assertions_on_constants,
        reason = "it is for whoever calls this, not for all"
    )]
    pub const fn folder(path: &'static str) -> Self {
        assert!(
            cfg!(feature = "checkpoint"),
            "the option `checkpoint` needs the feature `checkpoint` of parallel-for, which is one of the default features"
        );
        Self::In(path)
    }
}

/// Whether people see how far a loop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// Never.
    Never,
    /// By the name of its function.
    Usually,
    /// By this name.
    As(&'static str),
}

/// The options of one loop. The macro writes them; see its manual.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Who gets the outputs.
    pub gather: Gather,
    /// How the iterations are divided.
    pub schedule: Schedule,
    /// Compute threads per rank; `None` leaves it to the environment and the machine.
    pub threads: Option<usize>,
    /// Whether each rank runs all of it on its own threads; `None` leaves it to the environment.
    pub local: Option<bool>,
    /// What is done about iterations that panic; `None` leaves it to the environment.
    pub on_error: Option<OnError>,
    /// Where what is finished is kept; `None` leaves it to the environment.
    pub checkpoint: Option<Checkpoint>,
    /// Whether its progress is shown; `None` leaves it to the environment.
    pub progress: Option<Shown>,
    /// The loop itself, where the macro has written the call.
    pub written: Option<Written>,
    /// Where it looks as if iterations did nothing but a little arithmetic: whether they do.
    pub arithmetic: Option<Arithmetic>,
}

impl Options {
    /// What holds where the user says nothing.
    pub const DEFAULT: Options = Options {
        gather: Gather::All,
        schedule: Schedule::Managed { chunk: None },
        threads: None,
        local: None,
        on_error: None,
        checkpoint: None,
        progress: None,
        written: None,
        arithmetic: None,
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
