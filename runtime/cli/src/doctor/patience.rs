//! Commands that may hang: after some time they are ended, with all that they have started.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// `None` if it took too long.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) seconds: f64,
}

/// Runs a command to its end or to that of our patience; what it writes goes through files in this folder, which no process
/// that is left over can keep us waiting by.
pub(crate) fn run(command: &mut Command, patience: Duration, folder: &Path) -> io::Result<Ended> {
    let [stdout, stderr] = ["stdout", "stderr"].map(|name| folder.join(name));
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?)
        .process_group(0)
        .spawn()?;
    let status = wait(&mut child, start + patience)?;
    let seconds = start.elapsed().as_secs_f64();
    let read = |path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ended {
        code: status.map(|status| {
            status
                .code()
                .or(status.signal().map(|signal| 128 + signal))
                .unwrap_or(1)
        }),
        stdout: read(stdout)?,
        stderr: read(stderr)?,
        seconds,
    })
}

fn wait(child: &mut Child, end: Instant) -> io::Result<Option<ExitStatus>> {
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        sleep(Duration::from_millis(10));
    }
    // A launcher that is asked to stop takes its ranks with it; killed at once, it might leave them behind.
    for signal in [Signal::TERM, Signal::KILL] {
        let _ = kill_process_group(Pid::from_child(child), signal);
        sleep(Duration::from_secs(1));
    }
    child.wait()?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::probes::Folder;

    #[test]
    fn what_takes_too_long_is_ended() {
        let folder = Folder::new("patience").unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo so far; sleep 60 & sleep 60"]);
        let ended = run(&mut shell, Duration::from_millis(300), folder.path()).unwrap();
        assert_eq!((ended.code, &*ended.stdout), (None, "so far\n"));
        assert!(ended.seconds < 30.0);
    }

    #[test]
    fn others_end_by_themselves() {
        let folder = Folder::new("patience").unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo out; echo error >&2; exit 3"]);
        let ended = run(&mut shell, Duration::from_secs(60), folder.path()).unwrap();
        assert_eq!(
            (ended.code, &*ended.stdout, &*ended.stderr),
            (Some(3), "out\n", "error\n")
        );
    }
}
