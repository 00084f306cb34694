//! Receives that are asked for now and waited for later.
//!
//! Invariant: a request that is dropped leaves no trace: its message is for the next receive. And a
//! message that can't be read as what it is asked for stays, for one that can.

mod several;

use std::cell::RefCell;
use std::fmt;

pub use several::{wait_all, wait_any};

use super::waiting::Calling;
use super::{Communicator, Source, Status};
use crate::base::error::{Error, ErrorKind};
use crate::base::wire::{self, Transport};
use crate::protocol::deadlock::Waiting;
use crate::transport::link::Link;
use crate::transport::link::post::{Content, Cover};
use crate::transport::matching::Ticket;

/// How a message becomes a value: what is expected of its content and its length in bytes, and how
/// the bytes are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<T> {
    pub(super) check: fn(&Content, usize) -> Result<(), String>,
    pub(super) read: fn(&Content, Vec<u8>) -> Result<T, String>,
}

/// A value that is on its way, or may be: see [`Communicator::immediate_receive`].
///
/// Dropping it undoes the request: the message is left for the next receive.
#[must_use = "a request that is dropped receives nothing"]
#[doc(alias = "MPI_Request")]
pub struct ReceiveRequest<T> {
    communicator: Communicator,
    calling: Calling,
    from: Source,
    /// `None` when the value was handed out.
    ticket: Option<Ticket>,
    reading: Reading<T>,
}

/// A value that is being sent: see [`Communicator::immediate_send`].
#[derive(Debug)]
#[must_use = "requests are there to be waited for"]
pub struct SendRequest(());

impl SendRequest {
    pub(super) fn new() -> Self {
        Self(())
    }

    /// Returns when the value may be changed: at once, its bytes are kept.
    ///
    /// # Errors
    /// None at present.
    #[doc(alias = "MPI_Wait")]
    pub fn wait(self) -> Result<(), Error> {
        let Self(()) = self;
        Ok(())
    }

    /// Whether the value may be changed: always, its bytes are kept.
    ///
    /// # Errors
    /// None at present.
    #[doc(alias = "MPI_Test")]
    pub fn test(&mut self) -> Result<bool, Error> {
        Ok(true)
    }
}

/// A message that holds a `T`, written by serde.
pub(super) fn as_value<T: Transport>() -> Reading<T> {
    Reading {
        check: |content, _| match content {
            Content::Value { of, .. } if *of == std::any::type_name::<T>() => Ok(()),
            other => Err(other_type(
                other,
                &format!("`{}`", std::any::type_name::<T>()),
            )),
        },
        read: |content, bytes| match content {
            Content::Value { format, .. } => wire::decode(*format, &bytes),
            other => unreachable!("the check refuses {other:?}"),
        },
    }
}

/// Why a message is not read, in words.
pub(super) fn other_type(content: &Content, wanted: &str) -> String {
    let what = match content {
        Content::Value { of, .. } => format!("holds a `{of}`"),
        Content::Plain { of } => format!("holds a slice of `{of}`"),
        Content::Failed(_) => "holds no value".to_owned(),
    };
    format!("{what}, but a {wanted} is received")
}

impl<T> ReceiveRequest<T> {
    pub(super) fn new(
        communicator: &Communicator,
        calling: Calling,
        from: Source,
        reading: Reading<T>,
    ) -> Result<Self, Error> {
        let link = communicator.link()?;
        let ticket = link.expect(communicator.pattern(calling, from)?);
        Ok(Self {
            communicator: communicator.clone(),
            calling,
            from,
            ticket: Some(ticket),
            reading,
        })
    }

    /// Waits for the value.
    ///
    /// # Errors
    /// As [`Communicator::receive`].
    ///
    /// # Panics
    /// When [`test`](Self::test) has handed the value out, and when the job ends with an error.
    #[doc(alias = "MPI_Wait")]
    pub fn wait(mut self) -> Result<T, Error> {
        let (value, _) = self.complete()?;
        Ok(value)
    }

