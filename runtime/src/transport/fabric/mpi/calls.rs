//! The calls of MPI that carry messages, each with its answer checked.
//!
//! Invariants: an error on our communicator comes back as a code (`MPI_ERRORS_RETURN`); the first
//! one is kept in words, and after it no message is started or looked for. Handles are copied but
//! never looked into: they are pointers in Open MPI and numbers in MPICH.

use std::cell::{Cell, OnceCell};
use std::ffi::{c_int, c_void};
use std::mem::MaybeUninit;

use mpi::ffi;
use mpi::raw::AsRaw as _;
use mpi::topology::SimpleCommunicator;

use crate::base::rank::Rank;
use crate::transport::fabric::Tag;

/// `MPI_SUCCESS`, which the standard fixes.
const SUCCESS: c_int = 0;

thread_local! {
    /// Whether this thread is in a call of MPI. A library may end the process from within one, and
    /// then must not be called again.
    static CALLING: Cell<bool> = const { Cell::new(false) };
}

/// One of MPI's ways to start to send.
type Send = unsafe extern "C" fn(
    *const c_void,
    c_int,
    ffi::MPI_Datatype,
    c_int,
    c_int,
    ffi::MPI_Comm,
    *mut ffi::MPI_Request,
) -> c_int;

/// Calls MPI.
pub(super) fn call<R>(mpi: impl FnOnce() -> R) -> R {
    CALLING.set(true);
    let result = mpi();
    CALLING.set(false);
    result
}

/// Whether this thread is in a call of MPI.
pub(super) fn is_calling() -> bool {
    CALLING.get()
}

/// A communicator whose errors come back.
pub(super) struct Channel {
    communicator: SimpleCommunicator,
    failure: OnceCell<String>,
}

/// A message that has been matched, for one receive to take.
pub(super) struct Arrival {
    pub(super) source: Rank,
    pub(super) length: usize,
    message: ffi::MPI_Message,
}

/// A send or a receive under way.
pub(super) struct Request {
    handle: ffi::MPI_Request,
    done: bool,
}

impl Request {
    /// Whether the library was found to be done with the memory.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }
}

impl Channel {
    /// # Errors
    /// When the library won't give errors back.
    pub(super) fn new(communicator: SimpleCommunicator) -> Result<Self, String> {
        let mut channel = Self {
            communicator,
            failure: OnceCell::new(),
        };
        let handle = channel.communicator.as_raw();
        channel.check("MPI_Comm_set_errhandler", || {
            // SAFETY: the communicator lives, so MPI is initialised, and the handler is one of its
            // own constants. No memory is passed.
            unsafe { ffi::MPI_Comm_set_errhandler(handle, ffi::RSMPI_ERRORS_RETURN) }
        });
        channel.failure.take().map_or(Ok(channel), Err)
    }

    /// The first error that the library reported.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    /// Whether the library has reported no error.
    pub(super) fn is_sound(&self) -> bool {
        self.failure.get().is_none()
    }

    /// Starts to send; `None` where that fails. It may be done when the bytes were copied.
    ///
    /// # Safety
    /// The bytes must be there, and unchanged, until the request is done.
    pub(super) unsafe fn start_send(
        &self,
        to: Rank,
        tag: Tag,
        bytes: *const [u8],
    ) -> Option<Request> {
        // SAFETY: as the caller promises.
        unsafe { self.start(("MPI_Isend", ffi::MPI_Isend), to, tag, bytes) }
    }

    /// The same, done only when the receiver has asked for the message.
    ///
    /// # Safety
    /// As [`start_send`](Self::start_send).
    pub(super) unsafe fn start_synchronous_send(
        &self,
        to: Rank,
        tag: Tag,
        bytes: *const [u8],
    ) -> Option<Request> {
        // SAFETY: as the caller promises.
        unsafe { self.start(("MPI_Issend", ffi::MPI_Issend), to, tag, bytes) }
    }

