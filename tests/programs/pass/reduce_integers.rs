//! Every operator of reductions on whole numbers, flags and texts, alone and beside collections.

use std::num::Wrapping;

use parallel_for::parallel_for;
use parallel_for_tests::{churn, show};

#[parallel_for]
fn sum(values: &[i64]) -> i64 {
    let mut sum = 0;
    for value in values {
        sum += value;
    }
    sum
}

#[parallel_for]
fn operators(values: &[i64]) -> String {
    let mut sum = 100_i64;
    let mut difference = 1_000_000;
    let mut balance = -5;
    let mut product = Wrapping(3_u64);
    let mut all = u64::MAX;
    let mut any = 0_u8;
    let mut parity = 0x5555_u16;
    let mut count = 0;
    let mut odd = 0_u8;
    for value in values {
        sum += value;
        difference -= 3 * value;
        if value % 3 == 0 {
            balance -= value;
        } else {
            balance += 2 * value;
        }
        product *= Wrapping(value.unsigned_abs() | 1);
        all &= !(1 << (value.unsigned_abs() % 7));
        any |= 1 << (value.unsigned_abs() % 5);
        parity ^= u16::try_from(churn(value.unsigned_abs(), 500) % 1000).unwrap();
        count += 1;
        if value % 2 != 0 {
            odd += 1;
            continue;
        }
        sum += 1;
    }
    format!("{sum} {difference} {balance} {product} {all:x} {any:b} {parity:x} {count} {odd}")
}

/// Contributions in inner loops, branches, macros' arms and closures' results.
#[parallel_for]
fn inner_loops(values: &[i64]) -> (i64, usize, u32, Vec<i64>) {
    let mut total = 0;
    let mut steps = 0_usize;
    let mut branches = 0;
    let mut kept = Vec::new();
    for value in values {
        let mut rest = value.unsigned_abs() + 1;
        while rest != 1 {
            rest = if rest % 2 == 0 {
                rest / 2
            } else {
                3 * rest + 1
            };
            steps += 1;
        }
        for k in 0..value % 9 {
            if (k + value) % 4 == 1 {
                break;
            }
            total += k * value;
        }
        match value % 5 {
            0 => branches += 1,
            1 | 2 => kept.push(*value),
            _ => {
                total -= {
                    branches += 10;
                    let half = |x: i64| x / 2;
                    half(*value)
                }
            }
        }
    }
    (total, steps, branches, kept)
}

#[parallel_for]
fn flags(values: &[i64]) -> String {
    let mut any_big = false;
    let mut all_small = true;
    let mut odd_number_of_fives = false;
    let mut found = false;
    let mut latest = None;
    let mut last_even = 0;
    for value in values {
        any_big |= *value > 90;
        all_small &= *value < 100;
        odd_number_of_fives ^= value % 10 == 5;
        if *value == 42 {
            found = true;
        }
        if value % 2 == 0 {
            last_even = *value;
            if value % 4 == 0 {
                latest = Some(format!("{value}"));
            }
        }
    }
    format!("{any_big} {all_small} {odd_number_of_fives} {found} {latest:?} {last_even}")
}

/// `+=` on a text, alone and beside other ways to add to it.
#[parallel_for]
fn texts(values: &[i64]) -> (String, String) {
    let mut added = String::from("added:");
    let mut mixed = String::from("mixed:");
    for value in values {
        added += &value.to_string();
        if value % 3 == 0 {
            added += ", ";
            mixed.push('|');
        }
        mixed += "a";
        mixed.push_str(&(value * value).to_string());
    }
    (added, mixed)
}

/// Small types: their values come close to their ends and stay inside.
#[parallel_for]
fn narrow(values: &[i64]) -> (i8, u8, i128, usize) {
    let mut swing = 0_i8;
    let mut low = 255_u8;
    let mut wide = i128::from(i64::MAX);
    let mut length = 0_usize;
    for value in values {
        swing += i8::try_from(value % 3).unwrap();
        swing -= i8::try_from(value % 3).unwrap();
        low -= u8::from(value % 2 == 0);
        wide += i128::from(*value) * i128::from(i64::MAX);
        length += value.to_string().len();
    }
    (swing, low, wide, length)
}

/// Wide types: up and down beyond what fits into 64 bits on the way, in one place of the body or in many rounds.
#[parallel_for]
fn wide(values: &[i64]) -> (u64, u64, i64, usize) {
    let mut up = 0_u64;
    let mut down = u64::MAX;
    let mut swing = -1_i64;
    let mut rounds = 0_usize;
    for (i, value) in values.iter().enumerate() {
        up += u64::MAX / 512 + value.unsigned_abs();
        down -= u64::MAX / 512 - value.unsigned_abs();
        swing += if i % 2 == 0 { i64::MAX } else { -i64::MAX };
        for round in 0..value.unsigned_abs() % 9 {
            rounds += usize::try_from(round).unwrap();
            up += round;
        }
    }
    (up, down, swing, rounds)
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for count in [0, 1, 2, 100, 300] {
        let values: Vec<i64> = (0..count).map(|n| n * 37 % 101 - 4).collect();
        report.push(format!("{} {}", sum(&values), operators(&values)));
        report.push(format!("{:?}\n{}", inner_loops(&values), flags(&values)));
        report.push(format!("{:?}\n{:?}", texts(&values), narrow(&values)));
        report.push(format!("{:?}", wide(&values)));
    }
    show(&report);
}
