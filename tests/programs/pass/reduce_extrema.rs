//! Maxima and minima in all the ways in which one writes them, with ties, NaN and zeros of both
//! signs.

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};
use std::num::NonZero;

/// A module of the user's with the name of the standard library's.
mod cmp {
    pub(crate) fn max(a: f64, b: f64) -> f64 {
        if a.is_nan() || b > a { b } else { a + 1.0 }
    }

    pub(crate) fn min<T: PartialOrd>(a: T, b: T) -> T {
        if a < b { b } else { a }
    }
}

trait Own: Sized {
    fn max(self, other: Self) -> Self;
    fn min(self, other: &str) -> Self;
}

impl Own for f64 {
    fn max(self, _: Self) -> Self {
        -1.0
    }

    fn min(self, _: &str) -> Self {
        -2.0
    }
}

#[parallel_for]
fn own_functions(values: &[f64], highest: &mut f64) -> (f64, f64, f64, u64, NonZero<u8>) {
    use std::cmp as std_cmp;
    let (mut a, mut b, mut c) = (0.0, 0.5, 0.0_f64);
    let mut length = 0;
    let mut most = NonZero::<u8>::MIN;
    for (i, value) in values.iter().enumerate() {
        work(200);
        a = cmp::max(a, *value);
        b = cmp::min(b, *value);
        // The method of the number itself goes before that of a trait.
        c = c.max(*value);
        *highest = (*highest).max(*value);
        length = std::cmp::max(length, i as u64);
        most = Ord::max(
            most,
            NonZero::new(u8::try_from(i % 7).unwrap() + 1).unwrap(),
        );
    }
    let _ = std_cmp::max(Own::max(1.0, 2.0).to_bits(), Own::min(1.0, "").to_bits());
    (a, b, c, length, most)
}

#[parallel_for]
fn methods(values: &[f64]) -> [f64; 4] {
    let mut highest = f64::NEG_INFINITY;
    let mut lowest = f64::INFINITY;
    let mut high = f64::NAN;
    let mut low = 2.5;
    for value in values {
        work(200);
        highest = highest.max(*value);
        lowest = lowest.min(*value);
        high = f64::max(high, *value);
        low = f64::min(low, value * 2.0);
    }
    [highest, lowest, high, low]
}

/// The first, or the last, of equal ones: zeros of both signs are equal, NaN is never taken.
#[parallel_for]
fn comparisons(values: &[f64]) -> [f64; 8] {
    let mut greatest = f64::MIN;
    let mut greatest_last = f64::MIN;
    let mut least = f64::MAX;
    let mut least_last = f64::MAX;
    let mut turned = f64::MIN;
    let mut turned_last = f64::MIN;
    let mut other_turned = f64::MAX;
    let mut other_turned_last = f64::MAX;
    for value in values {
        if *value > greatest {
            greatest = *value;
        }
        if *value >= greatest_last {
            greatest_last = *value;
        }
        if *value < least {
            least = *value;
        }
        if *value <= least_last {
            least_last = *value;
        }
        if turned < *value {
            turned = *value;
        }
        if turned_last <= *value {
            turned_last = *value;
        }
        if other_turned > *value {
            other_turned = *value;
        }
        if other_turned_last >= *value {
            other_turned_last = *value;
        }
    }
    [
        greatest,
        greatest_last,
        least,
        least_last,
        turned,
        turned_last,
        other_turned,
        other_turned_last,
    ]
}

/// Of equal keys the first, or the last, brings its name.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Named(i64, String);

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Named {}

impl PartialOrd for Named {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Named {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

#[parallel_for]
fn ties(keys: &[i64]) -> [Named; 6] {
    let none = Named(5, String::from("none"));
    let (mut highest, mut lowest) = ((none.clone(),), (none.clone(),));
    let mut greatest = none.clone();
    let mut greatest_last = none.clone();
    let mut least = none.clone();
    let mut least_last = none.clone();
    for (place, key) in keys.iter().enumerate() {
        work(200);
        let named = Named(*key, format!("place {place}"));
        highest = highest.max((named.clone(),));
        lowest = std::cmp::min(lowest, (named.clone(),));
        if named > greatest {
            greatest = named.clone();
        }
        if named >= greatest_last {
            greatest_last = named.clone();
        }
        if named < least {
            least = named.clone();
        }
        if least_last >= named {
            least_last = named;
        }
    }
    [
        highest.0,
        lowest.0,
        greatest,
        greatest_last,
        least,
        least_last,
    ]
}

/// Whole numbers, pairs, texts and options, beside collections and sums.
#[parallel_for]
fn others(keys: &[i64]) -> String {
    let mut highest = i64::MIN;
    let mut pair = (0, 0);
    let mut longest = String::new();
    let mut first = None;
    let mut nearest = u64::MAX;
    let mut sum = 0;
    let mut seen = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        highest = highest.max(*key);
        pair = pair.max((key % 7, place));
        longest = std::cmp::max(longest, key.to_string());
        first = first.max(Some(-key));
        nearest = u64::min(nearest, key.abs_diff(50));
        for digit in key.to_string().chars().filter_map(|c| c.to_digit(10)) {
            highest = highest.max(i64::from(digit));
            sum += digit;
        }
        seen.push(key % 7);
    }
    format!("{highest} {pair:?} {longest} {first:?} {nearest} {sum} {seen:?}")
}

fn bits(values: &[f64]) -> String {
    let words = values.iter().map(|value| {
        if value.is_nan() {
            "NaN".to_owned()
        } else {
            format!("{:016x}", value.to_bits())
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) fn main() {
    let wave: Vec<f64> = (0..300)
        .map(|n| (f64::from(n) * 0.7).sin().round())
        .collect();
    let zeros = [-0.0, 0.0, -0.0, 0.0, -0.0];
    let other_zeros = [0.0, -0.0, 0.0, -0.0];
    let strange = [f64::NAN, 1.0, f64::NAN, -1.0, f64::INFINITY, f64::NAN];
    let nothing_but = [f64::NAN, -f64::NAN];
    let mut report = Vec::new();
    for values in [
        &wave[..],
        &wave[3..9],
        &zeros,
        &other_zeros,
        &strange,
        &strange[..4],
        &nothing_but,
        &[],
    ] {
        report.push(bits(&methods(values)));
        report.push(bits(&comparisons(values)));
        let mut highest = -3.0;
        let (a, b, c, length, most) = own_functions(values, &mut highest);
        report.push(format!("{} {length} {most}", bits(&[a, b, c, highest])));
    }
    for count in [0, 1, 5, 200] {
        let keys: Vec<i64> = (0..count).map(|n| n * n % 11 * 9 - 8).collect();
        report.push(format!("{:?}\n{}", ties(&keys), others(&keys)));
    }
    show(&report);
}
