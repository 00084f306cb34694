//! Users' messages: each is matched with the receive that it is for, and travels as fast as its
//! length allows.
//!
//! A short message travels whole under [`Tag::Post`]; of a long one only the header does, and its
//! bytes follow as frames under [`Tag::PostBulk`], which stay in the fabric until a receive wants
//! them: then they go straight to where the receive wants them. Invariant: frames of one rank are
//! taken in the order they were sent, so what lies before the wanted ones is taken into memory.

mod mail;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

use super::Link;
use super::rolls::WORLD;
use crate::base::error::ErrorKind;
use crate::base::rank::Rank;
use crate::base::shared::SharedBytes;
use crate::base::wire::Format;
use crate::transport::fabric::{Envelope, FRAME, LentBytes, Tag};
use crate::transport::mailbox::frames;
use crate::transport::matching::{Arrival, Label, Lane, Matching, Pattern, Ticket};

use mail::{Delivery, Header, SHORT};

/// What the bytes of a message are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A value that serde has written, of the type with this name.
    Value { format: Format, of: &'static str },
    /// Plain numbers as they lie in memory, of the type with this name.
    Plain { of: &'static str },
    /// No value: why the sender could not do its part of a call, in words.
    Failed(ErrorKind),
}

/// What is known of a message before its bytes are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cover {
    pub(crate) label: Label,
    pub(crate) content: Content,
    /// In bytes.
    pub(crate) length: usize,
}

/// The messages of this rank.
#[derive(Debug, Default)]
pub(super) struct Post {
    matching: RefCell<Matching<Delivery>>,
    /// For each rank the messages whose bytes are still in the fabric, in the order of sending.
    streams: RefCell<BTreeMap<Rank, VecDeque<Arrival>>>,
    /// How many collective calls this rank has made in each communicator.
    calls: RefCell<BTreeMap<u64, u64>>,
}

/// Plain numbers on their way to a rank, which stay where they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LentPost<'a> {
    pub(crate) to: Rank,
    pub(crate) lane: Lane,
    pub(crate) content: Content,
    pub(crate) bytes: &'a [u8],
}

/// Tells which ranks have yet to take what they were lent.
pub(crate) type Untaken<'a> = &'a dyn Fn() -> Vec<Rank>;

impl Link {
    /// The number of the next collective call in this communicator.
    pub(crate) fn number_call(&self, context: u64) -> u64 {
        let mut calls = self.post.calls.borrow_mut();
        let number = calls.entry(context).or_default();
        *number += 1;
        *number
    }

    /// There will be no more calls in this communicator; the world has no end.
    pub(crate) fn forget_calls(&self, context: u64) {
        if context != WORLD {
            self.post.calls.borrow_mut().remove(&context);
        }
    }

    /// Starts to send a message, to this rank or another, and returns at once.
    pub(crate) fn post(
        &self,
        context: u64,
        to: Rank,
        lane: Lane,
        what: Content,
        bytes: SharedBytes,
    ) {
        if to == self.rank() {
            self.deliver_here(context, lane, what, bytes.into());
            return;
        }
        let length = bytes.len();
        let header = Header {
            context,
            lane,
            content: what,
            length,
        };
        self.fabric()
            .send(to, Tag::Post, header.seal(&bytes).into());
        if length > SHORT {
            for frame in frames(bytes) {
                self.fabric().send(to, Tag::PostBulk, frame);
            }
        }
    }

