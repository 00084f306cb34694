//! Calls that every rank makes together, made of messages between two ranks.
//!
//! Values go down a binomial tree from the master and straight up to it. Invariant: a rank takes
//! values only from the one rank that sends them in this call, and messages between two ranks keep
//! their order, so a rank that is one call ahead confuses nobody.

use std::ops::Deref;

use crate::base::aligned::Block;
use crate::base::rank::{MASTER, Rank};
use crate::base::wire::{self, Encoded, Format, Transport, decode_message, encode_message};
use crate::protocol::message::{Call, Entry, Site, Verdict};
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// Enters a call other than a loop.
pub(crate) fn enter(link: &Link, call: Call, site: &Site) {
    link.enter(Entry::new(call, site.clone()));
}

/// Leaves the call that was entered last: on the master, when all ranks have entered it.
pub(crate) fn leave(link: &Link) {
    if link.is_master() {
        link.wait_for_all();
    }
    link.complete(&Verdict::Complete);
}

/// Waits until the master has found that all ranks have entered the same call.
pub(crate) fn meet(link: &Link) {
    let nothing = link.is_master().then(|| {
        link.wait_for_all();
        (Vec::new(), Vec::new())
    });
    broadcast_message(link, nothing);
}

/// Gives every rank the master's message, in its body and attachments.
pub(crate) fn broadcast_message(
    link: &Link,
    message: Option<(Vec<u8>, Vec<Block>)>,
) -> (Vec<u8>, Vec<Block>) {
    let (body, mut attachments) = message.unwrap_or_else(|| {
        let parent = parent(link.rank());
        let message = link.wait(|| link.receive(Some(parent), Tag::Value));
        let attachments = message.attachments.into_iter().map(Block::Own);
        (message.body, attachments.collect())
    });
    for child in children(link.rank(), link.size()) {
        let shared = attachments.iter_mut().map(|one| one.share().into_bytes());
        link.send(child, Tag::Value, &body, shared.collect());
    }
    (body, attachments)
}

/// Gives every rank the master's value; the others pass `None`.
pub(crate) fn broadcast<T: Transport>(link: &Link, value: Option<T>) -> T {
    let message = value.as_ref().filter(|_| link.size() > 1).map(|value| {
        let Encoded { format, bytes } = wire::encode(value);
        (encode_message(&format), vec![Block::Shared(bytes.into())])
    });
    let Some(value) = value else {
        let (body, attachments) = broadcast_message(link, None);
        return read(&body, &attachments);
    };
    if message.is_some() {
        broadcast_message(link, message);
    }
    value
}

/// Gives the master the values of all ranks, in rank order.
pub(crate) fn gather<T: Transport>(link: &Link, value: T) -> Option<Vec<T>> {
    if !link.is_master() {
        let Encoded { format, bytes } = wire::encode(&value);
        let attachments = vec![bytes.into()];
        link.send(MASTER, Tag::Value, &encode_message(&format), attachments);
        return None;
    }
    let mut values = vec![value];
    for rank in link.others() {
        let message = link.wait(|| link.receive(Some(rank), Tag::Value));
        values.push(read(&message.body, &message.attachments));
    }
    Some(values)
}

fn read<T: Transport>(body: &[u8], attachments: &[impl Deref<Target = [u8]>]) -> T {
    let format: Format = decode_message(body);
    let bytes = attachments.first().expect("the value is attached");
    wire::decode(format, bytes).unwrap_or_else(|reason| panic!("{reason}"))
}

/// From whom a rank gets a broadcast value: its number without the lowest bit that is set.
pub(crate) fn parent(rank: Rank) -> Rank {
    rank & (rank - 1)
}

/// To whom a rank passes a broadcast value on.
pub(crate) fn children(rank: Rank, size: usize) -> impl Iterator<Item = Rank> {
    let room = if rank == 0 {
        usize::BITS
    } else {
        rank.trailing_zeros()
    };
    (0..room)
        .map(move |bit| rank.saturating_add(1_usize << bit))
        .take_while(move |&child| child < size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_reaches_every_rank_once_and_children_know_their_parent() {
        for size in 1..40 {
            let mut reached = vec![0];
            let mut next = 0;
            while let Some(&rank) = reached.get(next) {
                for child in children(rank, size) {
                    assert_eq!(parent(child), rank);
                    reached.push(child);
                }
                next += 1;
            }
            reached.sort_unstable();
            assert_eq!(reached, (0..size).collect::<Vec<_>>());
        }
    }
}
