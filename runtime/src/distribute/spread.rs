//! The outputs of a loop on all ranks, after its end.

use std::ops::Range;

use crate::base::wire::{Encoded, Format, decode_message, encode_message};
use crate::engine::{self, EncodedParts};
use crate::loop_parts::gather::Output;
use crate::protocol::message::Site;
use crate::transport::collectives;
use crate::transport::link::Link;

/// Gives all ranks the parts that the master has collected: all, or those `until` an iteration.
pub(super) fn spread<O: Output>(
    link: &Link,
    encoded_parts: Vec<EncodedParts>,
    outputs: &mut O,
    until: Option<u64>,
    site: &Site,
) {
    type Labels = Vec<(Vec<Range<u64>>, Format)>;
    let message = link.is_master().then(|| {
        let (labels, attachments): (Labels, _) = encoded_parts
            .into_iter()
            .map(|EncodedParts { chunks, parts }| ((chunks, parts.format), parts.bytes))
            .unzip();
        (encode_message(&labels), attachments)
    });
    let (labels, attachments) = collectives::broadcast_message(link, message);
    if link.is_master() {
        return;
    }
    let labels: Labels = decode_message(&labels);
    let encoded_parts = labels
        .into_iter()
        .zip(attachments)
        .map(|((chunks, format), bytes)| EncodedParts {
            chunks,
            parts: Encoded { format, bytes },
        });
    engine::absorb_all(link, encoded_parts, outputs, until, site);
}
