//! A job from its start to its end: its input and output are ours, and signals that come to us come to it, each once.
//!
//! With a terminal in the foreground the job shares our process group: it may read from the terminal, which itself sends it
//! Ctrl-C. Otherwise it has a group of its own, so that no signal to ours reaches it past us: a launcher that gets a second
//! one gives up its ranks.

use std::io::{IsTerminal as _, stdin};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::Child;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, getpgrp, kill_process, kill_process_group, waitid,
};
use rustix::termios::tcgetpgrp;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};
use signal_hook::iterator::Signals;

use super::command_line::CommandLine;
use super::restarts::{End, Start};
use crate::problem::Problem;

/// The same signal within this time is the same wish: `timeout` sends it to a process, and to its group.
const ONCE: Duration = Duration::from_millis(200);

/// Starts the same job as often as it has to.
#[derive(Debug)]
pub(crate) struct Jobs<'a> {
    line: &'a CommandLine,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    running: Option<Pid>,
    shares_our_group: bool,
    /// The signal by which somebody wants the job to end.
    asked: Option<i32>,
    latest: Option<(i32, Instant)>,
}

impl<'a> Jobs<'a> {
    pub(crate) fn new(line: &'a CommandLine) -> Result<Self, Problem> {
        let signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2]);
        let mut signals = signals.map_err(|error| {
            Problem::new(
                format!("signals can't be handled here: {error}"),
                "start the command line above yourself",
            )
        })?;
        let state = Arc::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for signal in signals.forever() {
                locked(&shared).hand_on(signal);
            }
        });
        Ok(Self { line, state })
    }
}

impl Start for Jobs<'_> {
    fn start(&mut self) -> Result<End, Problem> {
        eprintln!("     Running `{}`", self.line);
        let mut state = locked(&self.state);
        if let Some(signal) = state.asked {
            // It is as if the signal had come at its start.
            return Ok(End {
                signal: Some(signal),
                asked: Some(signal),
                ..End::default()
            });
        }
        let mut command = self.line.command();
        state.shares_our_group = has_terminal();
        if !state.shares_our_group {
            command.process_group(0);
        }
        let child = command.spawn().map_err(|error| {
            let program = self.line.words[0].display();
            Problem::new(
                format!("`{program}` did not start: {error}"),
                "is it there, and may you start it?",
            )
        })?;
        state.running = Some(Pid::from_child(&child));
        drop(state);
        self.wait(child)
    }

    fn wait_before_next(&mut self, time: Duration) {
        // A signal meanwhile is seen by the next start, at the latest after this time.
        thread::sleep(time);
    }
}

impl Jobs<'_> {
    fn wait(&self, mut child: Child) -> Result<End, Problem> {
        // While it is not waited for, no other process can have its number, which signals are sent to.
        let ended = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(Pid::from_child(&child)), ended)
        {
        }
        let mut state = locked(&self.state);
        state.running = None;
        let status = child.wait();
        let status = status.map_err(|error| {
            Problem::new(format!("the job is lost: {error}"), "look for it with `ps`")
        })?;
        Ok(End {
            code: status.code().unwrap_or(0),
            signal: status.signal(),
            asked: state.asked,
        })
    }
}

impl State {
    fn hand_on(&mut self, signal: i32) {
        let is_same = |(latest, at): (i32, Instant)| latest == signal && at.elapsed() < ONCE;
        if self.latest.is_some_and(is_same) {
            return;
        }
        self.latest = Some((signal, Instant::now()));
        if signal != SIGUSR2 {
            self.asked = Some(signal);
        }
        let (Some(pid), Some(named)) = (self.running, Signal::from_named_raw(signal)) else {
            return;
        };
        // One that has ended needs no signal.
        let _ = match (self.shares_our_group, signal) {
            (true, SIGINT | SIGQUIT) => Ok(()),
            (true, _) => kill_process(pid, named),
            (false, _) => kill_process_group(pid, named),
        };
    }
}

/// Whether we are what the terminal's user talks to.
fn has_terminal() -> bool {
    stdin().is_terminal() && tcgetpgrp(stdin()).is_ok_and(|group| group == getpgrp())
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
