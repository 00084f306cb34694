//! Memory that MPI reads from or writes to after the call that named it.
//!
//! Invariant: it is freed, changed or given back only when MPI is done with it. Our own is leaked
//! rather than freed early; of borrowed memory that MPI does not let go, the job dies.

use std::mem;
use std::time::{Duration, Instant};

use crate::base::aligned::AlignedBytes;
use crate::base::rank::Rank;
use crate::base::shared::SharedBytes;
use crate::base::stderr::say;
use crate::base::wait::{Backoff, Pace, Waker};
use crate::transport::fabric::{LentBytes, Library as _, Tag};

use super::MpiLibrary;
use super::calls::{Arrival, Channel, Request};

/// How long MPI may still use borrowed memory that has to be given back.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long to spin while a message comes in; on a fast network a frame takes a part of it.
const SPIN: Duration = Duration::from_millis(100);

/// Bytes of our own on their way out or in.
pub(super) struct Transfer<B: Default> {
    request: Request,
    bytes: B,
}

impl Transfer<SharedBytes> {
    /// Starts to send these bytes.
    pub(super) fn send(channel: &Channel, to: Rank, tag: Tag, bytes: SharedBytes) -> Option<Self> {
        // SAFETY: the bytes stay where they are when their handle moves, nobody can change them,
        // and a transfer does not give up its handle before the request is done.
        let request = unsafe { channel.start_send(to, tag, &raw const bytes[..]) }?;
        Some(Self { request, bytes })
    }
}

impl Transfer<AlignedBytes> {
    /// Starts to receive a message that has arrived.
    pub(super) fn receive(channel: &Channel, arrival: Arrival) -> Option<Self> {
        let mut bytes = AlignedBytes::any(arrival.length);
        // SAFETY: the bytes stay where they are when the vector moves, and a transfer neither
        // reads nor frees them before the request is done.
        let request = unsafe { channel.start_receive(arrival, &raw mut bytes[..]) }?;
        Some(Self { request, bytes })
    }

    /// The bytes that came in.
    pub(super) fn open(mut self) -> AlignedBytes {
        assert!(self.request.is_done(), "MPI still uses this memory");
        mem::take(&mut self.bytes)
    }
}

impl<B: Default> Transfer<B> {
    /// Moves the messages on; whether this one has left, or come in.
    pub(super) fn test(&mut self, channel: &Channel) -> bool {
        channel.test(&mut self.request)
    }
}

impl<B: Default> Drop for Transfer<B> {
    fn drop(&mut self) {
        if !self.request.is_done() {
            mem::forget(mem::take(&mut self.bytes));
        }
    }
}

/// Sends borrowed bytes; see [`Fabric::lend`](crate::transport::fabric::Fabric::lend).
pub(super) fn lend(
    channel: &Channel,
    frames: &[LentBytes<'_>],
    meanwhile: &mut dyn FnMut(&[bool]),
) {
    let mut loan = BorrowedBuffer::new(channel, frames.len());
    for frame in frames {
        // SAFETY: the bytes are borrowed until this function is left, which `loan` does not allow
        // before the request is done; nobody changes what is borrowed.
        loan.add(unsafe { channel.start_synchronous_send(frame.to, frame.tag, frame.bytes) });
    }
    let mut done = vec![false; frames.len()];
    while channel.is_sound() && !loan.test() {
        for (done, request) in done.iter_mut().zip(&loan.requests) {
            *done = request.is_done();
        }
        meanwhile(&done);
    }
}

/// Takes a message that has arrived into the front of `buffer`; its length.
pub(super) fn fill(channel: &Channel, arrival: Arrival, buffer: &mut [u8]) -> Option<usize> {
    let length = arrival.length;
    let mut loan = BorrowedBuffer::new(channel, 1);
    // SAFETY: the buffer is borrowed until this function is left, which `loan` does not allow
    // before the request is done; nobody uses it meanwhile.
    loan.add(unsafe { channel.start_receive(arrival, buffer) });
    let since = Instant::now();
    let (waker, mut backoff) = (Waker::default(), Backoff::new());
    while channel.is_sound() && !loan.test() {
        if since.elapsed() < SPIN {
            std::hint::spin_loop();
        } else {
            backoff.pause(&waker, Pace::Hot);
        }
    }
    channel.is_sound().then_some(length)
}

/// Borrowed memory that MPI uses. Private to this file, where none is forgotten: what keeps the
/// memory borrowed is that its drop comes first, also when the stack unwinds.
struct BorrowedBuffer<'a> {
    channel: &'a Channel,
    requests: Vec<Request>,
}

impl<'a> BorrowedBuffer<'a> {
    fn new(channel: &'a Channel, requests: usize) -> Self {
        Self {
            channel,
            requests: Vec::with_capacity(requests),
        }
    }

    /// Holds the memory of this request; of one that could not be started there is none.
    fn add(&mut self, request: Option<Request>) {
        self.requests.extend(request);
    }

    /// Moves the messages on; whether MPI is done with all the memory.
    fn test(&mut self) -> bool {
        for request in &mut self.requests {
            self.channel.test(request);
        }
        self.requests.iter().all(Request::is_done)
    }
}

impl Drop for BorrowedBuffer<'_> {
    fn drop(&mut self) {
        if !soon(|| self.test()) {
            if let Some(words) = self.channel.failure() {
                // A panic here would end this process alone.
                say(format_args!("error: {words}"));
            }
            MpiLibrary.abort(101);
        }
    }
}

/// Whether `done` says so before our patience is at its end.
pub(super) fn soon(mut done: impl FnMut() -> bool) -> bool {
    let since = Instant::now();
    let (waker, mut backoff) = (Waker::default(), Backoff::new());
    while !done() {
        if since.elapsed() > PATIENCE {
            return false;
        }
        backoff.pause(&waker, Pace::Hot);
    }
    true
}
