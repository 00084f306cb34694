//! Floats keep every bit: NaN payloads, infinities, the sign of zero, subnormal numbers.

use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Sample {
    double: f64,
    single: f32,
}

#[parallel_for]
pub(crate) fn main() {
    let doubles = [
        f64::NAN,
        -f64::NAN,
        f64::from_bits(0x7ff8_0000_dead_beef),
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.0,
        -0.0,
        f64::MIN_POSITIVE / 8.0,
        0.1 + 0.2,
    ];
    let mut samples = Vec::new();
    let mut plain = Vec::new();
    for double in doubles {
        let single = f32::from_bits(0x7fc0_0001);
        samples.push(Sample { double, single });
        plain.push(double);
    }
    for (sample, double) in samples.iter().zip(&plain) {
        let (a, b) = (sample.double.to_bits(), double.to_bits());
        println!("{a:016x} {b:016x} {:08x}", sample.single.to_bits());
    }
}
