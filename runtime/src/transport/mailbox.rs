//! Messages of any length on top of a fabric's bounded ones.
//!
//! A message is a short body with attachments (encoded parts or items). The body travels with the
//! lengths of the attachments, these follow as frames of at most [`FRAME`] bytes under a tag of
//! their own, unchanged and uncopied. Invariant: messages of one tag from one rank are handed out
//! in the order they were sent, and only when they are complete.

mod counted;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

use crate::base::aligned::AlignedBytes;
use crate::base::rank::Rank;
use crate::base::shared::SharedBytes;
use crate::transport::fabric::{Envelope, FRAME, Fabric, Tag};

pub(crate) use counted::Counted;

/// A complete message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) source: Rank,
    pub(crate) body: Vec<u8>,
    pub(crate) attachments: Vec<AlignedBytes>,
}

/// Sends and receives whole messages.
#[derive(Debug)]
pub(crate) struct Mailbox {
    fabric: Counted,
    /// Messages whose attachments are still arriving, in the order of their bodies.
    arriving: RefCell<BTreeMap<(Tag, Rank), VecDeque<Arriving>>>,
}

#[derive(Debug)]
struct Arriving {
    body: Vec<u8>,
    lengths: Vec<usize>,
    attachments: Vec<AlignedBytes>,
}

impl Mailbox {
    pub(crate) fn new(fabric: Box<dyn Fabric>) -> Self {
        Self {
            fabric: Counted::new(fabric),
            arriving: RefCell::default(),
        }
    }

    /// The fabric below. Whoever sends or receives without the mailbox does it here too, so that it
    /// is counted.
    pub(crate) fn fabric(&self) -> &Counted {
        &self.fabric
    }

    /// Starts to send a message.
    pub(crate) fn send(&self, to: Rank, tag: Tag, body: &[u8], attachments: Vec<SharedBytes>) {
        self.fabric.send(to, tag, seal(body, &attachments).into());
        for attachment in attachments {
            for frame in frames(attachment) {
                self.fabric.send(to, bulk(tag), frame);
            }
        }
    }

    /// Whether something that was sent has not left, or what is received has not come completely.
    pub(crate) fn is_moving(&self) -> bool {
        self.is_arriving() || !self.fabric.is_flushed()
    }

    /// Whether what is received has not come completely.
    pub(crate) fn is_arriving(&self) -> bool {
        let arriving = self.arriving.borrow();
        arriving.values().any(|queue| !queue.is_empty())
    }

    /// The next complete message with this tag, from `source` or from anybody.
    pub(crate) fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Message> {
        while let Some(Envelope { source, bytes }) = self.fabric.receive(source, tag) {
            let (body, lengths) = open(&bytes);
            let mut arriving = self.arriving.borrow_mut();
            let queue = arriving.entry((tag, source)).or_default();
            if lengths.is_empty() && queue.is_empty() {
                return Some(Message {
                    source,
                    body,
                    attachments: Vec::new(),
                });
            }
            queue.push_back(Arriving {
                body,
                lengths,
                attachments: Vec::new(),
            });
        }
        let mut arriving = self.arriving.borrow_mut();
        let senders =
            arriving
                .range_mut((tag, 0)..=(tag, Rank::MAX))
                .filter(|((_, from), queue)| {
                    !queue.is_empty() && source.is_none_or(|source| source == *from)
                });
        for (&(_, from), queue) in senders {
            let first = queue.front_mut().expect("empty queues were left out");
            if self.collect(from, tag, first) {
                let Arriving {
                    body, attachments, ..
                } = queue.pop_front().expect("it was there");
                return Some(Message {
                    source: from,
                    body,
                    attachments,
                });
            }
        }
        None
    }

