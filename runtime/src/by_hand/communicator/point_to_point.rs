//! Messages from one rank to another.

use super::requests::{Reading, ReceiveRequest, SendRequest, as_value};
use super::waiting::Calling;
use super::{Communicator, Destination, Source, Status};
use crate::base::error::Error;
use crate::base::wire::{self, Encoded, Transport};
use crate::transport::link::post::{Content, Cover};
use crate::transport::matching::{Lane, Pattern};

impl Communicator {
    /// Sends a value to a rank, with a tag if one is given: `send(1, &v)`, `send((1, tag), &v)`.
    ///
    /// It never waits for the receiver: the value is encoded, and the bytes are kept until they
    /// are on their way. So two ranks may both send first, whatever the length. A rank may send to
    /// itself. Messages between two ranks arrive in the order in which they were sent.
    ///
    /// # Errors
    /// When there is no such rank.
    ///
    /// # Panics
    /// When serde can't write the value, and when the job ends with an error.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// world.send((world.rank(), 7), &vec!["any", "value"].join(" "))?;
    /// assert_eq!(world.receive::<String>((world.rank(), 7))?, "any value");
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Send")]
    #[doc(alias = "MPI_Bsend")]
    pub fn send<T: Transport>(&self, to: impl Into<Destination>, value: &T) -> Result<(), Error> {
        self.send_as(Calling::new("send"), to.into(), value)
    }

    pub(super) fn send_as<T: Transport>(
        &self,
        calling: Calling,
        to: Destination,
        value: &T,
    ) -> Result<(), Error> {
        let Destination { rank, tag } = to;
        let link = self.link()?;
        let to = self.member(calling, rank)?;
        let Encoded { format, bytes } = wire::encode(value);
        let of = std::any::type_name::<T>();
        let content = Content::Value { format, of };
        link.listen();
        link.post(
            self.group.context,
            to,
            Lane::Direct { tag },
            content,
            bytes.into(),
        );
        Ok(())
    }

    /// The next value from a rank, or from [`ANY`](super::ANY): `receive(0)`, `receive((0, tag))`,
    /// `receive(ANY)`, `receive((ANY, tag))`. Without a tag any tag will do.
    ///
    /// # Errors
    /// When there is no such rank, and when the message holds a value of a different type: then the
    /// message stays, and can be received as its own type.
    ///
    /// # Panics
    /// When the job ends with an error, as it does when the value can never come.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// world.send(0, &1.5)?;
    /// assert!(world.receive::<String>(0).is_err());
    /// assert_eq!(world.receive::<f64>(0)?, 1.5);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Recv")]
    #[doc(alias = "recv")]
    pub fn receive<T: Transport>(&self, from: impl Into<Source>) -> Result<T, Error> {
        let calling = Calling::new("receive");
        let (value, _) = self.receive_as(calling, from.into(), as_value())?;
        Ok(value)
    }

    /// As [`receive`](Self::receive), with the message's source, tag and size.
    ///
    /// # Errors
    /// As [`receive`](Self::receive).
    #[track_caller]
    #[doc(alias = "MPI_Recv")]
    pub fn receive_with_status<T: Transport>(
        &self,
        from: impl Into<Source>,
    ) -> Result<(T, Status), Error> {
        let calling = Calling::new("receive_with_status");
        self.receive_as(calling, from.into(), as_value())
    }

    /// Sends a value to one rank and receives one, from the same rank or another.
    ///
    /// # Errors
    /// As [`send`](Self::send) and [`receive`](Self::receive).
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let (next, previous) = ((world.rank() + 1) % world.size(), parallel_for::ANY);
    /// let theirs: usize = world.send_receive(next, &world.rank(), previous)?;
    /// assert_eq!((theirs + 1) % world.size(), world.rank());
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Sendrecv")]
    #[doc(alias = "sendrecv")]
    pub fn send_receive<T: Transport, U: Transport>(
        &self,
        to: impl Into<Destination>,
        value: &T,
        from: impl Into<Source>,
    ) -> Result<U, Error> {
        let calling = Calling::new("send_receive");
        let from = from.into();
        self.pattern(calling, from)?;
        self.send_as(calling, to.into(), value)?;
        let (value, _) = self.receive_as(calling, from, as_value())?;
        Ok(value)
    }

