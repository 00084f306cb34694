// What rustc infers in a crate without this library it infers with it: none of its dependencies compares `[u8]`
// with a type of its own.

use parallel_for::parallel_for;

fn smaller(band: &[u8], least: &mut [u8; 4]) -> bool {
    band < least
}

fn same(line: &[u8], end: &mut [u8; 1]) -> bool {
    line == end
}

#[parallel_for]
fn count(bands: &[[u8; 4]]) -> usize {
    let mut count = 0;
    for band in bands {
        count += usize::from(smaller(band, &mut [1, 2, 3, 4]) && !same(band, &mut [0]));
    }
    count
}

fn main() {
    assert_eq!(count(&[[1, 2, 3, 3], [1, 2, 3, 4], [0; 4]]), 2);
}