    /// Sends messages without a copy, and returns when the receivers have asked for the long ones
    /// and their bytes are read; until then it calls `meanwhile` again and again.
    pub(crate) fn lend(
        &self,
        context: u64,
        messages: &[LentPost<'_>],
        meanwhile: &mut dyn FnMut(Untaken<'_>),
    ) {
        let mut frames = Vec::new();
        for message in messages {
            let LentPost {
                to,
                lane,
                content,
                bytes,
            } = *message;
            if to == self.rank() {
                self.deliver_here(context, lane, content, bytes.to_vec());
                continue;
            }
            let header = Header {
                context,
                lane,
                content,
                length: bytes.len(),
            };
            self.fabric().send(to, Tag::Post, header.seal(bytes).into());
            if bytes.len() > SHORT {
                let tag = Tag::PostBulk;
                frames.extend(
                    bytes
                        .chunks(FRAME)
                        .map(|bytes| LentBytes { to, tag, bytes }),
                );
            }
        }
        if !frames.is_empty() {
            self.fabric().lend(&frames, &mut |done| {
                meanwhile(&|| {
                    let open = frames.iter().zip(done).filter(|(_, done)| !**done);
                    open.map(|(frame, _)| frame.to).collect()
                });
            });
        }
    }

    /// What users have sent to this rank and it never received, in words.
    pub(super) fn unreceived(&self) -> Option<String> {
        self.fetch_headers();
        let matching = self.post.matching.borrow();
        let messages: Vec<&Label> = matching.unreceived().collect();
        let first = messages.first()?;
        let (count, rank, source) = (messages.len(), self.rank(), first.source);
        let s = if count == 1 { "" } else { "s" };
        Some(format!(
            "rank {rank} ends without receiving {count} message{s}, the first of rank {source}"
        ))
    }

    fn deliver_here(&self, context: u64, lane: Lane, what: Content, bytes: Vec<u8>) {
        let source = self.rank();
        let label = Label {
            context,
            source,
            lane,
        };
        let mail = Delivery::new(what, bytes.len(), bytes);
        self.post.matching.borrow_mut().arrive(label, mail);
    }

    /// Posts a receive.
    pub(crate) fn expect(&self, pattern: Pattern) -> Ticket {
        self.post.matching.borrow_mut().post(pattern)
    }

    /// The receive is not wanted any more.
    pub(crate) fn cancel(&self, ticket: Ticket) {
        self.post.matching.borrow_mut().cancel(ticket);
    }

    /// What has come for a receive; its bytes may still be on their way.
    pub(crate) fn cover(&self, ticket: Ticket) -> Option<Cover> {
        let found = self.fetch_headers_until(|matching| matching.found(ticket))?;
        Some(cover(&self.post.matching.borrow(), found))
    }

    /// What the next receive with this pattern would get.
    pub(crate) fn peek(&self, pattern: &Pattern) -> Option<Cover> {
        let first = self.fetch_headers_until(|matching| matching.first(pattern))?;
        Some(cover(&self.post.matching.borrow(), first))
    }

    /// The whole message of a receive, once its bytes are there.
    pub(crate) fn take(&self, ticket: Ticket) -> Option<(Cover, Vec<u8>)> {
        let cover = self.cover(ticket)?;
        let arrival = self.post.matching.borrow().found(ticket)?;
        if !self.fetch(cover.label.source, arrival, None) {
            return None;
        }
        let mail = self.post.matching.borrow_mut().take(ticket)?;
        Some((cover, mail.content.bytes))
    }

    /// The same with the bytes in `buffer`, which is as long as they are.
    pub(crate) fn take_into(&self, ticket: Ticket, buffer: &mut [u8]) -> Option<Cover> {
        let cover = self.cover(ticket)?;
        let arrival = self.post.matching.borrow().found(ticket)?;
        if !self.fetch(cover.label.source, arrival, Some(buffer)) {
            return None;
        }
        let mail = self.post.matching.borrow_mut().take(ticket)?.content;
        if !mail.bytes.is_empty() {
            buffer.copy_from_slice(&mail.bytes);
        }
        Some(cover)
    }

    /// Matches what has arrived.
    pub(super) fn fetch_headers(&self) {
        while self.fetch_header() {}
    }

    /// Matches what has arrived, up to the message that is looked for: to ask the fabric once more takes time.
    fn fetch_headers_until(
        &self,
        look: impl Fn(&Matching<Delivery>) -> Option<Arrival>,
    ) -> Option<Arrival> {
        loop {
            let found = look(&self.post.matching.borrow());
            if found.is_some() || !self.fetch_header() {
                return found;
            }
        }
    }

    /// Matches the next message, if one has arrived.
    fn fetch_header(&self) -> bool {
        let Some(Envelope { source, bytes }) = self.fabric().receive(None, Tag::Post) else {
            return false;
        };
        let (header, bytes) = Header::open(&bytes);
        let label = Label {
            context: header.context,
            source,
            lane: header.lane,
        };
        let mail = Delivery::new(header.content, header.length, bytes);
        let complete = mail.is_complete();
        let arrival = self.post.matching.borrow_mut().arrive(label, mail);
        if !complete {
            let mut streams = self.post.streams.borrow_mut();
            streams.entry(source).or_default().push_back(arrival);
        }
        true
    }

    /// Takes the bytes of a message from the fabric, after those that lie before them; says
    /// whether all of them are there.
    fn fetch(&self, source: Rank, wanted: Arrival, mut buffer: Option<&mut [u8]>) -> bool {
        let is_complete =
            |matching: &Matching<Delivery>| matching.message(wanted).content.is_complete();
        if is_complete(&self.post.matching.borrow()) {
            return true;
        }
        let mut streams = self.post.streams.borrow_mut();
        let Some(stream) = streams.get_mut(&source) else {
            return true;
        };
        while let Some(&front) = stream.front().filter(|front| **front <= wanted) {
            let mut matching = self.post.matching.borrow_mut();
            let mail = &mut matching.message_mut(front).content;
            let straight = buffer.as_deref_mut().filter(|_| front == wanted);
            if !mail.fetch(self.fabric(), source, straight) {
                return false;
            }
            stream.pop_front();
        }
        true
    }
}

fn cover(matching: &Matching<Delivery>, arrival: Arrival) -> Cover {
    let message = matching.message(arrival);
    Cover {
        label: message.label,
        content: message.content.content,
        length: message.content.length,
    }
}
