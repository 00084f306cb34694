//! Patterns in the heads of loops and in their bodies, beside exits, sums and updates.

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
enum Shape {
    Dot,
    Line { from: i32, to: i32 },
    Path(Vec<(i32, i32)>),
}

#[derive(Clone, Copy, Debug)]
struct Point<T> {
    x: T,
    y: T,
}

#[parallel_for]
fn lengths(shapes: &[Shape]) -> Result<(i32, Vec<i32>), String> {
    let mut total = 0;
    let mut lengths = Vec::new();
    for shape in shapes {
        work(500);
        let length = match shape {
            Shape::Dot => continue,
            Shape::Line { from, to } if from == to => break,
            &Shape::Line { from, to } => to - from,
            Shape::Path(points) => {
                let [(first, _), .., (last, _)] = points[..] else {
                    return Err(format!("a path of {}", points.len()));
                };
                let Some(&(x, y)) = points.get(1) else {
                    unreachable!("two at least")
                };
                if let (0, 0) | (-1, _) = (x, y) {
                    continue;
                }
                last - first + x + y
            }
        };
        total += length.abs();
        lengths.push(length);
    }
    Ok((total, lengths))
}

#[parallel_for]
fn points(points: &[Point<i64>], origin: Point<i64>) -> (i64, i64, Vec<i64>) {
    let Point {
        x: left,
        y: ref top,
    } = origin;
    let mut sum = 0;
    let mut furthest = 0;
    let mut near = vec![];
    for &Point { x, ref y } in points {
        let distance @ 0..=1000 = (x - left).abs() + (y - top).abs() else {
            break;
        };
        sum += distance;
        furthest = furthest.max(distance);
        if let 0..3 = distance {
            near.push(x * y);
        }
    }
    (sum, furthest, near)
}

#[parallel_for]
fn windows(values: &[u8]) -> Option<(usize, u32)> {
    let mut rising = 0;
    let mut last = 0;
    for (place, window) in values.windows(3).enumerate() {
        let [a, b, c] = window else { return None };
        if let [0, _, 0] | [_, 0, 0] = window {
            return Some((place, last));
        }
        if a < b && b < c {
            rising += 1;
            last = u32::from(*c);
        }
    }
    Some((rising, last))
}

#[parallel_for]
fn tuples(rows: Vec<(usize, [u8; 2], Option<char>)>) -> Result<String, usize> {
    let mut text = String::new();
    let mut count = 0;
    for (place, (mut number, [a, _], letter)) in rows.into_iter().enumerate() {
        number += place;
        let letter = letter.ok_or(number)?;
        count += usize::from(a);
        text.push(letter);
    }
    Ok(format!("{text}{count}"))
}

#[parallel_for]
fn unnamed(count: usize, (step, [first, ..]): (u64, [u64; 3])) -> u64 {
    let mut sum = first;
    for _ in 0..count {
        sum += step;
    }
    sum
}

/// Mutable bindings, and ones by reference, of elements in place.
#[parallel_for]
fn in_place(pairs: &mut [(u32, Option<String>)], marks: &mut [[u8; 3]]) -> usize {
    let mut named = 0;
    #[parallel_for]
    for (number, name) in pairs.iter_mut() {
        let Some(name) = name else {
            *number += 100;
            continue;
        };
        name.make_ascii_uppercase();
        named += 1;
    }
    #[parallel_for]
    for (i, [first, .., last]) in marks.iter_mut().enumerate() {
        std::mem::swap(first, last);
        *last += u8::try_from(i).unwrap();
    }
    #[parallel_for]
    for (&mut (ref number, _), mark) in pairs.iter_mut().zip(&mut *marks) {
        mark[1] = u8::try_from(*number % 250).unwrap();
    }
    named
}

pub(crate) fn main() {
    let mut shapes = Vec::new();
    for n in 0..40 {
        shapes.push(match n % 4 {
            0 => Shape::Dot,
            1 | 2 => Shape::Line {
                from: n,
                to: 50 - n * n,
            },
            _ => Shape::Path((0..2 + n % 3).map(|k| (k * n - 3, k + n)).collect()),
        });
    }
    let mut report = vec![format!("{:?}", lengths(&shapes))];
    shapes[31] = Shape::Path(vec![(1, 1)]);
    report.push(format!("{:?}", lengths(&shapes)));
    shapes[21] = Shape::Line { from: 3, to: 3 };
    report.push(format!("{:?}", lengths(&shapes)));

    for step in [1, 7, 30] {
        let line: Vec<_> = (0..50).map(|n| Point { x: n * step, y: -n }).collect();
        report.push(format!("{:?}", points(&line, Point { x: 2, y: -1 })));
    }
    let values: Vec<u8> = (0..=255).map(|n: u8| n.wrapping_mul(37) | 1).collect();
    report.push(format!(
        "{:?} {:?}",
        windows(&values),
        windows(&[1, 2, 3, 0, 0, 5])
    ));

    let mut rows: Vec<_> = (0..26)
        .map(|n| (n as usize, [n, 0], Some(char::from(b'a' + n))))
        .collect();
    report.push(format!("{:?} ", tuples(rows.clone())));
    rows[17].2 = None;
    report.push(format!(
        "{:?} {}",
        tuples(rows),
        unnamed(30, (3, [1, 2, 3]))
    ));

    let name = |n: u32| (!n.is_multiple_of(3)).then(|| format!("n{n}"));
    let mut pairs: Vec<_> = (0..30).map(|n| (n, name(n))).collect();
    let mut marks = [[1, 2, 3]; 25];
    let named = in_place(&mut pairs, &mut marks);
    report.push(format!("{named} {pairs:?} {marks:?}"));
    show(&report);
}
