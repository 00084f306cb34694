//! Cores, memory, and the memory that ranks share.

use std::fs;

use crate::doctor::facts::Resources;
use crate::machine;

pub(crate) fn found() -> Resources {
    let read = |path: &str| fs::read_to_string(path).ok();
    let group = read("/proc/self/cgroup").and_then(|text| own_group(&text));
    let limits = ["", group.as_deref().unwrap_or_default()].map(|group| {
        read(&format!("/sys/fs/cgroup{group}/memory.max"))?
            .trim()
            .parse()
            .ok()
    });
    let shared_memory = rustix::fs::statvfs("/dev/shm").ok();
    let cores = machine::cores();
    Resources {
        cores,
        allowed: machine::allowed().len().max(cores),
        memory: read("/proc/meminfo").and_then(|text| available(&text)),
        memory_limit: limits.into_iter().flatten().min(),
        shared_memory: shared_memory.map(|it| it.f_bavail * it.f_frsize),
    }
}

/// What the kernel thinks can be had without swapping, in bytes.
fn available(meminfo: &str) -> Option<u64> {
    let mut lines = meminfo.lines();
    let value = lines.find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// The control group of this process, in version 2 of them.
fn own_group(text: &str) -> Option<String> {
    let path = text.lines().find_map(|line| line.strip_prefix("0::"))?;
    Some(path.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_files_are_understood() {
        assert_eq!(
            available("MemTotal: 8 kB\nMemAvailable:    1024 kB\n"),
            Some(1 << 20)
        );
        assert_eq!(available(""), None);
        assert_eq!(
            own_group("1:x:/a\n0::/user.slice\n").as_deref(),
            Some("/user.slice")
        );
        assert_eq!(own_group("0::/\n").as_deref(), Some(""));
    }
}
