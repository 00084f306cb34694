//! Reductions of floats, to the last bit: sums whose value depends on their order, several
//! contributions by an iteration, and none.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "losing bits in the same way is what this is about"
)]

use parallel_for::parallel_for;
use parallel_for_tests::{churn, show, work};

/// From tiny to huge, of both signs: no two orders of summation agree.
fn values(count: u64) -> Vec<f64> {
    let value = |n: u64| {
        let bits = churn(n + 1, 3);
        let exponent = i32::try_from(bits % 16).unwrap() - 8;
        let fraction = f64::from(u32::try_from(bits >> 40).unwrap()) / f64::from(1 << 24);
        (fraction - 0.5) * 10_f64.powi(exponent)
    };
    (0..count).map(value).collect()
}

#[parallel_for]
fn sum(values: &[f64]) -> f64 {
    let mut sum = 0.0;
    for value in values {
        sum += value;
    }
    sum
}

#[parallel_for]
fn operators(values: &[f64]) -> [f64; 4] {
    let mut sum = 1e-3;
    let mut difference = -0.0;
    let mut balance = 1e9;
    let mut product = 1.0;
    for value in values {
        work(300);
        sum += *value;
        difference -= value * 0.3;
        if *value > 0.0 {
            balance += value;
        } else {
            balance -= value / 7.0;
        }
        product *= 1.0 + value.sin() / 3.0;
    }
    [sum, difference, balance, product]
}

/// Single precision, conditionally, and with counters and a collection beside it.
#[parallel_for]
fn mixed(values: &[f64]) -> (f32, f64, usize, Vec<f64>) {
    let mut single = 0.1_f32;
    let mut positive = 0.0;
    let mut count = 0;
    let mut roots = Vec::new();
    for value in values {
        single += value.clamp(-9.0, 9.0).cbrt() as f32;
        if *value <= 0.0 {
            continue;
        }
        positive += value.ln_1p();
        count += 1;
        roots.push(value.sqrt());
        if count_digits(*value) > 12 {
            positive += 1e-7;
        }
    }
    (single, positive, count, roots)
}

fn count_digits(value: f64) -> usize {
    value.to_string().len()
}

/// Up to 60 contributions by an iteration, in inner loops.
#[parallel_for]
fn several(values: &[f64]) -> (f64, f64) {
    let mut sum = 0.0;
    let mut energy = 0.0;
    for (i, value) in values.iter().enumerate() {
        for k in 0..i % 30 {
            sum += value / (k + 1) as f64;
            if k % 2 == 0 {
                sum += 0.1;
            }
        }
        for other in values.iter().take(i % 40) {
            energy += (value - other).abs().sqrt();
        }
    }
    (sum, energy)
}

/// Infinities, NaN, negative zeros.
#[parallel_for]
fn special(values: &[f64]) -> (f64, f64) {
    let mut zero = -0.0;
    let mut sum = 0.0;
    for value in values {
        zero += value.min(0.0) * 0.0;
        sum += 1.0 / value;
    }
    (zero, sum)
}

fn bits(values: impl IntoIterator<Item = f64>) -> String {
    let words: Vec<String> = values
        .into_iter()
        .map(|value| {
            if value.is_nan() {
                "NaN".to_owned()
            } else {
                format!("{:016x}", value.to_bits())
            }
        })
        .collect();
    words.join(" ")
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for count in [0, 1, 2, 50, 700] {
        let values = values(count);
        let (single, positive, number, roots) = mixed(&values);
        let (first, second) = several(&values);
        report.push(bits([sum(&values)]));
        report.push(bits(operators(&values)));
        report.push(format!("{:08x} {number} ", single.to_bits()));
        report.push(bits([positive, first, second]));
        report.push(bits(roots));
    }
    for special_values in [
        &[1.0, -0.0, 2.0][..],
        &[0.0, 3.0],
        &[0.0, -0.0, 1.0],
        &[f64::MIN_POSITIVE / 8.0, -1e-320],
        &[f64::NAN, 1.0],
    ] {
        let (zero, sum) = special(special_values);
        report.push(bits([zero, sum]));
    }
    let (values, reversed) = (
        values(700),
        values(700).into_iter().rev().collect::<Vec<_>>(),
    );
    assert_ne!(sum(&values).to_bits(), sum(&reversed).to_bits());
    show(&report);
}
