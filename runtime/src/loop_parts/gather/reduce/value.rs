//! The value that a loop has reduced to, on its way to ranks that have not got what it was made of.

use crate::base::raw::{Packer, Plain, Unpacker};

/// Writes a value of a type that is plain.
pub(super) fn pack<T>(value: &T, packer: &mut Packer) {
    packer.value(plain(), value);
}

/// Takes on one that was written.
///
/// # Errors
/// When it is not there, in words.
pub(super) fn unpack<T>(value: &mut T, unpacker: &mut Unpacker) -> Result<(), String> {
    *value = unpacker.value(plain())?;
    Ok(())
}

fn plain<T>() -> Plain<T> {
    Plain::of().expect("`is_value` was asked before")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::aligned::Block;

    #[test]
    fn values_come_out_with_their_bits_and_in_their_order() {
        let mut packer = Packer::new(true);
        pack(&-0.0_f64, &mut packer);
        pack(&true, &mut packer);
        pack(&[3_u16, 4], &mut packer);
        let blocks: Vec<_> = packer.finish().map(Block::Shared).collect();
        let mut unpacker = Unpacker::new(blocks);
        let (mut zero, mut yes, mut pair) = (1.0_f64, false, [0_u16; 2]);
        unpack(&mut zero, &mut unpacker).unwrap();
        unpack(&mut yes, &mut unpacker).unwrap();
        unpack(&mut pair, &mut unpacker).unwrap();
        assert_eq!(
            (zero.to_bits(), yes, pair),
            ((-0.0_f64).to_bits(), true, [3, 4])
        );
        assert!(unpack(&mut yes, &mut unpacker).is_err(), "nothing is left");
        assert!(yes);
    }

    #[test]
    fn bytes_that_are_no_value_are_refused() {
        let mut unpacker = Unpacker::new(vec![Block::Own([2_u8][..].into())]);
        assert!(unpack(&mut true, &mut unpacker).is_err());
    }
}
