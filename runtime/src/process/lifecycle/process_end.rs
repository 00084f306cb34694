//! Waiting for the end of a process that is no child of this one: Linux has handles of processes for that.
//!
//! Invariant: nobody is woken before the process has ended, and a handle never becomes that of another process.

/// The end of a process, which may be waited for.
#[derive(Debug)]
pub(super) struct End(imp::Handle);

impl End {
    /// That of the process with this id; `None` where there is none, or the system has no such handles.
    pub(super) fn of(id: u32) -> Option<Self> {
        imp::Handle::open(id).map(Self)
    }

    /// Waits for it; `false` where the system fails to.
    pub(super) fn wait(&self) -> bool {
        self.0.wait()
    }
}

#[cfg(target_os = "linux")]
mod imp {
    use std::ffi::{c_int, c_long, c_short, c_uint, c_ulong};
    use std::io::{Error, ErrorKind};
    use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};

    /// The number of the call; newer ones are the same on all architectures.
    const PIDFD_OPEN: c_long = 434;

    /// A handle is readable when its process has ended.
    const READABLE: c_short = 1;

    /// C's `struct pollfd`.
    #[repr(C)]
    struct Polled {
        handle: c_int,
        wanted: c_short,
        found: c_short,
    }

    #[derive(Debug)]
    pub(super) struct Handle(OwnedFd);

    impl Handle {
        pub(super) fn open(id: u32) -> Option<Self> {
            unsafe extern "C" {
                fn syscall(number: c_long, ...) -> c_long;
            }
            let id = c_int::try_from(id).ok()?;
            let no_flags: c_uint = 0;
            // SAFETY: the call takes two integers and no pointers; a system that does not know it says so.
            let handle = unsafe { syscall(PIDFD_OPEN, id, no_flags) };
            let handle = c_int::try_from(handle).ok().filter(|&handle| handle >= 0)?;
            // SAFETY: the call succeeded, so this is a handle that was just opened, and nobody else has it.
            Some(Self(unsafe { OwnedFd::from_raw_fd(handle) }))
        }

        pub(super) fn wait(&self) -> bool {
            unsafe extern "C" {
                fn poll(polled: *mut Polled, count: c_ulong, milliseconds: c_int) -> c_int;
            }
            let mut polled = Polled {
                handle: self.0.as_raw_fd(),
                wanted: READABLE,
                found: 0,
            };
            loop {
                // SAFETY: one element, which is written to in this call only, and whose handle is open.
                let count = unsafe { poll(&raw mut polled, 1, -1) };
                if count == 1 {
                    return polled.found & READABLE != 0;
                }
                if Error::last_os_error().kind() != ErrorKind::Interrupted {
                    return false;
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    #[derive(Debug)]
    pub(super) struct Handle;

    impl Handle {
        pub(super) fn open(_id: u32) -> Option<Self> {
            None
        }

        pub(super) fn wait(&self) -> bool {
            false
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn the_end_of_a_process_is_waited_for() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        // A kernel before 5.3 has none.
        let Some(end) = End::of(child.id()) else {
            let _ = child.kill();
            let _ = child.wait();
            return;
        };
        drop(child.stdin.take());
        assert!(end.wait());
        child.wait().unwrap();
        assert!(End::of(child.id()).is_none(), "nobody has this id");
    }
}
