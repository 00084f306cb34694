//! A world of one rank: nothing is ever sent.

use super::{Envelope, Fabric, LentBytes, Rank, Tag};
use crate::base::shared::SharedBytes;

/// The fabric of a program that runs in one process.
#[derive(Debug, Default)]
pub(crate) struct Single;

impl Fabric for Single {
    fn rank(&self) -> Rank {
        0
    }

    fn size(&self) -> usize {
        1
    }

    fn processor_name(&self) -> String {
        // Linux tells the host's name here; elsewhere the shell's variable is the best free guess.
        std::fs::read_to_string("/proc/sys/kernel/hostname")
            .ok()
            .or_else(|| std::env::var("HOSTNAME").ok())
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "localhost".to_owned())
    }

    fn send(&self, to: Rank, tag: Tag, _bytes: SharedBytes) {
        unreachable!("a message with tag {tag:?} to rank {to} in a world of one");
    }

    fn lend(&self, frames: &[LentBytes<'_>], _meanwhile: &mut dyn FnMut(&[bool])) {
        if let Some(LentBytes { to, tag, .. }) = frames.first() {
            unreachable!("a message with tag {tag:?} to rank {to} in a world of one");
        }
    }

    fn receive(&self, _source: Option<Rank>, _tag: Tag) -> Option<Envelope> {
        None
    }

    fn receive_into(&self, _source: Rank, _tag: Tag, _buffer: &mut [u8]) -> Option<usize> {
        None
    }

    fn is_flushed(&self) -> bool {
        true
    }

    fn failure(&self) -> Option<String> {
        None
    }

    fn abort(&self, code: i32) -> ! {
        std::process::exit(code)
    }

    fn finalize(&self) {}
}