    /// Takes the frames that have arrived; says whether the message is complete.
    fn collect(&self, from: Rank, tag: Tag, message: &mut Arriving) -> bool {
        loop {
            let partial = message
                .attachments
                .last()
                .filter(|last| last.len() < message.lengths[message.attachments.len() - 1]);
            if partial.is_none() && message.attachments.len() == message.lengths.len() {
                return true;
            }
            let continues = partial.is_some();
            let Some(frame) = self.fabric.receive(Some(from), bulk(tag)) else {
                return false;
            };
            if continues {
                let length = message.lengths[message.attachments.len() - 1];
                let attachment = message.attachments.last_mut().expect("it continues one");
                attachment.append(&frame.bytes, length);
            } else {
                message.attachments.push(frame.bytes);
            }
        }
    }
}

/// The bytes as messages that are short enough; no bytes are one empty message.
pub(crate) fn frames(bytes: SharedBytes) -> impl Iterator<Item = SharedBytes> {
    let count = bytes.len().div_ceil(FRAME).max(1);
    (0..count).map(move |frame| {
        let start = frame * FRAME;
        bytes.slice(start..bytes.len().min(start + FRAME))
    })
}

/// The tag under which the attachments of a message travel.
fn bulk(tag: Tag) -> Tag {
    match tag {
        Tag::Request => Tag::RequestBulk,
        Tag::Order => Tag::OrderBulk,
        Tag::Value => Tag::ValueBulk,
        Tag::Control
        | Tag::RequestBulk
        | Tag::OrderBulk
        | Tag::ValueBulk
        | Tag::Post
        | Tag::PostBulk => {
            unreachable!("messages with tag {tag:?} have no attachments")
        }
    }
}

/// Layout: number of attachments, their lengths, the body; numbers as little-endian u64.
fn seal(body: &[u8], attachments: &[SharedBytes]) -> Vec<u8> {
    let numbers = std::iter::once(attachments.len()).chain(attachments.iter().map(|one| one.len()));
    let mut bytes = Vec::with_capacity(8 * (1 + attachments.len()) + body.len());
    for number in numbers {
        bytes.extend_from_slice(&(number as u64).to_le_bytes());
    }
    bytes.extend_from_slice(body);
    bytes
}

/// The reverse of [`seal`].
fn open(bytes: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let (numbers, _) = bytes.as_chunks::<8>();
    let number = |index: usize| {
        usize::try_from(u64::from_le_bytes(numbers[index])).expect("it fits the sender's memory")
    };
    let count = number(0);
    let lengths = (1..=count).map(number).collect();
    (bytes[8 * (1 + count)..].to_vec(), lengths)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::transport::fabric::threads::{Weather, world};

    #[test]
    fn what_is_sealed_opens_again() {
        let sealed = seal(
            b"body",
            &[vec![0; 3], vec![], vec![0; 70_000]].map(SharedBytes::from),
        );
        assert_eq!(open(&sealed), (b"body".to_vec(), vec![3, 0, 70_000]));
        assert_eq!(open(&seal(b"", &[])), (vec![], vec![]));
    }

    #[test]
    fn messages_arrive_whole_and_in_order_however_late_their_attachments_are() {
        let weather = Weather {
            seed: 3,
            longest: Duration::from_micros(300),
            far: Duration::ZERO,
        };
        let attachments = |number: u8| -> Vec<Vec<u8>> {
            let length = |index| [0, 5, 70_000][usize::from(number + index) % 3];
            (0..number % 4)
                .map(|index| vec![7; length(index)])
                .collect()
        };
        std::thread::scope(|scope| {
            for fabric in world(3, weather) {
                scope.spawn(move || {
                    let own = fabric.rank();
                    let mailbox = Mailbox::new(Box::new(fabric));
                    if own > 0 {
                        for number in 0..50_u8 {
                            let attachments =
                                attachments(number).into_iter().map(SharedBytes::from);
                            mailbox.send(0, Tag::Request, &[number], attachments.collect());
                        }
                        return;
                    }
                    let mut next = [0_u8; 3];
                    while next[1] + next[2] < 100 {
                        let Some(message) = mailbox.receive(None, Tag::Request) else {
                            continue;
                        };
                        let number = &mut next[message.source];
                        assert_eq!(message.body, [*number]);
                        assert_eq!(message.attachments, attachments(*number));
                        *number += 1;
                    }
                });
            }
        });
    }
}
