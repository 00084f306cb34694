//! Long parts are read back a piece at a time: so that comparing costs no more than it may, and what is made anew lies in
//! the cache.
//!
//! Invariant: a piece is out of its part only while serde has it; where that fails, nobody needs the part any more.

use std::collections::VecDeque;
use std::ops::Range;

use crate::base::faithful::Check;
use crate::base::wire::{self, Encoder, Reading, Refused, Transport};

/// So many values are read back together.
const PIECE: usize = 1024;

/// A part that is made of values, of which some can be taken out.
pub(super) trait Pieces: Sized {
    type Value;

    /// How many values there are.
    fn length(&self) -> usize;

    /// Lets so many values, from this one on, and the last ones change places. The two don't overlap, or are the same.
    fn swap_with_last(&mut self, start: usize, count: usize);

    /// Takes out all values but the first so many, as a part of their own.
    fn split_off(&mut self, at: usize) -> Self;

    /// Puts as many values back as were taken out.
    fn put_back(&mut self, piece: Self);
}

/// How parts are to be read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub(crate) reading: Reading,
    /// Whether what was read takes their place.
    pub(crate) remade: bool,
    /// Whether they travel.
    pub(crate) travels: bool,
}

/// Reads back and compares pieces of these parts while there is time for it, and makes all of them anew where that is
/// wanted. What this returns is still to be done, with all of the parts together.
///
/// # Errors
/// When serde can't write or read one of them, or reads another value.
pub(super) fn read_back<P: Transport + Pieces>(
    parts: &mut [P],
    encoder: &Encoder,
    check: &Check<P>,
    wanted: Wanted,
) -> Result<Wanted, Refused> {
    let mut pieces = Divided::default();
    for part in &*parts {
        pieces.add(part.length());
    }
    // Of values without size, the format can read only so many in one list.
    if pieces.are_few() || size_of::<P::Value>() == 0 {
        return Ok(wanted);
    }
    pieces.begin(encoder.number());
    // What travels is written as a whole, and read back from that.
    let remade = wanted.remade && !wanted.travels;
    let mut reading = wanted.reading;
    let mut is_fixed = None;
    while (remade || reading == Reading::Compared)
        && let Some((index, range)) = pieces.next()
    {
        let part = &mut parts[index];
        let (count, length) = (range.len(), part.length());
        if range.end < length {
            part.swap_with_last(range.start, count);
        }
        let mut piece = Vec::with_capacity(1);
        piece.push(part.split_off(length - count));
        if wanted.travels && is_fixed.is_none() {
            is_fixed = Some(wire::has_fixed_elements(&piece[0]));
        }
        let fine = if remade {
            encoder.encode_remade(&mut piece, check, reading)
        } else {
            encoder.encode_parts(&piece, check, reading)
        };
        if let Err(refused) = fine {
            return Err(Refused { index, ..refused });
        }
        for piece in piece {
            part.put_back(piece);
        }
        if range.end < length {
            part.swap_with_last(range.start, count);
        }
        if !encoder.has_time() {
            reading = Reading::Nothing;
        }
    }
    Ok(Wanted {
        // Of fixed elements, those that were read stand for all.
        reading: if is_fixed == Some(false) {
            Reading::Read
        } else {
            Reading::Nothing
        },
        remade: wanted.remade && !remade,
        ..wanted
    })
}

/// Parts of some lengths as pieces, in an order in which any few of them come from everywhere.
#[derive(Debug, Default)]
struct Divided {
    /// The number of the part, and which of its values.
    pieces: Vec<(usize, Range<usize>)>,
    parts: usize,
    values: usize,
    /// The number of the piece that is the first one.
    first: usize,
    /// How many numbers were tried.
    tried: usize,
}

impl Divided {
    /// One more part, of this length.
    fn add(&mut self, length: usize) {
        // The first piece is what remains: so another one and the last one, which is whole, don't overlap.
        let mut end = length;
        while end > 0 {
            let start = end.saturating_sub(PIECE);
            self.pieces.push((self.parts, start..end));
            end = start;
        }
        self.parts += 1;
        self.values += length;
    }

    /// Whether all values together are not more than fit into a piece, or the pieces are so short that writing each by
    /// itself costs more than the values.
    fn are_few(&self) -> bool {
        self.values <= PIECE.max(self.pieces.len() * PIECE / 4)
    }

    /// The order is another one for each number.
    fn begin(&mut self, number: u32) {
        self.first = usize::try_from(number).unwrap_or(0);
    }

    /// The next piece, once each.
    fn next(&mut self) -> Option<(usize, Range<usize>)> {
        let count = self.pieces.len();
        let all = count.next_power_of_two();
        while self.tried < all {
            // Halves, then quarters, and so on.
            let spare = usize::BITS - all.trailing_zeros();
            let at = self.tried.reverse_bits().checked_shr(spare).unwrap_or(0);
            self.tried += 1;
            if at < count {
                return self.pieces.get((at + self.first % count) % count).cloned();
            }
        }
        None
    }
}

impl<T> Pieces for Vec<T> {
    type Value = T;

    fn length(&self) -> usize {
        self.len()
    }

    fn swap_with_last(&mut self, start: usize, count: usize) {
        swap_with_last(self, start, count);
    }

    fn split_off(&mut self, at: usize) -> Self {
        self.split_off(at)
    }

    fn put_back(&mut self, mut piece: Self) {
        self.append(&mut piece);
    }
}

impl<T> Pieces for VecDeque<T> {
    type Value = T;

    fn length(&self) -> usize {
        self.len()
    }

    fn swap_with_last(&mut self, start: usize, count: usize) {
        swap_with_last(self.make_contiguous(), start, count);
    }

    fn split_off(&mut self, at: usize) -> Self {
        self.split_off(at)
    }

    fn put_back(&mut self, mut piece: Self) {
        self.append(&mut piece);
    }
}

/// See [`Pieces::swap_with_last`].
pub(super) fn swap_with_last<T>(values: &mut [T], start: usize, count: usize) {
    let (others, last) = values.split_at_mut(values.len() - count);
    others[start..start + count].swap_with_slice(last);
}

#[cfg(test)]
mod tests;
