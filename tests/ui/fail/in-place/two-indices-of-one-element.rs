use parallel_for::parallel_for;
use std::ops::{Index, IndexMut};

struct Ring([u64; 4]);

impl Index<usize> for Ring {
    type Output = u64;

    fn index(&self, i: usize) -> &u64 {
        &self.0[i % 4]
    }
}

impl IndexMut<usize> for Ring {
    fn index_mut(&mut self, i: usize) -> &mut u64 {
        &mut self.0[i % 4]
    }
}

#[parallel_for]
fn f(ring: &mut Ring, n: usize) {
    for i in 0..n {
        ring[i] += 1;
    }
}

fn main() {
    f(&mut Ring([0; 4]), 8);
}
