//! Methods of the user's types that have the name of known ones, and may do something else.

use std::ops::{Index, IndexMut};

use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Size(u32, u32);

impl Size {
    fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0), self.1.max(other.1))
    }
}

#[parallel_for]
fn size(sizes: &[Size]) -> Size {
    let mut largest = Size(0, 0);
    for size in sizes {
        largest = largest.max(*size);
    }
    largest
}

struct Ring(Vec<u64>);

impl Index<usize> for Ring {
    type Output = u64;

    fn index(&self, index: usize) -> &u64 {
        &self.0[index % 7]
    }
}

impl IndexMut<usize> for Ring {
    fn index_mut(&mut self, index: usize) -> &mut u64 {
        &mut self.0[index % 7]
    }
}

#[parallel_for]
fn rounds(ring: &mut Ring) {
    for i in 0..100 {
        ring[i] += 1;
    }
}

#[derive(Clone)]
struct Pages(Vec<u64>, u64);

impl Pages {
    fn clear(&mut self) {
        self.0.clear();
        self.1 += 1;
    }
}

fn pages() -> Pages {
    Pages(Vec::new(), 0)
}

#[parallel_for]
fn numbers(xs: &[u64]) -> Vec<u64> {
    let mut pages = pages();
    let mut results = Vec::new();
    for x in xs {
        pages.clear();
        results.push(pages.1 + x);
    }
    results
}

fn main() {}
