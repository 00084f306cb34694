//! Whole loops with outputs other than collections, expanded as the macro does it.

#![allow(
    clippy::pedantic,
    clippy::unnecessary_cast,
    reason = "the bodies are written as users write them"
)]

use std::num::Wrapping;
use std::time::Duration;

use super::tests::on_ranks;
use crate::__private::*;

/// The loop that the macro makes of `for $item in $items $body` with these outputs.
macro_rules! each {
    ($item:pat in $items:expr, ($($name:ident = $output:expr),+) $body:block) => {
        distribute(
            Options::DEFAULT,
            items!($items),
            |mut chunk, ($(mut $name,)+)| {
                while let Some(block) = block(&mut chunk) { for $item in block $body }
                part(($($name,)+))
            },
            ($($output,)+), |_| ()
        )
    };
}

#[test]
fn the_types_of_sums_follow_from_the_loop() {
    let floats: Vec<f64> = (0..50).map(|i| 1.0 / f64::from(i + 1)).collect();
    let counts: Vec<u64> = (0..50).collect();
    let program = || {
        let (mut n, mut s, mut t, mut u, mut c, mut d) = (0, 0.0, 0.5, 0.0, 0, 0);
        let floats = &floats;
        each!((x, count) in floats.iter().zip(&counts), (n = sum(&mut n), s = sum(&mut s), t = sum(&mut t), u = sum(&mut u), c = sum(&mut c), d = sum(&mut d)) {
            begin(&mut n);
            begin(&mut s);
            begin(&mut t);
            begin(&mut u);
            n += 1;
            s += *x;
            t += x;
            u += *x as f64 * 2.0;
            c += count;
            d += *count;
        });
        let (mut text, mut late, mut any, mut all) =
            (String::from("<"), Duration::ZERO, false, true);
        let (mut w, mut big, mut byte, mut size, mut single) =
            (Wrapping(3_u32), 1_i128, 0_u8, 9_usize, 1.0_f32);
        each!((x, count) in floats.iter().zip(&counts), (text = sum(&mut text), late = sum(&mut late), any = bit_or(&mut any), all = bit_and(&mut all)) {
            begin(&mut text);
            text += "i";
            text += &count.to_string();
            late += Duration::from_secs(*count);
            any |= *x < 0.1;
            all &= *count < 49;
        });
        each!(count in &counts, (w = product(&mut w), big = balance(&mut big), byte = bit_xor(&mut byte), size = sum(&mut size), single = difference(&mut single)) {
            w *= Wrapping(7);
            w *= 3;
            big += i128::from(*count) * 1000;
            big -= 1;
            byte ^= (*count % 256) as u8;
            size += *count as usize;
            single -= 0.1;
        });
        let numbers = (n, s.to_bits(), t.to_bits(), u.to_bits(), c, d);
        (
            numbers,
            (text, late, any, all),
            (w, big, byte, size, single.to_bits()),
        )
    };
    let results = on_ranks(3, 2, 4, program);
    let sequential = {
        let (mut n, mut s, mut t, mut u, mut c, mut d) = (0, 0.0, 0.5, 0.0, 0, 0);
        let (mut text, mut late, mut any, mut all) =
            (String::from("<"), Duration::ZERO, false, true);
        let (mut w, mut big, mut byte, mut size, mut single) =
            (Wrapping(3_u32), 1_i128, 0_u8, 9_usize, 1.0_f32);
        for (x, count) in floats.iter().zip(&counts) {
            n += 1;
            s += *x;
            t += x;
            u += *x * 2.0;
            c += count;
            d += *count;
            text += "i";
            text += &count.to_string();
            late += Duration::from_secs(*count);
            any |= *x < 0.1;
            all &= *count < 49;
            w *= Wrapping(7);
            w *= 3;
            big += i128::from(*count) * 1000;
            big -= 1;
            byte ^= (*count % 256) as u8;
            size += *count as usize;
            single -= 0.1;
        }
        let numbers = (n, s.to_bits(), t.to_bits(), u.to_bits(), c, d);
        (
            numbers,
            (text, late, any, all),
            (w, big, byte, size, single.to_bits()),
        )
    };
    for result in results {
        assert_eq!(result, sequential);
    }
}

#[test]
fn the_types_of_extremes_and_last_values_follow_from_the_loop() {
    let program = || {
        let (mut high, mut low, mut top, mut letter) = (f64::MIN, 3.0, 0, 'a');
        let (mut best, mut worst, mut found, mut name, mut seen, mut pair) =
            (0, 0.5, false, String::new(), None, (0, 0.0));
        let mut product = 1;
        each!(i in 0..60_u32, (
            high = maximum(&mut high),
            low = minimum(&mut low),
            top = maximum(&mut top),
            letter = maximum(&mut letter),
            best = greatest(&mut best),
            worst = least_last(&mut worst),
            found = last(&mut found)
        ) {
            let x = f64::from(i * 37 % 59);
            high.put(x);
            low.put(-x);
            top.put(i as i32 % 7);
            letter.put(char::from(b'a' + (i % 26) as u8));
            best.put(i as i32 % 11);
            worst.put(1.0 / f64::from(i + 1));
            if i == 13 {
                found.put(true);
            }
        });
        each!(i in 0..60_u32, (
            name = last(&mut name),
            seen = last(&mut seen),
            pair = last(&mut pair),
            product = folded(&mut product, |x, e| *x = u64::wrapping_mul(core::mem::take(x), e))
        ) {
            name.put(format!("n{i}"));
            if i % 7 == 2 {
                seen.put(Some(i));
            }
            pair.put((i, 0.5));
            product.put(u64::from(i) + 3);
        });
        (
            high,
            low,
            top,
            letter,
            best,
            worst,
            found,
            (name, seen, pair, product),
        )
    };
    let expected = (0..60).fold(1_u64, |x, i| x.wrapping_mul(i + 3));
    for result in on_ranks(3, 2, 4, program) {
        let rest = ("n59".to_owned(), Some(58), (59, 0.5), expected);
        assert_eq!(result, (58.0, -58.0, 6, 'z', 10, 1.0 / 60.0, true, rest));
    }
}