    /// The value and its status, if it has come.
    ///
    /// # Errors
    /// As [`Communicator::receive`].
    ///
    /// # Panics
    /// When the value was handed out before, and when the job ends with an error. Only
    /// [`wait`](Self::wait) can be found to wait forever; a program that polls can't.
    #[doc(alias = "MPI_Test")]
    pub fn test(&mut self) -> Result<Option<T>, Error> {
        let communicator = self.communicator.clone();
        let link = communicator.link()?;
        link.listen();
        let found = self.poll(link)?;
        Ok(found.map(|(value, _)| value))
    }

    /// Waits for the value and its status.
    pub(super) fn complete(&mut self) -> Result<(T, Status), Error> {
        self.wait_for(Self::poll)
    }

    /// Waits until it is known what has come: its status, and how many bytes.
    pub(super) fn arrived(&mut self) -> Result<(Status, usize), Error> {
        let (_, status) = self.wait_for(Self::look)?;
        Ok((status, status.bytes))
    }

    /// Waits for the bytes of what has arrived, which `buffer` has room for.
    pub(super) fn complete_into(&mut self, buffer: &mut [u8]) -> Result<(), Error> {
        self.wait_for(|request, link| {
            let taken = link.take_into(request.ticket(), buffer).map(|_| ());
            request.ticket = request.ticket.filter(|_| taken.is_none());
            Ok(taken)
        })
    }

    fn wait_for<R>(
        &mut self,
        mut poll: impl FnMut(&mut Self, &Link) -> Result<Option<R>, Error>,
    ) -> Result<R, Error> {
        let communicator = self.communicator.clone();
        let calling = self.calling;
        let request = RefCell::new(self);
        communicator.wait(
            calling,
            || request.borrow().waiting(),
            |link| poll(&mut request.borrow_mut(), link),
        )
    }

    /// What is missing of the message.
    fn waiting(&self) -> Waiting {
        let link = self.communicator.link();
        match link
            .ok()
            .zip(self.ticket)
            .and_then(|(link, ticket)| link.cover(ticket))
        {
            Some(cover) => self.calling.taking(vec![cover.label.source]),
            None => self
                .communicator
                .waiting_for_message(self.calling, self.from),
        }
    }

    fn ticket(&self) -> Ticket {
        self.ticket
            .expect("a request that has handed out its value is not asked again")
    }

    /// What has come, if it can be read.
    fn look(&mut self, link: &Link) -> Result<Option<(Cover, Status)>, Error> {
        let Some(cover) = link.cover(self.ticket()) else {
            return Ok(None);
        };
        let status = self.communicator.status(&cover);
        match (self.reading.check)(&cover.content, cover.length) {
            Ok(()) => Ok(Some((cover, status))),
            Err(words) => Err(self.error(ErrorKind::WrongType, &status, &words)),
        }
    }

    /// Takes the message if all of it is there.
    fn poll(&mut self, link: &Link) -> Result<Option<(T, Status)>, Error> {
        let Some((_, status)) = self.look(link)? else {
            return Ok(None);
        };
        let Some((cover, bytes)) = link.take(self.ticket()) else {
            return Ok(None);
        };
        self.ticket = None;
        match (self.reading.read)(&cover.content, bytes) {
            Ok(value) => Ok(Some((value, status))),
            Err(words) => Err(self.error(ErrorKind::Unreadable, &status, &words)),
        }
    }

    pub(super) fn error(&self, kind: ErrorKind, status: &Status, words: &str) -> Error {
        let Status { source, tag, .. } = status;
        let words = format!("the message from rank {source} with tag {tag} {words}");
        self.calling.error(kind, &words)
    }
}

impl<T> Drop for ReceiveRequest<T> {
    fn drop(&mut self) {
        // Also where it may not be used now.
        if let Some(ticket) = self.ticket.take() {
            self.communicator.group.home.link().cancel(ticket);
        }
    }
}

impl<T> fmt::Debug for ReceiveRequest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiveRequest")
            .field("from", &self.from)
            .field("is_complete", &self.ticket.is_none())
            .finish_non_exhaustive()
    }
}
