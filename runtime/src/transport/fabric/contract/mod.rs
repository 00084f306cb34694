//! What every fabric must do. One suite for all of them: `single` and `threads` run it as
//! unit tests, `mpi` runs it in a program under `mpiexec` (feature `contract`).

#[cfg(feature = "contract")]
mod failing;
mod lending;

use super::{Envelope, FRAME, Fabric, Rank, Tag};

/// Runs a part of the suite on one rank of `fabric`: `all` of what a job survives, or by name what
/// it does not.
///
/// # Panics
/// Panics where the fabric breaks the contract.
#[cfg(feature = "contract")]
pub(crate) fn run(fabric: &dyn Fabric, part: &str) {
    match part {
        "all" => check(fabric),
        "failure" => failing::keeps_the_first_failure(fabric),
        "unwinding" => failing::ends_with_what_it_cannot_give_back(fabric),
        _ => panic!("the contract has no part {part}"),
    }
}

/// Runs the whole suite on one rank of `fabric`; every rank must call it.
///
/// # Panics
/// Panics where the fabric breaks the contract.
fn check(fabric: &dyn Fabric) {
    knows_itself(fabric);
    receives_nothing_unasked(fabric);
    keeps_the_order_of_a_tag(fabric);
    tells_tags_apart(fabric);
    tells_senders_apart(fabric);
    carries_empty_and_full_frames(fabric);
    lets_everybody_send_before_anybody_receives(fabric);
    lending::check(fabric);
    flush(fabric);
    assert_eq!(fabric.failure(), None);
}

/// All others, from this rank's point of view.
fn others(fabric: &dyn Fabric) -> impl Iterator<Item = Rank> + use<> {
    let own = fabric.rank();
    (0..fabric.size()).filter(move |&rank| rank != own)
}

fn wait_for(fabric: &dyn Fabric, source: Option<Rank>, tag: Tag) -> Envelope {
    loop {
        fabric.is_flushed();
        if let Some(envelope) = fabric.receive(source, tag) {
            return envelope;
        }
        std::thread::yield_now();
    }
}

fn flush(fabric: &dyn Fabric) {
    while !fabric.is_flushed() {
        std::thread::yield_now();
    }
}

/// No rank goes on before all have come here.
fn meet(fabric: &dyn Fabric) {
    for rank in others(fabric) {
        fabric.send(rank, Tag::ValueBulk, vec![].into());
    }
    for rank in others(fabric) {
        wait_for(fabric, Some(rank), Tag::ValueBulk);
    }
}

fn knows_itself(fabric: &dyn Fabric) {
    assert!(fabric.rank() < fabric.size());
    assert!(!fabric.processor_name().is_empty());
}

fn receives_nothing_unasked(fabric: &dyn Fabric) {
    // Nobody sends these before all have met.
    for tag in [Tag::Request, Tag::Order, Tag::Value] {
        assert_eq!(fabric.receive(None, tag), None);
    }
    meet(fabric);
}

fn keeps_the_order_of_a_tag(fabric: &dyn Fabric) {
    for number in 0..100_u8 {
        for rank in others(fabric) {
            // Long and short messages travel in different ways.
            let length = if number % 7 == 0 { 200_000 } else { 1 };
            fabric.send(rank, Tag::Request, vec![number; length].into());
        }
    }
    for rank in others(fabric) {
        for number in 0..100_u8 {
            let envelope = wait_for(fabric, Some(rank), Tag::Request);
            assert_eq!((envelope.source, envelope.bytes[0]), (rank, number));
        }
    }
    flush(fabric);
    meet(fabric);
}

fn tells_tags_apart(fabric: &dyn Fabric) {
    for rank in others(fabric) {
        fabric.send(rank, Tag::Order, b"order".to_vec().into());
        fabric.send(rank, Tag::Value, b"value".to_vec().into());
    }
    for rank in others(fabric) {
        assert_eq!(wait_for(fabric, Some(rank), Tag::Value).bytes, b"value");
        assert_eq!(wait_for(fabric, Some(rank), Tag::Order).bytes, b"order");
    }
    meet(fabric);
}

fn tells_senders_apart(fabric: &dyn Fabric) {
    let own = u8::try_from(fabric.rank()).expect("tests run on few ranks");
    for rank in others(fabric) {
        fabric.send(rank, Tag::Value, vec![own].into());
    }
    let mut seen: Vec<Rank> = others(fabric)
        .map(|_| {
            let envelope = wait_for(fabric, None, Tag::Value);
            assert_eq!(usize::from(envelope.bytes[0]), envelope.source);
            envelope.source
        })
        .collect();
    seen.sort_unstable();
    assert!(seen.into_iter().eq(others(fabric)));
    meet(fabric);
}

fn carries_empty_and_full_frames(fabric: &dyn Fabric) {
    let next = (fabric.rank() + 1) % fabric.size();
    let previous = (fabric.rank() + fabric.size() - 1) % fabric.size();
    if next == fabric.rank() {
        return;
    }
    fabric.send(next, Tag::Value, vec![].into());
    fabric.send(next, Tag::Value, vec![7; FRAME].into());
    assert_eq!(wait_for(fabric, Some(previous), Tag::Value).bytes, []);
    let full = wait_for(fabric, Some(previous), Tag::Value).bytes;
    assert!(full == vec![7; FRAME]);
    flush(fabric);
    meet(fabric);
}

/// Blocking sends would deadlock here.
fn lets_everybody_send_before_anybody_receives(fabric: &dyn Fabric) {
    for rank in others(fabric) {
        fabric.send(rank, Tag::Value, vec![1; 1 << 20].into());
    }
    for rank in others(fabric) {
        assert_eq!(
            wait_for(fabric, Some(rank), Tag::Value).bytes.len(),
            1 << 20
        );
    }
    meet(fabric);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::transport::fabric::single::Single;
    use crate::transport::fabric::threads::{Weather, world};

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
                far: Duration::ZERO,
            };
            std::thread::scope(|scope| {
                for fabric in world(size, weather) {
                    scope.spawn(move || check(&fabric));
                }
            });
        }
    }
}
