//! From parts to outputs, in the order of the iterations.

use std::ops::Range;

use crate::base::panicking;
use crate::base::stderr::say;
use crate::base::thread_context::Identity;
use crate::loop_parts::gather::{Output, PartsInOrder};
use crate::observe::{Event, Observers};
use crate::protocol::message::{Cause, Halt, Site};
use crate::transport::link::Link;

use super::EncodedParts;
use super::arrivals::Opened;
use super::shelf::Ticket;
use super::work::{Sink, Unadded};

/// Adds parts that have come to those that wait for their turn.
pub(super) fn add_opened(
    link: &Link,
    Opened { chunks, parts, .. }: Opened,
    ordered: &mut PartsInOrder<Ticket>,
) {
    let parts = parts.unwrap_or_else(|report| panicking::resume(report));
    let parts = parts.unwrap_or_else(|reason| unreadable(link, &reason));
    for (chunk, part) in chunks.into_iter().zip(parts) {
        ordered.insert(chunk, part);
    }
}

/// Ends this rank because of parts that can't be read.
fn unreadable(link: &Link, reason: &str) -> ! {
    panic!("rank {}: {reason}", link.rank())
}

/// Adds to the outputs what has its turn, and tells of each chunk.
///
/// # Errors
/// As [`absorb_part`]; what follows is not added.
pub(super) fn absorb(
    ordered: &mut PartsInOrder<Ticket>,
    sink: &mut dyn Sink,
    on: &Identity,
    observers: &Observers,
) -> Result<(), Halt> {
    while let Some((chunk, part)) = ordered.pop() {
        absorbed(&chunk, sink.add(part), on, observers)?;
    }
    Ok(())
}

/// Adds to the outputs what the iterations of a chunk wrote. What is left of the part is blank.
///
/// # Errors
/// The halt of these iterations, where their part ends the loop.
pub(super) fn absorb_part<O: Output>(
    chunk: &Range<u64>,
    part: &mut O::Part,
    outputs: &mut O,
    on: &Identity,
    observers: &Observers,
) -> Result<(), Halt> {
    absorbed(chunk, add(part, outputs), on, observers)
}

/// Adds a part to the outputs. What is left of it is blank.
///
/// # Errors
/// When that ends the loop.
pub(super) fn add<O: Output>(part: &mut O::Part, outputs: &mut O) -> Result<(), Unadded> {
    panicking::catch(|| outputs.absorb(part)).map_err(Unadded::Panicked)?;
    if outputs.is_stopped() {
        return Err(Unadded::Stopped);
    }
    Ok(())
}

/// Tells of a chunk whose part was added, or says how it ends the loop.
fn absorbed(
    chunk: &Range<u64>,
    added: Result<(), Unadded>,
    on: &Identity,
    observers: &Observers,
) -> Result<(), Halt> {
    added.map_err(|unadded| {
        let length = chunk.end - chunk.start;
        let cause = match unadded {
            Unadded::Panicked(report) => Cause::NotAdded { length, report },
            Unadded::Stopped => Cause::Stopped { length },
        };
        Halt::on(on, chunk.start, cause)
    })?;
    observers.tell(|| Event::Absorbed { chunk });
    Ok(())
}

/// Adds the parts of all ranks to the outputs of one that had none. Iterations beyond the `end` may
/// have run, and don't count.
pub(crate) fn absorb_all<O: Output>(
    link: &Link,
    encoded_parts: impl Iterator<Item = EncodedParts>,
    outputs: &mut O,
    end: Option<&Halt>,
    site: &Site,
) {
    let stop = end.filter(|halt| halt.cause.is_stop());
    let mut ordered: PartsInOrder<O::Part> = PartsInOrder::new();
    // The loop is over.
    let nobody = Observers::default();
    for encoded in encoded_parts {
        let parts = encoded.open::<O::Part>();
        for (chunk, part) in parts.unwrap_or_else(|reason| unreadable(link, &reason)) {
            ordered.insert(chunk, part);
        }
        while let Some((chunk, mut part)) = ordered.pop() {
            if let Err(halt) = absorb_part(&chunk, &mut part, outputs, link.identity(), &nobody) {
                let is_same = |stop: &Halt| stop.iteration == halt.iteration;
                if halt.cause.is_stop() && stop.is_some_and(is_same) {
                    return;
                }
                // Only here: the master has added the same.
                say(format_args!("error: {}", halt.describe(site)));
                panicking::unwind_silently(halt.into_message());
            }
        }
    }
    if let Some(halt) = stop {
        panic!(
            "{}; on rank {} it did not\n\
             help: let what its statements do depend on the items alone, not on what each rank has of its own",
            halt.describe(site),
            link.rank()
        );
    }
    assert!(
        end.map_or_else(
            || ordered.is_contiguous(),
            |halt| ordered.finished() == halt.iteration
        ),
        "parts are missing after iteration {}",
        ordered.finished()
    );
}
