//! Frames: pieces of a file that say where they lie, how long they are, and whether they are whole. Pure.
//!
//! A frame is a header of 32 bytes and its payload. The header, in little endian: the eight bytes `PARFORJ1`, the frame's own
//! position in the file, the length of the payload, its CRC-32, and the CRC-32 of the 28 bytes before.
//!
//! Invariant: bytes of a payload are never taken for a frame, since no frame lies elsewhere than it says.

use crc32fast::Hasher;

/// The beginning of all frames of this version of the format.
pub(super) const MAGIC: [u8; 8] = *b"PARFORJ1";

/// The part of it that all versions have.
pub(super) const FAMILY: &[u8] = b"PARFORJ";

/// The length of a header.
pub(super) const HEADER: usize = 32;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) position: u64,
    /// The length of the payload.
    pub(super) length: u64,
    /// Its checksum.
    pub(super) sum: u32,
}

impl Header {
    pub(super) fn to_bytes(self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..16].copy_from_slice(&self.position.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.length.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.sum.to_le_bytes());
        let own = crc32fast::hash(&bytes[..28]);
        bytes[28..].copy_from_slice(&own.to_le_bytes());
        bytes
    }

    /// The header at this position, if it is one.
    pub(super) fn read(bytes: &[u8; HEADER], position: u64) -> Option<Self> {
        let (said, own) = bytes.split_last_chunk::<4>()?;
        let (said, sum) = said.split_last_chunk::<4>()?;
        let (said, length) = said.split_last_chunk::<8>()?;
        let (magic, at) = said.split_last_chunk::<8>()?;
        let is_whole = magic == MAGIC
            && u64::from_le_bytes(*at) == position
            && crc32fast::hash(&bytes[..28]) == u32::from_le_bytes(*own);
        is_whole.then(|| Self {
            position,
            length: u64::from_le_bytes(*length),
            sum: u32::from_le_bytes(*sum),
        })
    }

    /// Where the payload begins.
    pub(super) fn payload(&self) -> u64 {
        self.position + HEADER as u64
    }

    /// Where the next frame begins.
    pub(super) fn end(&self) -> u64 {
        self.payload().saturating_add(self.length)
    }
}

/// The checksum of pieces that follow each other.
pub(super) fn sum<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> u32 {
    let mut hasher = Hasher::new();
    for piece in pieces {
        hasher.update(piece);
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_only_as_it_was_written_and_where_it_lies() {
        let header = Header {
            position: 77,
            length: 1 << 33,
            sum: 5,
        };
        let bytes = header.to_bytes();
        assert_eq!(Header::read(&bytes, 77), Some(header));
        assert_eq!(Header::read(&bytes, 78), None);
        for bit in 0..HEADER * 8 {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Header::read(&flipped, 77), None, "bit {bit}");
        }
    }
}
