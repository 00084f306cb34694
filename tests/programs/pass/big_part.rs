//! An iteration whose output is larger than any single message.

use parallel_for::parallel_for;

#[parallel_for(schedule = managed(chunk = 1))]
pub(crate) fn main() {
    let mut bytes = Vec::new();
    for i in 0..4_u32 {
        if i == 2 {
            bytes.extend((0..80_000_000_u32).map(|n| n.to_le_bytes()[1] ^ n.to_le_bytes()[0]));
        } else {
            bytes.push(u8::try_from(i).unwrap());
        }
    }
    assert_eq!(bytes.len(), 80_000_003);
    let checksum = bytes
        .iter()
        .fold(0_u64, |sum, &byte| sum.wrapping_mul(31) + u64::from(byte));
    println!("{} bytes, checksum {checksum:016x}", bytes.len());
}
