//! The signals of Unix. Other systems have none that could announce an end: there a job ends as it always does.

#[cfg(unix)]
pub(super) use signal_hook::{
    consts::{SIGCONT, SIGINT, SIGTERM, SIGUSR1},
    iterator::Signals,
};

#[cfg(not(unix))]
pub(super) use none::{SIGCONT, SIGINT, SIGTERM, SIGUSR1, Signals};

#[cfg(not(unix))]
mod none {
    use std::io;
    use std::iter;

    // Any numbers that differ will do.
    pub(crate) const SIGINT: i32 = 2;
    pub(crate) const SIGUSR1: i32 = 10;
    pub(crate) const SIGTERM: i32 = 15;
    pub(crate) const SIGCONT: i32 = 18;

    /// Signals that never come.
    #[derive(Debug)]
    pub(crate) struct Signals;

    impl Signals {
        #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
        pub(crate) fn new(_: impl IntoIterator<Item = i32>) -> io::Result<Self> {
            Ok(Self)
        }

        #[expect(clippy::unused_self, reason = "on Unix they come from it")]
        pub(crate) fn forever(&mut self) -> impl Iterator<Item = i32> {
            iter::empty()
        }
    }
}
