//! The time of this process.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// In nanoseconds since it was first asked for.
pub(crate) fn nanoseconds() -> u64 {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    let first = FIRST.get_or_init(Instant::now);
    u64::try_from(first.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// The same as a duration.
pub(crate) fn now() -> Duration {
    Duration::from_nanos(nanoseconds())
}
