//! Messages of plain numbers from one rank to another, without a codec.

use super::requests::{Reading, ReceiveRequest, SendRequest, other_type};
use super::waiting::Calling;
use super::{Communicator, Destination, Source, Status};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::shared::SharedBytes;
use crate::transport::link::post::Content;
use crate::transport::matching::Lane;

/// What a slice's message holds.
pub(super) fn content_of<N: Plain>() -> Content {
    Content::Plain {
        of: std::any::type_name::<N>(),
    }
}

/// A message that holds plain numbers.
pub(super) fn as_slice<N: Plain>() -> Reading<Vec<N>> {
    Reading {
        check: check::<N>,
        read: |_, bytes| Ok(plain::from_bytes(&bytes)),
    }
}

fn check<N: Plain>(content: &Content, length: usize) -> Result<(), String> {
    match content {
        Content::Plain { of } if *of == std::any::type_name::<N>() => {
            plain::count::<N>(length).map(drop)
        }
        other => Err(other_type(
            other,
            &format!("slice of `{}`", std::any::type_name::<N>()),
        )),
    }
}

impl Communicator {
    /// Sends plain numbers to a rank. It never waits for the receiver: the numbers are copied.
    ///
    /// # Errors
    /// When there is no such rank.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// world.send_slice(0, &[1.5, 2.5])?;
    /// assert_eq!(world.receive_slice::<f64>(0)?, [1.5, 2.5]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Send")]
    #[doc(alias = "Send")]
    pub fn send_slice<N: Plain>(
        &self,
        to: impl Into<Destination>,
        numbers: &[N],
    ) -> Result<(), Error> {
        self.send_slice_as(Calling::new("send_slice"), to.into(), numbers)
    }

    fn send_slice_as<N: Plain>(
        &self,
        calling: Calling,
        to: Destination,
        numbers: &[N],
    ) -> Result<(), Error> {
        let Destination { rank, tag } = to;
        let link = self.link()?;
        let to = self.member(calling, rank)?;
        let bytes = SharedBytes::copied(plain::bytes_of(numbers));
        link.listen();
        let lane = Lane::Direct { tag };
        link.post(self.group.context, to, lane, content_of::<N>(), bytes);
        Ok(())
    }

    /// The next numbers from a rank, or from any, of any length.
    ///
    /// # Errors
    /// As [`receive`](Self::receive).
    #[track_caller]
    #[doc(alias = "MPI_Recv")]
    #[doc(alias = "Recv")]
    pub fn receive_slice<N: Plain>(&self, from: impl Into<Source>) -> Result<Vec<N>, Error> {
        self.receive_slice_as(Calling::new("receive_slice"), from.into())
    }

    fn receive_slice_as<N: Plain>(&self, calling: Calling, from: Source) -> Result<Vec<N>, Error> {
        let mut request = ReceiveRequest::new(self, calling, from, as_slice::<N>())?;
        let (_, length) = request.arrived()?;
        let mut numbers = plain::zeros(length / size_of::<N>());
        request.complete_into(plain::bytes_of_mut(&mut numbers))?;
        Ok(numbers)
    }

    /// The next numbers from a rank, or from any, into the front of a slice; the status has their
    /// size in bytes.
    ///
    /// # Errors
    /// As [`receive`](Self::receive), and when the slice is too short: then the message stays.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// world.send_slice(0, &[1_i32, 2])?;
    /// let mut numbers = [0; 3];
    /// let status = world.receive_into(0, &mut numbers)?;
    /// assert_eq!((numbers, status.bytes()), ([1, 2, 0], 8));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Recv")]
    #[doc(alias = "Recv")]
    pub fn receive_into<N: Plain>(
        &self,
        from: impl Into<Source>,
        numbers: &mut [N],
    ) -> Result<Status, Error> {
        let calling = Calling::new("receive_into");
        let mut request = ReceiveRequest::new(self, calling, from.into(), as_slice::<N>())?;
        let (status, length) = request.arrived()?;
        let (wanted, room) = (length / size_of::<N>(), numbers.len());
        if wanted > room {
            let words = format!("has {wanted} numbers, but the slice has room for {room}");
            return Err(request.error(ErrorKind::WrongLength, &status, &words));
        }
        request.complete_into(plain::bytes_of_mut(&mut numbers[..wanted]))?;
        Ok(status)
    }

    /// Sends numbers to one rank and receives numbers, from the same rank or another.
    ///
    /// # Errors
    /// As [`receive`](Self::receive).
    #[track_caller]
    #[doc(alias = "MPI_Sendrecv")]
    #[doc(alias = "Sendrecv")]
    pub fn send_receive_slice<N: Plain>(
        &self,
        to: impl Into<Destination>,
        numbers: &[N],
        from: impl Into<Source>,
    ) -> Result<Vec<N>, Error> {
        let calling = Calling::new("send_receive_slice");
        let from = from.into();
        self.pattern(calling, from)?;
        self.send_slice_as(calling, to.into(), numbers)?;
        self.receive_slice_as(calling, from)
    }

    /// As [`send_slice`](Self::send_slice), with a request.
    ///
    /// # Errors
    /// As [`send_slice`](Self::send_slice).
    #[track_caller]
    #[doc(alias = "MPI_Isend")]
    #[doc(alias = "Isend")]
    pub fn immediate_send_slice<N: Plain>(
        &self,
        to: impl Into<Destination>,
        numbers: &[N],
    ) -> Result<SendRequest, Error> {
        self.send_slice_as(Calling::new("immediate_send_slice"), to.into(), numbers)?;
        Ok(SendRequest::new())
    }

    /// As [`immediate_receive`](Self::immediate_receive), for plain numbers.
    ///
    /// # Errors
    /// As [`immediate_receive`](Self::immediate_receive).
    #[track_caller]
    #[doc(alias = "MPI_Irecv")]
    #[doc(alias = "Irecv")]
    pub fn immediate_receive_slice<N: Plain>(
        &self,
        from: impl Into<Source>,
    ) -> Result<ReceiveRequest<Vec<N>>, Error> {
        let calling = Calling::new("immediate_receive_slice");
        ReceiveRequest::new(self, calling, from.into(), as_slice::<N>())
    }
}