    /// As [`send`](Self::send), which never waits for the receiver, with a request like that of
    /// [`immediate_receive`](Self::immediate_receive), for programs that are written with requests.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    #[track_caller]
    #[doc(alias = "MPI_Isend")]
    #[doc(alias = "isend")]
    pub fn immediate_send<T: Transport>(
        &self,
        to: impl Into<Destination>,
        value: &T,
    ) -> Result<SendRequest, Error> {
        self.send_as(Calling::new("immediate_send"), to.into(), value)?;
        Ok(SendRequest::new())
    }

    /// Asks for a value to be received later: the request tells when it has arrived. Requests, and
    /// receives after them, get their messages in the order in which they were made.
    ///
    /// # Errors
    /// When there is no such rank.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let mut request = world.immediate_receive::<u64>(0)?;
    /// assert_eq!(request.test()?, None);
    /// world.send(0, &5_u64)?;
    /// assert_eq!(request.wait()?, 5);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Irecv")]
    #[doc(alias = "irecv")]
    pub fn immediate_receive<T: Transport>(
        &self,
        from: impl Into<Source>,
    ) -> Result<ReceiveRequest<T>, Error> {
        let calling = Calling::new("immediate_receive");
        ReceiveRequest::new(self, calling, from.into(), as_value())
    }

    /// Waits for a message, and describes it without receiving it.
    ///
    /// # Errors
    /// When there is no such rank.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// world.send_slice((0, 3), &[1.0, 2.0])?;
    /// let status = world.probe(parallel_for::ANY)?;
    /// assert_eq!((status.source(), status.tag(), status.bytes()), (0, 3, 16));
    /// # assert_eq!(world.receive_slice::<f64>(0)?, [1.0, 2.0]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Probe")]
    pub fn probe(&self, from: impl Into<Source>) -> Result<Status, Error> {
        let calling = Calling::new("probe");
        let from = from.into();
        let pattern = self.pattern(calling, from)?;
        self.wait(
            calling,
            || self.waiting_for_message(calling, from),
            |link| Ok(link.peek(&pattern).map(|cover| self.status(&cover))),
        )
    }

    /// Describes a message if one is there, without receiving it.
    ///
    /// # Errors
    /// When there is no such rank.
    #[track_caller]
    #[doc(alias = "MPI_Iprobe")]
    #[doc(alias = "iprobe")]
    pub fn immediate_probe(&self, from: impl Into<Source>) -> Result<Option<Status>, Error> {
        let calling = Calling::new("immediate_probe");
        let link = self.link()?;
        let pattern = self.pattern(calling, from.into())?;
        link.listen();
        Ok(link.peek(&pattern).map(|cover| self.status(&cover)))
    }

    /// Receives what `read` makes of a message.
    pub(super) fn receive_as<T>(
        &self,
        calling: Calling,
        from: Source,
        read: Reading<T>,
    ) -> Result<(T, Status), Error> {
        let mut request = ReceiveRequest::new(self, calling, from, read)?;
        request.complete()
    }

    pub(super) fn pattern(&self, calling: Calling, from: Source) -> Result<Pattern, Error> {
        Ok(Pattern {
            context: self.group.context,
            source: from
                .rank
                .map(|rank| self.member(calling, rank))
                .transpose()?,
            lane: from.tag.map(|tag| Lane::Direct { tag }),
        })
    }

    pub(super) fn status(&self, cover: &Cover) -> Status {
        let tag = match cover.label.lane {
            Lane::Direct { tag } => tag,
            Lane::Collective { .. } => unreachable!("no receive of a user's takes these"),
        };
        Status {
            source: self.number_of(cover.label.source),
            tag,
            bytes: cover.length,
        }
    }
}
