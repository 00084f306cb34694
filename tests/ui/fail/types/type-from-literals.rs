// What the sum of two numbers is follows from their literals, and only at the very end.

use std::ops::Add;

use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Metres<N>(N);

impl Add for Metres<i32> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Add for Metres<i64> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

#[parallel_for]
fn main() {
    let mut lengths = Vec::new();
    for _ in 0..3 {
        lengths.push(Metres(1) + Metres(2));
    }
    println!("{}", lengths.len());
}
