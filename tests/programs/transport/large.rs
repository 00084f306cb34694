//! Brings more than 2 GiB to the master, where counts that are C ints would overflow.

use parallel_for::parallel_for;

const TEXTS: u32 = 36;
const LENGTH: usize = 64 << 20;

#[parallel_for]
fn main() {
    let mut texts = Vec::new();
    for i in 0..TEXTS {
        let letter = char::from(b'a' + u8::try_from(i % 26).unwrap());
        texts.push(letter.to_string().repeat(LENGTH));
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let ends: String = texts
        .iter()
        .filter_map(|text| text.chars().last())
        .collect();
    println!(
        "{bytes} bytes in {} texts that end with {ends}",
        texts.len()
    );
}