    /// Starts to send in one way or the other.
    ///
    /// # Safety
    /// As [`start_send`](Self::start_send).
    unsafe fn start(
        &self,
        (name, send): (&'static str, Send),
        to: Rank,
        tag: Tag,
        bytes: *const [u8],
    ) -> Option<Request> {
        let (count, to) = (c_count(bytes.len()), c_rank(to));
        let communicator = self.communicator.as_raw();
        let mut handle = MaybeUninit::uninit();
        let started = self.check(name, || {
            // SAFETY: `count` bytes are readable for as long as MPI reads them, as the caller
            // promises; the communicator lives; the handle's place is written to in this call only.
            unsafe {
                let data = bytes.cast();
                let kind = ffi::RSMPI_UINT8_T;
                let place = handle.as_mut_ptr();
                send(data, count, kind, to, tag as c_int, communicator, place)
            }
        });
        // SAFETY: a successful call has written the handle.
        started.then(|| unsafe { Request::started(handle) })
    }

    /// Matches the next message with this tag, if one has arrived.
    pub(super) fn probe(&self, source: Option<Rank>, tag: Tag) -> Option<Arrival> {
        let communicator = self.communicator.as_raw();
        let mut found = 0;
        let mut message = MaybeUninit::uninit();
        let mut status = MaybeUninit::uninit();
        let asked = self.check("MPI_Improbe", || {
            // SAFETY: the communicator lives; the three places are written to in this call only.
            unsafe {
                let source = source.map_or(ffi::RSMPI_ANY_SOURCE, c_rank);
                let (message, status) = (message.as_mut_ptr(), status.as_mut_ptr());
                let tag = tag as c_int;
                ffi::MPI_Improbe(source, tag, communicator, &raw mut found, message, status)
            }
        });
        if !asked || found == 0 {
            return None;
        }
        // SAFETY: the call succeeded and found a message: both are written.
        let (message, status) = unsafe { (message.assume_init(), status.assume_init()) };
        let mut length = 0;
        let counted = self.check("MPI_Get_count", || {
            // SAFETY: the status is the one that MPI has just written, for the same kind of data
            // as every message here; both places are used in this call only.
            unsafe { ffi::MPI_Get_count(&raw const status, ffi::RSMPI_UINT8_T, &raw mut length) }
        });
        counted.then(|| Arrival {
            source: usize::try_from(status.MPI_SOURCE).expect("MPI counts ranks from 0"),
            length: usize::try_from(length).expect("a frame is no longer than a C int can say"),
            message,
        })
    }

    /// Starts to receive a matched message into the front of `buffer`; `None` where that fails.
    ///
    /// # Safety
    /// The buffer must be there, and nobody else may use it, until the request is done.
    pub(super) unsafe fn start_receive(
        &self,
        mut arrival: Arrival,
        buffer: *mut [u8],
    ) -> Option<Request> {
        assert!(
            arrival.length <= buffer.len(),
            "a message of {} bytes for a buffer of {}",
            arrival.length,
            buffer.len()
        );
        let count = c_count(arrival.length);
        let mut handle = MaybeUninit::uninit();
        let started = self.check("MPI_Imrecv", || {
            // SAFETY: the buffer has room for `count` bytes and is MPI's for as long as it writes,
            // as the caller promises; the message was matched and not received, which is its only
            // use since it is moved in here; the other places are used in this call only.
            unsafe {
                let kind = ffi::RSMPI_UINT8_T;
                let (message, place) = (&raw mut arrival.message, handle.as_mut_ptr());
                ffi::MPI_Imrecv(buffer.cast(), count, kind, message, place)
            }
        });
        // SAFETY: a successful call has written the handle.
        started.then(|| unsafe { Request::started(handle) })
    }

    /// Moves the messages on; whether MPI is done with the memory of this one.
    pub(super) fn test(&self, request: &mut Request) -> bool {
        if !request.done {
            let mut done = 0;
            self.check("MPI_Test", || {
                // SAFETY: the request was started and MPI has not said that it is done, so the
                // handle is valid; a place for the status may be left out by this constant.
                unsafe {
                    let (handle, done) = (&raw mut request.handle, &raw mut done);
                    ffi::MPI_Test(handle, done, ffi::RSMPI_STATUS_IGNORE)
                }
            });
            // Also in spite of an error: a request may end with one. Where the library could not
            // even look, this is still 0, and the memory stays MPI's.
            request.done = done != 0;
        }
        request.done
    }

    /// Makes a call; whether it succeeded. The first that does not is the channel's failure.
    fn check(&self, name: &str, mpi: impl FnOnce() -> c_int) -> bool {
        let code = call(mpi);
        if code != SUCCESS {
            self.failure.get_or_init(|| words(name, code));
        }
        code == SUCCESS
    }
}

impl Request {
    /// # Safety
    /// A successful call must have written the handle.
    unsafe fn started(handle: MaybeUninit<ffi::MPI_Request>) -> Self {
        Self {
            // SAFETY: the caller promises it.
            handle: unsafe { handle.assume_init() },
            done: false,
        }
    }
}

fn c_rank(rank: Rank) -> c_int {
    c_int::try_from(rank).expect("MPI's ranks are C ints")
}

fn c_count(length: usize) -> c_int {
    c_int::try_from(length).expect("a message is at most a frame long")
}

/// What the library says of an error, in one line.
fn words(name: &str, code: c_int) -> String {
    let mut text = [0_u8; ffi::MPI_MAX_ERROR_STRING as usize];
    let (mut length, mut class) = (0, 0);
    call(|| {
        // SAFETY: MPI writes at most as many characters as the array has, and two numbers, all in
        // these calls only. The code is one that MPI returned.
        unsafe {
            ffi::MPI_Error_string(code, text.as_mut_ptr().cast(), &raw mut length);
            ffi::MPI_Error_class(code, &raw mut class);
        }
    });
    let length = usize::try_from(length).unwrap_or(0).min(text.len());
    let text = String::from_utf8_lossy(&text[..length]);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let text = lines.join("; ").replace(":; ", ": ");
    format!("{name} failed: {text} (error class {class})")
}
