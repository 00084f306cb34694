use std::ops::{Deref, DerefMut};

use parallel_for::parallel_for;

struct Level(f64);

impl Level {
    fn max(&self, other: f64) -> f64 {
        if other.is_nan() { other } else { self.0.max(other) }
    }
}

impl Deref for Level {
    type Target = f64;

    fn deref(&self) -> &f64 {
        &self.0
    }
}

impl DerefMut for Level {
    fn deref_mut(&mut self) -> &mut f64 {
        &mut self.0
    }
}

#[parallel_for]
fn f(xs: &[f64]) -> f64 {
    let mut level = Level(0.0);
    for x in xs {
        *level = level.max(*x);
    }
    *level
}

#[parallel_for]
fn counted(xs: &[f64]) -> f64 {
    let mut level = Level(0.0);
    for x in xs {
        *level += x;
    }
    *level
}

fn main() {}
