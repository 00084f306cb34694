//! Properties of reductions: however the iterations are divided into chunks, and whatever was
//! undone in between, the result has the bits of the sequential loop.

use std::num::Wrapping;
use std::ops::AddAssign;
use std::time::Duration;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::reduced::Reduced;
use super::*;
use crate::base::panicking;
use crate::base::wire;
use crate::loop_parts::gather::{Absorb, Part, Rewind};

mod special;

/// How the contributions of some iterations reach the master.
#[derive(Clone, Debug)]
struct Way {
    /// The lengths of the chunks, again and again.
    lengths: Vec<usize>,
    /// Whether iterations are marked, and whether each is done twice, the first time in vain.
    marked: bool,
    repeated: bool,
    /// Whether a chunk only begins when the one before is over, on the same rank.
    in_order: bool,
}

fn ways() -> impl Strategy<Value = Way> {
    let lengths = proptest::collection::vec(1..8_usize, 1..5);
    let ways = (lengths, any::<bool>(), any::<bool>(), any::<bool>());
    ways.prop_map(|(lengths, marked, repeated, in_order)| Way {
        lengths,
        marked: marked || repeated,
        repeated,
        in_order,
    })
}

/// That there is a panic, if there is one: overflows have to be those of the sequential loop. With
/// `+=` and `-=` of both signs the text may name the other one of them.
fn or_panic<R>(f: impl FnOnce() -> R) -> Result<R, String> {
    let text = |report: Box<panicking::PanicReport>| report.message.replace("subtract", "add");
    panicking::catch(f).map_err(text)
}

/// As it comes from the loop over a chunk of another rank.
fn travelled<P: Part>(mut part: P) -> P {
    part.settle();
    let encoded = wire::encode(&part);
    wire::decode(encoded.format, &encoded.bytes).unwrap()
}

/// The value after the parts of all chunks.
fn in_chunks<T, E, O, C>(
    mut value: T,
    lend: impl for<'a> Fn(&'a mut T) -> Reduce<'a, T, E, O>,
    iterations: &[Vec<C>],
    way: &Way,
    contribute: impl Fn(&mut Reduced<E, O>, C),
) -> T
where
    E: Transport,
    O: Operator<E>,
    C: Clone,
{
    let mut rest = iterations;
    for length in way.lengths.iter().cycle() {
        let (chunk, after) = rest.split_at(rest.len().min(*length));
        rest = after;
        let mut part = Reduced::default();
        if way.in_order {
            lend(&mut value).go_on(&mut part);
        }
        for iteration in chunk {
            for time in 0..=usize::from(way.repeated) {
                let mark = way.marked.then(|| part.mark());
                part.begin();
                for contribution in iteration {
                    contribute(&mut part, contribution.clone());
                }
                if way.repeated && time == 0 {
                    part.rewind(mark.expect("repeated ones are marked"));
                }
            }
        }
        let mut part = if way.in_order { part } else { travelled(part) };
        lend(&mut value).absorb(&mut part);
        if rest.is_empty() {
            return value;
        }
    }
    value
}

fn sequentially<T, E: Clone>(mut value: T, iterations: &[Vec<E>], apply: impl Fn(&mut T, E)) -> T {
    for contribution in iterations.iter().flatten() {
        apply(&mut value, contribution.clone());
    }
    value
}

fn iterations<E: std::fmt::Debug + 'static>(
    each: impl Strategy<Value = E>,
) -> impl Strategy<Value = Vec<Vec<E>>> {
    proptest::collection::vec(proptest::collection::vec(each, 0..5), 0..30)
}

fn numbers() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -2.0..2.0_f64,
        Just(0.0),
        Just(-0.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
    ]
}

/// Numbers of which many sums are in the range, and its ends.
macro_rules! extremes {
    ($integer:ty) => {
        prop_oneof![
            4 => 0..9 as $integer,
            4 => any::<$integer>().prop_map(|x| x / 16),
            1 => any::<$integer>(),
            1 => Just(<$integer>::MIN),
            1 => Just(<$integer>::MAX),
        ]
    };
}

/// The statement of the loop, and what becomes of it where it is not the same on a part.
macro_rules! property {
    ($($name:ident($start:expr, $each:expr, $bits:expr) { $($lend:ident: $statement:expr $(=> $other:expr)?;)+ })+) => {
        proptest! { $(
            #[test]
            fn $name(start in $start, iterations in iterations($each), way in ways()) {
                let bits = $bits;
                $(
                    let expected = or_panic(|| sequentially(start.clone(), &iterations, $statement));
                    let found = or_panic(|| in_chunks(start.clone(), $lend, &iterations, &way, property!(@ $statement $(=> $other)?)));
                    prop_assert_eq!(found.map(bits), expected.map(bits), "{}", stringify!($lend));
                )+
            }
        )+ }
    };
    (@ $statement:expr) => { $statement };
    (@ $statement:expr => $other:expr) => { $other };
}

