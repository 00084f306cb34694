//! What this process uses of its machine, as the system tells: memory and open files.
//!
//! Invariant: where the system doesn't tell, nothing seems to be used, and files to be scarce.

use std::fs;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::clock::nanoseconds;

/// What is used at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Bytes of memory.
    pub(crate) memory: u64,
    /// About so many thousandths of the files that it may have open.
    pub(crate) files: u64,
}

impl Usage {
    /// What is used now. This takes a few microseconds.
    pub(crate) fn now() -> Self {
        read().unwrap_or_default()
    }

    /// What is used more than at an earlier time.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            memory: self.memory.saturating_sub(earlier.memory),
            files: self.files.saturating_sub(earlier.files),
        }
    }
}

/// The most memory that this process had so far, in bytes, where the system tells.
pub(crate) fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes << 10)
}

/// The same, at most ten times a second: reading it takes some 20 µs. The first call reads.
pub(crate) fn most_memory_at_times() -> Option<u64> {
    const PERIOD: u64 = 100_000_000;
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let (now, next) = (nanoseconds(), NEXT.load(Ordering::Relaxed));
    if now < next {
        return None;
    }
    let set = NEXT.compare_exchange(next, now + PERIOD, Ordering::Relaxed, Ordering::Relaxed);
    set.ok().and_then(|_| most_memory())
}

#[cfg(not(unix))]
fn read() -> Option<Usage> {
    None
}

#[cfg(unix)]
fn read() -> Option<Usage> {
    use std::fs::File;
    use std::io::Read as _;
    use std::os::fd::AsRawFd as _;

    /// As on nearly all machines; where pages are larger, memory seems smaller than it is.
    const PAGE: u64 = 4096;
    let mut file = File::open("/proc/self/statm").ok()?;
    // A new file gets the lowest number that is free.
    let files = u64::try_from(file.as_raw_fd()).ok()? * 1000 / most_files() as u64;
    let mut text = [0; 128];
    let length = file.read(&mut text).ok()?;
    let text = str::from_utf8(&text[..length]).ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(Usage {
        memory: pages * PAGE,
        files,
    })
}

/// So many files this process may have open.
pub(crate) fn most_files() -> usize {
    const FEW: usize = 256;
    static MOST: OnceLock<usize> = OnceLock::new();
    *MOST.get_or_init(|| {
        let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let words = limits
            .lines()
            .find_map(|line| line.strip_prefix("Max open files"));
        match words.and_then(|words| words.split_whitespace().next()) {
            Some("unlimited") => usize::MAX,
            Some(number) => number.parse().unwrap_or(FEW).max(1),
            None => FEW,
        }
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn memory_and_files_are_seen() {
        let memory = vec![1_u8; 64 << 20];
        let few = (most_files() / 5).min(100);
        let files: Vec<_> = (0..few)
            .map(|_| File::open("/proc/self/statm").unwrap())
            .collect();
        let used = Usage::now();
        assert!(used.memory >= 64 << 20, "{used:?}");
        assert!(used.files >= (few * 1000 / most_files()) as u64, "{used:?}");
        assert!(most_memory().unwrap() >= used.memory);
        drop((memory, files));
    }
}
