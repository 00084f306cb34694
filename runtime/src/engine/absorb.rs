//! From parts to outputs, in the order of the iterations.

use std::ops::Range;

use crate::base::panicking;
use crate::base::thread_context::Identity;
use crate::base::wire;
use crate::loop_parts::gather::{Output, PartsInOrder};
use crate::observe::{Event, Observers};
use crate::protocol::message::{Cause, Halt, Site};
use crate::transport::link::Link;

use super::EncodedParts;

/// Adds parts that have come to those that wait for their turn.
pub(super) fn unpack<O: Output>(
    link: &Link,
    encoded: &EncodedParts,
    ordered: &mut PartsInOrder<O::Part>,
) {
    let parts: Vec<O::Part> = match wire::decode(encoded.parts.format, &encoded.parts.bytes) {
        Ok(parts) => parts,
        Err(reason) => panic!(
            "rank {}: {reason}\nhelp: every value that the type's `Serialize` writes must be one that its `Deserialize` can read",
            link.rank()
        ),
    };
    for (chunk, part) in encoded.chunks.iter().zip(parts) {
        ordered.insert(chunk.clone(), part);
    }
}

/// Adds to the outputs what has its turn, tells of each chunk, and hands what is left of its part to `spare`.
///
/// # Errors
/// As [`absorb_part`]; what follows is not added.
pub(super) fn absorb<O: Output>(
    ordered: &mut PartsInOrder<O::Part>,
    outputs: &mut O,
    on: &Identity,
    observers: &Observers,
    mut spare: impl FnMut(O::Part),
) -> Result<(), Halt> {
    while let Some((chunk, part)) = ordered.pop() {
        spare(absorb_part(&chunk, part, outputs, on, observers)?);
    }
    Ok(())
}

/// Adds to the outputs what the iterations of a chunk wrote. What is left of the part is blank.
///
/// # Errors
/// The halt of these iterations, where their part makes the user's code panic.
pub(super) fn absorb_part<O: Output>(
    chunk: &Range<u64>,
    mut part: O::Part,
    outputs: &mut O,
    on: &Identity,
    observers: &Observers,
) -> Result<O::Part, Halt> {
    panicking::catch(|| outputs.absorb(&mut part)).map_err(|report| {
        let length = chunk.end - chunk.start;
        Halt::on(on, chunk.start, Cause::NotAdded { length, report })
    })?;
    observers.tell(|| Event::Absorbed { chunk });
    Ok(part)
}

/// Adds the parts of all ranks to the outputs of one that had none. Iterations beyond `until` may
/// have run, and don't count.
pub(crate) fn absorb_all<O: Output>(
    link: &Link,
    encoded_parts: impl Iterator<Item = EncodedParts>,
    outputs: &mut O,
    until: Option<u64>,
    site: &Site,
) {
    let mut ordered = PartsInOrder::new();
    // The loop is over.
    let nobody = Observers::default();
    for encoded in encoded_parts {
        unpack::<O>(link, &encoded, &mut ordered);
        if let Err(halt) = absorb(&mut ordered, outputs, link.identity(), &nobody, drop) {
            // Only here: the master has added the same.
            eprintln!("error: {}", halt.describe(site));
            panicking::unwind_silently(halt.into_message());
        }
    }
    assert!(
        until.map_or_else(
            || ordered.is_contiguous(),
            |until| ordered.finished() == until
        ),
        "parts are missing after iteration {}",
        ordered.finished()
    );
}