/// Numbers that overflow now and then.
fn bytes() -> impl Strategy<Value = i8> {
    prop_oneof![-3..4_i8, any::<i8>()]
}

property! {
    signed_integers_overflow_where_they_do(bytes(), bytes(), |x: i8| x) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= &e;
        product: |x, e| *x *= e;
        balance: |x, e| if e % 2 == 0 { *x += e } else { *x -= e };
        bit_and: |x, e| *x &= e;
        bit_or: |x, e| *x |= e;
        bit_xor: |x, e| *x ^= e;
        maximum: |x, e| *x = (*x).max(e) => Reduced::put;
        minimum: |x, e| *x = (*x).min(e) => Reduced::put;
        last: |x, e| *x = e => Reduced::put;
    }

    unsigned_integers_overflow_where_they_do(any::<u8>(), prop_oneof![0..3_u8, any::<u8>()], |x: u8| x) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
        product: |x, e| *x *= e;
        balance: |x, e| if e % 2 == 0 { *x += e } else { *x -= e };
    }

    wide_integers_overflow_where_they_do(extremes!(i64), extremes!(i64), |x: i64| x) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
        balance: |x, e| if e % 2 == 0 { *x += e } else { *x -= e };
    }

    wide_unsigned_integers_overflow_where_they_do(extremes!(u64), extremes!(u64), |x: u64| x) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
        balance: |x, e| if e % 2 == 0 { *x += e } else { *x -= e };
    }

    the_widest_integers_overflow_where_they_do(extremes!(i128), extremes!(i128), |x: i128| x) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
        balance: |x, e| if e % 2 == 0 { *x += e } else { *x -= e };
    }

    wrapping_integers_wrap(any::<i16>().prop_map(Wrapping), any::<i16>(), |x: Wrapping<i16>| x.0) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
        product: |x, e| *x *= e;
    }

    floats_have_the_same_bits(numbers(), numbers(), f64::to_bits) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
        product: |x, e| *x *= e;
        balance: |x, e| if e > 0.1 { *x += e } else { *x -= e };
        maximum: |x, e| *x = x.max(e) => Reduced::put;
        minimum: |x, e| *x = f64::min(*x, e) => Reduced::put;
        greatest: |x, e| if e > *x { *x = e } => Reduced::put;
        greatest_last: |x, e| if e >= *x { *x = e } => Reduced::put;
        least: |x, e| if e < *x { *x = e } => Reduced::put;
        least_last: |x, e| if e <= *x { *x = e } => Reduced::put;
        last: |x, e| *x = e => Reduced::put;
    }

    truths_are_put_together(any::<bool>(), any::<bool>(), |x: bool| x) {
        bit_and: |x, e| *x &= e;
        bit_or: |x, e| *x |= e;
        bit_xor: |x, e| *x ^= e;
    }

    texts_grow(any::<String>(), any::<String>(), |x: String| x) {
        sum: |x, e| *x += &*e;
        maximum: |x, e| *x = std::mem::take(x).max(e) => Reduced::put;
        last: |x, e| *x = e => Reduced::put;
    }

    durations_overflow_where_they_do(any::<Duration>(), any::<Duration>(), |x: Duration| x) {
        sum: |x, e| *x += e;
        difference: |x, e| *x -= e;
    }

    of_equals_the_right_one_stays(ties(), ties(), |x: Tie| (x.0, x.1)) {
        maximum: |x, e| *x = (*x).max(e) => Reduced::put;
        minimum: |x, e| *x = (*x).min(e) => Reduced::put;
        greatest: |x, e| if e > *x { *x = e } => Reduced::put;
        greatest_last: |x, e| if e >= *x { *x = e } => Reduced::put;
        least: |x, e| if e < *x { *x = e } => Reduced::put;
        least_last: |x, e| if e <= *x { *x = e } => Reduced::put;
    }

    values_of_ones_own_are_replayed(any::<u8>().prop_map(|x| Own(x.into())), any::<u8>().prop_map(|x| Own(x.into())), |x: Own| x.0) {
        sum: |x, e| *x += e;
    }
}

/// Compared by its first number alone.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Tie(u8, u8);

fn ties() -> impl Strategy<Value = Tie> {
    (0..3_u8, any::<u8>()).prop_map(|(key, value)| Tie(key, value))
}

impl PartialEq for Tie {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Tie {}

impl PartialOrd for Tie {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl OfTotalOrder for Tie {}

impl Ord for Tie {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

/// Its `+=` depends on the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Own(u64);

impl AddAssign for Own {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.wrapping_mul(31).wrapping_add(other.0);
    }
}

impl Reducible for Own {}
