//! Updates in place through mutable items: `iter_mut`, `&mut xs`, numbered, and zipped.
#![allow(clippy::explicit_iter_loop, reason = "both ways are shown")]

use parallel_for::parallel_for;
use parallel_for_tests::{churn, show, work};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Particle {
    place: (f64, f64),
    trail: Vec<u32>,
}

#[parallel_for]
fn doubled(values: &mut [u64]) -> u64 {
    for value in values.iter_mut() {
        *value = *value * 2 + churn(*value, 300) % 10;
    }
    values.iter().sum()
}

#[parallel_for]
fn borrowed(mut values: Vec<u64>) -> Vec<u64> {
    for value in &mut values {
        if *value % 3 == 0 {
            continue;
        }
        *value += 1;
        while *value % 5 != 0 {
            *value += 2;
        }
    }
    values.sort_unstable();
    values
}

#[parallel_for]
fn numbered(particles: &mut Vec<Particle>, kick: f64) -> (usize, Vec<usize>) {
    let mut moved = 0;
    let mut rested = Vec::new();
    for (i, particle) in particles.iter_mut().enumerate() {
        work(300);
        if i % 4 == 0 {
            rested.push(i);
            continue;
        }
        moved += 1;
        particle.place.0 += kick * f64::from(u32::try_from(i).unwrap()).sqrt();
        particle.place.1 -= particle.place.0 / 3.0;
        particle.trail.push(u32::try_from(i * i).unwrap());
        if particle.trail.len() > 2 {
            particle.trail.remove(0);
        }
    }
    particles.retain(|particle| particle.place.1 < 2.0);
    (moved, rested)
}

/// Patterns of the items: their parts, each by itself.
#[parallel_for]
fn taken_apart(particles: &mut [Particle], pairs: &mut [(u8, String)]) {
    #[parallel_for]
    for Particle {
        place: (x, _),
        trail,
    } in particles.iter_mut()
    {
        *x = -*x;
        trail.extend([7, 8]);
    }
    #[parallel_for]
    for (number, (_, word)) in pairs.iter_mut().enumerate() {
        word.insert_str(0, &number.to_string());
    }
    #[parallel_for]
    for (count, word) in &mut *pairs {
        *count += u8::try_from(word.len()).unwrap();
    }
}

/// Beside what is only read, as long as the shorter of the two.
#[parallel_for]
fn zipped(values: &mut [f64], rates: &[f64], marks: &mut [char]) {
    #[parallel_for]
    for (value, rate) in values.iter_mut().zip(rates) {
        *value += rate * *value;
    }
    #[parallel_for]
    for (rate, value) in rates.iter().zip(values.iter_mut()) {
        *value -= rate / 7.0;
    }
    #[parallel_for]
    for (value, mark) in values.iter_mut().zip(marks.iter_mut()) {
        *value = value.abs();
        if *value > 1.0 {
            *mark = '+';
        }
    }
    #[parallel_for]
    for (value, i) in values.iter_mut().zip(0_u32..) {
        *value += f64::from(i);
    }
}

/// The rows of a table, each with a loop of its own; a field, and a fixed array.
#[parallel_for]
fn rows(table: &mut [Vec<i64>]) -> [i64; 6] {
    let mut last = [1, 2, 3, 4, 5, 6];
    #[parallel_for]
    for row in table.iter_mut() {
        let first = row[0];
        for value in row.iter_mut() {
            *value = *value * 10 + first;
        }
        row.reverse();
    }
    #[parallel_for]
    for (i, value) in last.iter_mut().enumerate() {
        *value *= table[i][0];
    }
    last
}

/// What is updated is all used again: by this loop's own function, on every rank.
#[parallel_for]
fn rounds(count: usize) -> Vec<u64> {
    let mut values = vec![1; count];
    let mut sums = Vec::new();
    for round in 0..4 {
        let shared: u64 = values.iter().sum();
        #[parallel_for(schedule = round_robin)]
        for value in values.iter_mut() {
            *value += shared % (round + 3);
        }
        sums.push(doubled(&mut values));
    }
    sums
}

fn bits(values: &[f64]) -> String {
    let words = values
        .iter()
        .map(|value| format!("{:016x}", value.to_bits()));
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) fn main() {
    let mut values: Vec<u64> = (0..70).collect();
    let sum = doubled(&mut values);
    let mut report = vec![format!("{sum} {values:?} {}", doubled(&mut []))];
    report.push(format!("{:?} {:?}", borrowed(values), borrowed(Vec::new())));

    let particle = |n: i32| Particle {
        place: (f64::from(n).sin(), 0.0),
        trail: vec![0; n.unsigned_abs() as usize % 3],
    };
    let mut particles: Vec<Particle> = (0..60).map(particle).collect();
    let mut pairs: Vec<(u8, String)> = (0..30)
        .map(|n| (n, format!("w{}", u32::from(n).pow(2) % 17)))
        .collect();
    for kick in [0.5, -0.7] {
        report.push(format!("{:?}", numbered(&mut particles, kick)));
        taken_apart(&mut particles, &mut pairs);
    }
    report.push(format!("{particles:?}\n{pairs:?}"));

    let mut floats: Vec<f64> = (0..50).map(|n| f64::from(n) / 7.0 - 3.0).collect();
    let mut marks = ['-'; 45];
    zipped(&mut floats, &[0.5; 20], &mut marks);
    zipped(&mut floats, &[-0.3; 100], &mut marks);
    report.push(format!(
        "{} {}",
        bits(&floats),
        marks.iter().collect::<String>()
    ));

    let mut table: Vec<Vec<i64>> = (0..12).map(|r| (r..2 * r + 2).collect()).collect();
    report.push(format!("{:?} {table:?} {:?}", rows(&mut table), rounds(33)));
    show(&report);
}
