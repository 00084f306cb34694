//! The outputs of a loop on all ranks, after its end.

use std::ops::Range;

use crate::base::aligned::Block;
use crate::base::raw::{Packer, Unpacker};
use crate::base::wire::{decode_message, encode_message};
use crate::engine::{self, EncodedParts};
use crate::loop_parts::gather::{Form, Output, Parcel};
use crate::observe::{Event, Stage};
use crate::protocol::message::{Halt, Site};
use crate::transport::collectives;
use crate::transport::link::Link;

/// Does this, and tells observers how long it took, and of the bytes that went to each rank.
pub(super) fn watch_spreading(link: &Link, spread: &mut dyn FnMut() -> usize) {
    let observers = link.observers();
    let bytes = observers.watch(link.rank(), Stage::Spreading, spread);
    observers.tell(|| Event::Spread { bytes });
}

/// Gives all ranks the values of the master's outputs, in so many bytes.
pub(super) fn spread_values<O: Output>(link: &Link, outputs: &mut O) -> usize {
    let message = link.is_master().then(|| {
        let mut packer = Packer::new(true);
        outputs.pack_value(&mut packer);
        let values = packer.finish().next().unwrap_or_default();
        (values.to_vec(), Vec::new())
    });
    let (values, _) = collectives::broadcast_message(link, message);
    if !link.is_master() {
        let mut unpacker = Unpacker::new(vec![Block::Own(values[..].into())]);
        let taken = outputs.unpack_value(&mut unpacker);
        if let Err(reason) = taken.and_then(|()| unpacker.finish()) {
            panic!("rank {}: {reason}", link.rank());
        }
    }
    values.len()
}

/// Gives all ranks the parts that the master has collected: all, or those until the `end`. They are of so many bytes.
pub(super) fn spread<O: Output>(
    link: &Link,
    encoded_parts: Vec<EncodedParts>,
    outputs: &mut O,
    end: Option<&Halt>,
    site: &Site,
) -> usize {
    /// Of the parts that travel together: their chunks, how they are written, and in how many blocks.
    type Label = (Vec<Range<u64>>, Form, usize);
    let message = link.is_master().then(|| {
        let mut labels: Vec<Label> = Vec::new();
        let mut blocks = Vec::new();
        for EncodedParts { chunks, parts, .. } in encoded_parts {
            labels.push((chunks, parts.form, parts.blocks.len()));
            blocks.extend(parts.blocks);
        }
        (encode_message(&labels), blocks)
    });
    let (labels, blocks) = collectives::broadcast_message(link, message);
    let bytes = blocks.iter().map(|block| block.len()).sum();
    if link.is_master() {
        return bytes;
    }
    let labels: Vec<Label> = decode_message(&labels);
    let mut blocks = blocks.into_iter();
    let encoded_parts = labels.into_iter().map(|(chunks, form, count)| {
        let blocks = blocks.by_ref().take(count).collect();
        EncodedParts {
            chunks,
            parts: Parcel { form, blocks },
            digest: None,
        }
    });
    engine::absorb_all(link, encoded_parts, outputs, end, site);
    bytes
}
