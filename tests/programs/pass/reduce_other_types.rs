//! Reductions of types that are not `Reducible`: their own operators are applied in the order of the items, whatever they
//! take.

use parallel_for::{Reducible, parallel_for};
use parallel_for_tests::{show, work};
use serde::{Deserialize, Serialize};
use std::num::Wrapping;
use std::ops::{AddAssign, BitOrAssign, MulAssign, SubAssign};
use std::time::Duration;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    const ZERO: Self = Self { re: 0.0, im: 0.0 };

    fn new(re: f64, im: f64) -> Self {
        Self { re, im }
    }
}

impl AddAssign for Complex {
    fn add_assign(&mut self, other: Self) {
        (self.re, self.im) = (self.re + other.re, self.im + other.im);
    }
}

impl AddAssign<f64> for Complex {
    fn add_assign(&mut self, re: f64) {
        self.re += re;
    }
}

impl MulAssign<f64> for Complex {
    fn mul_assign(&mut self, by: f64) {
        (self.re, self.im) = (self.re * by, self.im * by);
    }
}

/// Order counts: `x - a` is not `-a + x`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Trail(Vec<u64>);

impl SubAssign<u64> for Trail {
    fn sub_assign(&mut self, step: u64) {
        let last = self.0.last().copied().unwrap_or(7);
        self.0.push(last.wrapping_mul(31).wrapping_sub(step));
    }
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Bits(u64);

impl Bits {
    const NONE: Self = Self(0);
}

impl BitOrAssign for Bits {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Can be reduced: contributions are merged.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Count(u64);

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Reducible for Count {}

type All = (
    Complex,
    Complex,
    Complex,
    Trail,
    Bits,
    Count,
    Wrapping<u8>,
    Duration,
);

#[parallel_for]
fn all(count: u32, end: u32) -> Result<All, String> {
    let (mut sum, mut product) = (Complex::ZERO, Complex::new(1.0, -0.5));
    let mut real = Complex { re: 0.1, im: 3.0 };
    let mut trail: Trail = Trail(vec![3]);
    let mut bits = Bits::NONE;
    let mut items = Count::default();
    let mut wrapped = Wrapping::<u8>(250);
    let mut time = Duration::ZERO;
    for i in 0..count {
        work(100);
        let x = f64::from(i) * 0.1;
        sum += Complex::new(x.sin(), x.cos());
        if i % 3 == 0 {
            real += x;
        }
        product *= 1.0 + x * 1e-5;
        for step in 0..i % 3 {
            trail -= u64::from(i ^ step);
        }
        bits |= Bits(1 << (i % 61));
        if i == end {
            if end.is_multiple_of(2) {
                break;
            }
            return Err(format!("{i} after {}", items.0));
        }
        items += Count(1);
        wrapped += Wrapping(i.to_le_bytes()[0]);
        time += Duration::from_nanos(i.into());
    }
    Ok((sum, product, real, trail, bits, items, wrapped, time))
}

#[parallel_for(local)]
fn borrowed(parts: &[Complex]) -> Complex {
    let mut sum = Complex::ZERO;
    for part in parts {
        sum += *part;
    }
    sum
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for (count, end) in [
        (0, 0),
        (1, 1),
        (1, 0),
        (500, 501),
        (500, 77),
        (500, 400),
        (500, 499),
    ] {
        report.push(format!("{:?}", all(count, end)));
    }
    let parts: Vec<Complex> = (0..100)
        .map(|i| Complex::new(f64::from(i).sqrt(), 1e17))
        .collect();
    report.push(format!("{:?}", borrowed(&parts)));
    show(&report);
}
