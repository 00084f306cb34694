//! Updates in place by the loop's own index: whole elements, parts of them, and what is there
//! already; of arrays, `Vec`s, and slices of the caller.
#![allow(
    clippy::needless_range_loop,
    reason = "the way one writes it where an index is needed"
)]

use parallel_for::parallel_for;
use parallel_for_tests::{churn, show, work};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Body {
    position: [f64; 2],
    speed: f64,
    name: String,
}

#[parallel_for]
fn assigned(count: usize) -> Vec<u64> {
    let mut squares = vec![0; count];
    for i in 0..count {
        squares[i] = churn(i as u64, 500) % 1000;
    }
    let sum = squares.iter().sum();
    squares.push(sum);
    squares
}

/// Elements that no iteration assigns stay.
#[parallel_for]
fn some_of_them(squares: &mut [u64], from: usize) -> usize {
    for i in from..squares.len() {
        if i % 3 == 1 {
            continue;
        }
        if i % 3 == 0 {
            squares[i] = i as u64;
        }
        if i % 2 == 0 {
            squares[i] = 100 * i as u64;
        }
    }
    squares.iter().filter(|square| **square > 0).count()
}

#[parallel_for]
fn updated(values: &mut Vec<f64>, weights: &[f64]) {
    for i in 0..values.len() {
        work(300);
        values[i] += weights[i % weights.len()];
        if values[i] > 2.0 {
            values[i] /= 3.0;
            continue;
        }
        values[i] *= 1.0 + values[i];
        values[i] -= 0.1;
    }
    values.push(values.iter().sum());
}

/// Beside collections and reductions, over the index of `enumerate`.
#[parallel_for]
fn beside(words: &[String]) -> (Vec<usize>, Vec<String>, usize, u64) {
    let mut lengths = vec![99; words.len() + 2];
    let mut long = Vec::new();
    let mut total = 0;
    let mut highest = 0;
    for (i, word) in words.iter().enumerate() {
        lengths[i] = word.len();
        total += word.len();
        highest = highest.max(churn(word.len() as u64, 300) % 100);
        if word.len() > 3 {
            long.push(word.to_uppercase());
        }
    }
    (lengths, long, total, highest)
}

#[parallel_for]
fn structs(bodies: &mut [Body], steps: u32) {
    for step in 0..steps {
        #[parallel_for]
        for i in 0..bodies.len() {
            bodies[i].speed = bodies[i].speed * 0.9 + f64::from(step);
            bodies[i].position[0] += bodies[i].speed;
            bodies[i].position[1] = bodies[i].position[0].sin();
            if bodies[i].position[1] < 0.0 {
                bodies[i].name = format!("{}-", bodies[i].name);
            }
        }
    }
}

/// A table: each iteration has its own row, and reads another table.
#[parallel_for]
fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let columns = b.first().map_or(0, Vec::len);
    let mut table = vec![vec![0.0; columns]; a.len()];
    for i in 0..a.len() {
        for j in 0..columns {
            for k in 0..b.len() {
                table[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    table
}

/// Iterations that loop over their own rows, skip some of them or parts of one, and count.
#[parallel_for]
fn rows(table: &mut [Vec<f64>], names: &mut [String]) -> (usize, u64) {
    let mut changed = 0;
    let mut letters = 0;
    'rows: for i in 0..table.len() {
        names[i].push('!');
        for j in 0..table[i].len() {
            if i % 7 == 3 && j == 2 {
                continue 'rows;
            }
            if j % 3 == 1 {
                continue;
            }
            table[i][j] = table[i][j] * 1.5 + 1.0;
            changed += 1;
        }
        if i % 5 == 0 {
            continue;
        }
        table[i].push(0.25);
        letters += names[i].len() as u64;
    }
    (changed, letters)
}

/// Two arrays by one index; one of them of the caller, one of fixed length.
#[parallel_for]
fn two(halves: &mut [i32]) -> ([i32; 40], usize) {
    let mut doubles = [7; 40];
    let mut odd = 0;
    for i in 0..halves.len() {
        doubles[i] = halves[i] * 2 + i32::try_from(halves.len()).unwrap();
        halves[i] /= 2;
        odd += usize::from(halves[i] % 2 != 0);
    }
    (doubles, odd)
}

/// The old table is read while the new one is made, and then they change places.
#[parallel_for]
fn smoothed(mut now: Vec<f64>, rounds: usize) -> Vec<f64> {
    let mut next = vec![0.0; now.len()];
    for _ in 0..rounds {
        #[parallel_for(schedule = blocks)]
        for i in 1..now.len() - 1 {
            next[i] = (now[i - 1] + now[i] + now[i + 1]) / 3.0;
        }
        std::mem::swap(&mut now, &mut next);
    }
    now
}

/// Any range, in any direction of counting.
#[parallel_for]
fn ranges(marks: &mut [char]) {
    let half = marks.len() / 2;
    #[parallel_for(schedule = round_robin)]
    for i in (0..half).rev() {
        marks[i] = char::from_digit(u32::try_from(i % 10).unwrap(), 10).unwrap();
    }
    #[parallel_for]
    for i in (half..marks.len()).step_by(3) {
        marks[i] = 'x';
    }
    #[parallel_for]
    for i in half..=half + 1 {
        marks[i] = 'y';
    }
}

fn bits(values: &[f64]) -> String {
    let words = values
        .iter()
        .map(|value| format!("{:016x}", value.to_bits()));
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) fn main() {
    let mut squares = assigned(80);
    let mut report = vec![format!("{squares:?} {:?}", assigned(0))];
    report.push(format!("{} {squares:?}", some_of_them(&mut squares, 10)));

    let mut values: Vec<f64> = (0..90).map(|n| (f64::from(n) * 0.3).cos()).collect();
    updated(&mut values, &[0.5, 0.25, 3.0]);
    updated(&mut values, &[-0.1]);
    report.push(bits(&values));

    let words: Vec<String> = (0..50).map(|n: u64| (n * n * n).to_string()).collect();
    report.push(format!("{:?}", beside(&words)));

    let mut bodies = vec![Body::default(); 30];
    bodies[3].speed = 1e6;
    bodies[4].name = String::from("four");
    structs(&mut bodies, 4);
    for body in &bodies {
        report.push(format!(
            "{} {} {}",
            bits(&body.position),
            bits(&[body.speed]),
            body.name
        ));
    }

    let table = |rows: u32, columns: u32| -> Vec<Vec<f64>> {
        let row = |r: u32| (0..columns).map(|c| f64::from(r * 7 + c).sin()).collect();
        (0..rows).map(row).collect()
    };
    for row in product(&table(20, 6), &table(6, 9)) {
        report.push(bits(&row));
    }
    let (mut uneven, mut names) = (table(60, 8), vec![String::new(); 60]);
    uneven[5].clear();
    names[9].push_str("nine");
    report.push(format!("{:?}", rows(&mut uneven, &mut names)));
    for (row, name) in uneven.iter().zip(&names) {
        report.push(format!("{} {name}", bits(row)));
    }
    let mut halves: Vec<i32> = (0..40).map(|n| n * n - 300).collect();
    let (doubles, odd) = two(&mut halves);
    report.push(format!("{doubles:?} {odd} {halves:?}"));
    report.push(bits(&smoothed(values, 5)));

    let mut marks = vec!['-'; 60];
    ranges(&mut marks);
    report.push(marks.iter().collect::<String>());
    show(&report);
}
