//! What another rank tells the master of its chunks.

use super::tray::Done;
use crate::base::rank::MASTER;
use crate::base::shared::SharedBytes;
use crate::base::wire::encode_message;
use crate::protocol::message::{Finished, Over, Request, Wants};
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// Reports what a thread has done; this rank also `wants` more chunks.
pub(super) fn report(link: &Link, done: Done, wants: Wants) {
    let attachments = done.encoded.map(|encoded| encoded.parts.into_attachments());
    request(
        link,
        Some(done.finished),
        wants,
        None,
        attachments.unwrap_or_default(),
    );
}

/// Sends a request.
pub(crate) fn request(
    link: &Link,
    finished: Option<Finished>,
    wants: Wants,
    over: Option<Over>,
    attachments: Vec<SharedBytes>,
) {
    let message = Request {
        call: link.call(),
        finished,
        wants,
        over,
    };
    link.send(MASTER, Tag::Request, &encode_message(&message), attachments);
}
