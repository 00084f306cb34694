//! What every communicator must do. One suite for all of them: `single` and `threads` run it as
//! unit tests, `mpi` runs it in a program under `mpiexec` (feature `contract`).

use super::{Communicator, Envelope, FRAME, Rank, Tag};

/// Runs the whole suite on one rank of `communicator`; every rank must call it.
///
/// # Panics
/// Panics where the communicator breaks the contract.
pub(crate) fn check(communicator: &dyn Communicator) {
    knows_itself(communicator);
    receives_nothing_unasked(communicator);
    keeps_the_order_of_a_tag(communicator);
    tells_tags_apart(communicator);
    tells_senders_apart(communicator);
    carries_empty_and_full_frames(communicator);
    lets_everybody_send_before_anybody_receives(communicator);
    flush(communicator);
}

/// All others, from this rank's point of view.
fn others(communicator: &dyn Communicator) -> impl Iterator<Item = Rank> + use<> {
    let own = communicator.rank();
    (0..communicator.size()).filter(move |&rank| rank != own)
}

fn wait_for(communicator: &dyn Communicator, source: Option<Rank>, tag: Tag) -> Envelope {
    loop {
        communicator.is_flushed();
        if let Some(envelope) = communicator.receive(source, tag) {
            return envelope;
        }
        std::thread::yield_now();
    }
}

fn flush(communicator: &dyn Communicator) {
    while !communicator.is_flushed() {
        std::thread::yield_now();
    }
}

/// No rank goes on before all have come here.
fn meet(communicator: &dyn Communicator) {
    for rank in others(communicator) {
        communicator.send(rank, Tag::ValueBulk, vec![]);
    }
    for rank in others(communicator) {
        wait_for(communicator, Some(rank), Tag::ValueBulk);
    }
}

fn knows_itself(communicator: &dyn Communicator) {
    assert!(communicator.rank() < communicator.size());
    assert!(!communicator.processor_name().is_empty());
}

fn receives_nothing_unasked(communicator: &dyn Communicator) {
    // Nobody sends these before all have met.
    for tag in [Tag::Request, Tag::Order, Tag::Value] {
        assert_eq!(communicator.receive(None, tag), None);
    }
    meet(communicator);
}

fn keeps_the_order_of_a_tag(communicator: &dyn Communicator) {
    for number in 0..100_u8 {
        for rank in others(communicator) {
            // Long and short messages travel in different ways.
            let length = if number % 7 == 0 { 200_000 } else { 1 };
            communicator.send(rank, Tag::Request, vec![number; length]);
        }
    }
    for rank in others(communicator) {
        for number in 0..100_u8 {
            let envelope = wait_for(communicator, Some(rank), Tag::Request);
            assert_eq!((envelope.source, envelope.bytes[0]), (rank, number));
        }
    }
    flush(communicator);
    meet(communicator);
}

fn tells_tags_apart(communicator: &dyn Communicator) {
    for rank in others(communicator) {
        communicator.send(rank, Tag::Order, b"order".to_vec());
        communicator.send(rank, Tag::Value, b"value".to_vec());
    }
    for rank in others(communicator) {
        assert_eq!(
            wait_for(communicator, Some(rank), Tag::Value).bytes,
            b"value"
        );
        assert_eq!(
            wait_for(communicator, Some(rank), Tag::Order).bytes,
            b"order"
        );
    }
    meet(communicator);
}

fn tells_senders_apart(communicator: &dyn Communicator) {
    let own = u8::try_from(communicator.rank()).expect("tests run on few ranks");
    for rank in others(communicator) {
        communicator.send(rank, Tag::Value, vec![own]);
    }
    let mut seen: Vec<Rank> = others(communicator)
        .map(|_| {
            let envelope = wait_for(communicator, None, Tag::Value);
            assert_eq!(usize::from(envelope.bytes[0]), envelope.source);
            envelope.source
        })
        .collect();
    seen.sort_unstable();
    assert!(seen.into_iter().eq(others(communicator)));
    meet(communicator);
}

fn carries_empty_and_full_frames(communicator: &dyn Communicator) {
    let next = (communicator.rank() + 1) % communicator.size();
    let previous = (communicator.rank() + communicator.size() - 1) % communicator.size();
    if next == communicator.rank() {
        return;
    }
    communicator.send(next, Tag::Value, vec![]);
    communicator.send(next, Tag::Value, vec![7; FRAME]);
    assert_eq!(wait_for(communicator, Some(previous), Tag::Value).bytes, []);
    let full = wait_for(communicator, Some(previous), Tag::Value).bytes;
    assert!(full.len() == FRAME && full.iter().all(|&byte| byte == 7));
    flush(communicator);
    meet(communicator);
}

/// Blocking sends would deadlock here.
fn lets_everybody_send_before_anybody_receives(communicator: &dyn Communicator) {
    for rank in others(communicator) {
        communicator.send(rank, Tag::Value, vec![1; 1 << 20]);
    }
    for rank in others(communicator) {
        assert_eq!(
            wait_for(communicator, Some(rank), Tag::Value).bytes.len(),
            1 << 20
        );
    }
    meet(communicator);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::communicator::single::Single;
    use crate::communicator::threads::{Weather, world};

    use super::check;

    #[test]
    fn single_keeps_the_contract() {
        check(&Single);
    }

    #[test]
    fn threads_keep_the_contract() {
        for size in 1..=5 {
            let weather = Weather {
                seed: size as u64,
                longest: Duration::from_micros(200),
            };
            std::thread::scope(|scope| {
                for communicator in world(size, weather) {
                    scope.spawn(move || check(&communicator));
                }
            });
        }
    }
}
