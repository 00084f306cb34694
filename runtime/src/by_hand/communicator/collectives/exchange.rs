//! Plain numbers sent and received at once, straight from memory to memory.

use std::cell::RefCell;

use super::{CollectiveMessage, Together};
use crate::base::error::{Error, ErrorKind};
use crate::base::plain::{self, Plain};
use crate::base::rank::Rank;
use crate::by_hand::communicator::slices::content_of;
use crate::protocol::deadlock::{Awaited, Waiting};
use crate::transport::link::post::LentPost;
use crate::transport::matching::Ticket;

/// Numbers that this rank sends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outgoing<'a, N> {
    pub(super) to: usize,
    pub(super) numbers: &'a [N],
}

/// Numbers that this rank receives, and where.
#[derive(Debug)]
pub(super) struct Incoming<'a> {
    from: Rank,
    ticket: Ticket,
    buffer: &'a mut [u8],
    state: State,
}

#[derive(Debug)]
enum State {
    Open,
    /// The message does not fit: it is taken all the same, so that its sender can go on.
    Misfit(Error),
    Done(Result<(), Error>),
}

impl<'a> Incoming<'a> {
    pub(super) fn new(
        together: &Together<'_>,
        from: usize,
        step: usize,
        buffer: &'a mut [u8],
    ) -> Self {
        Self {
            from: together.member(from),
            ticket: together.expect(from, step),
            buffer,
            state: State::Open,
        }
    }

    /// Takes what has come; says whether all has.
    fn poll<N: Plain>(&mut self, together: &Together<'_>) -> bool {
        if let State::Open = self.state {
            let Some(cover) = together.link.cover(self.ticket) else {
                return false;
            };
            if cover.content != content_of::<N>() || cover.length != self.buffer.len() {
                let from = together.communicator.number_of(self.from);
                let words = format!(
                    "rank {from} sends {} bytes, but {} are received",
                    cover.length,
                    self.buffer.len()
                );
                self.state = State::Misfit(together.error(ErrorKind::WrongLength, &words));
            } else if together.link.take_into(self.ticket, self.buffer).is_some() {
                self.state = State::Done(Ok(()));
            }
        }
        if let State::Misfit(error) = &self.state
            && let Some(taken) = together.link.take(self.ticket)
        {
            // Where the sender tells why, that is the reason.
            let error = CollectiveMessage::from(taken)
                .into_error()
                .err()
                .unwrap_or_else(|| error.clone());
            self.state = State::Done(Err(error));
        }
        !self.is_open()
    }

    fn is_open(&self) -> bool {
        !matches!(self.state, State::Done(_))
    }
}

impl Together<'_> {
    /// Sends numbers from where they are; meanwhile `poll` receives, and `describe` says what not yet.
    fn lend(
        &self,
        messages: &[LentPost<'_>],
        poll: impl Fn() -> bool,
        describe: impl Fn() -> Waiting,
    ) {
        let mut patient = self.link.patient();
        let context = self.communicator.group.context;
        self.link.lend(context, messages, &mut |untaken| {
            self.link.listen();
            poll();
            patient.pause(|| Waiting {
                awaited: Awaited::Taken(untaken()),
                ..describe()
            });
        });
    }

    /// Sends some numbers and receives others, all at the same time.
    pub(super) fn exchange<N: Plain>(
        &self,
        step: usize,
        outgoing: &[Outgoing<'_, N>],
        incoming: &mut [Incoming<'_>],
    ) -> Result<(), Error> {
        let messages: Vec<LentPost<'_>> = outgoing
            .iter()
            .map(|&Outgoing { to, numbers }| LentPost {
                to: self.member(to),
                lane: self.lane(step),
                content: content_of::<N>(),
                bytes: plain::bytes_of(numbers),
            })
            .collect();
        let incoming = RefCell::new(incoming);
        let poll = || {
            let mut all = true;
            for message in &mut **incoming.borrow_mut() {
                all &= message.poll::<N>(self);
            }
            all
        };
        let describe = || {
            let incoming = incoming.borrow();
            let open = incoming.iter().filter(|message| message.is_open());
            let (come, missing): (Vec<_>, Vec<_>) =
                open.partition(|message| self.link.cover(message.ticket).is_some());
            let ranks = |messages: Vec<&Incoming<'_>>| messages.iter().map(|m| m.from).collect();
            self.waiting(ranks(missing), ranks(come))
        };
        self.lend(&messages, poll, describe);
        self.wait(describe, |_| Ok(poll().then_some(())))?;
        incoming.into_inner().iter_mut().try_for_each(|message| {
            match std::mem::replace(&mut message.state, State::Open) {
                State::Done(result) => result,
                other => unreachable!("a wait ended with {other:?}"),
            }
        })
    }
}
