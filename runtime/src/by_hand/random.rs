//! Random numbers of an iteration, by its number: the same wherever it runs.
//!
//! Invariant: different seeds and numbers have different streams, and what is in a stream is the same on every machine
//! and in every version.

mod numbers;
#[cfg(test)]
mod tests;

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Infallible, Rng as _, SeedableRng as _, TryRng};

use numbers::Name;
pub use numbers::{IterationNumber, WholeNumber};

/// A random number generator for one iteration of a loop, by a seed of the program's and the number of the iteration.
///
/// What it yields depends on these two alone: not on the rank or thread that runs the iteration, nor on what ran there
/// before, nor on whether the loop is annotated at all. So the result is that of the sequential loop, from the first
/// bit to the last.
///
/// ```
/// use parallel_for::parallel_for;
///
/// #[parallel_for]
/// fn pi(points: u64) -> f64 {
///     let mut inside = 0;
///     for i in 0..points {
///         let mut rng = parallel_for::random(2024, i);
///         let (x, y) = (rng.next_f64(), rng.next_f64());
///         inside += u64::from(x * x + y * y < 1.0);
///     }
///     4.0 * inside as f64 / points as f64
/// }
///
/// assert_eq!(pi(1000), 3.14);
/// ```
///
/// The number is any integer, or two or three of them, for nested loops or several streams of an iteration:
/// `random(seed, (i, j))`. Equal numbers have the same stream, whatever their types. Different ones have streams that have
/// nothing to do with each other, and so have different seeds, and one number and two: give each loop a seed, or
/// a number, of its own. Within an iteration make one generator and hand it on: the next one with the same number starts
/// from the beginning.
///
/// For distributions, [`Random`] is a generator of the crate `rand` from version 0.10 on; how others are seeded with it is
/// [told there](Random#other-generators). The guide has a [page](crate::guide::random) on random numbers.
#[must_use]
pub fn random(seed: u64, iteration: impl IterationNumber) -> Random {
    let Name { kind, before, last } = iteration.name();
    let words = [seed, kind, before[0], before[1]];
    let mut key = [0; 32];
    for (bytes, word) in key.as_chunks_mut::<8>().0.iter_mut().zip(words) {
        *bytes = word.to_le_bytes();
    }
    let mut generator = ChaCha8Rng::from_seed(key);
    generator.set_stream(last);
    Random(generator)
}

/// The random numbers of an iteration; made by [`random`].
///
/// They are those of `ChaCha8`, of which each stream has 2⁷⁰ bytes. What [`random`] and the methods here yield
/// for given arguments is part of the interface: it does not change without a new major version.
///
/// # Other generators
///
/// With the crate `rand` 0.10, this is a generator as any other: `random(7, i).random_range(1..=6)`, with
/// `rand::RngExt` in scope. A generator of another version or crate is seeded with it:
///
/// ```
/// # struct StdRng([u8; 32]);
/// # impl StdRng { fn from_seed(seed: [u8; 32]) -> Self { Self(seed) } }
/// # let i = 3;
/// let rng = StdRng::from_seed(parallel_for::random(7, i).bytes());
/// ```
#[derive(Debug)]
pub struct Random(ChaCha8Rng);

impl Random {
    /// The next 64 bits.
    #[must_use]
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// The next number that is at least 0 and below 1: a multiple of 2⁻⁵³, all of which are equally likely.
    #[must_use]
    pub fn next_f64(&mut self) -> f64 {
        const BITS: u32 = f64::MANTISSA_DIGITS;
        #[expect(clippy::cast_precision_loss, reason = "no more bits than a float has")]
        let (number, all) = (
            (self.next_u64() >> (64 - BITS)) as f64,
            (1_u64 << BITS) as f64,
        );
        number / all
    }

    /// The next number below `end`, all of which are equally likely: `rng.below(6) + 1` throws a die.
    ///
    /// # Panics
    ///
    /// If `end` is 0.
    ///
    /// ```
    /// let mut rng = parallel_for::random(7, 0);
    /// let names = ["Ada", "Grace", "Mary"];
    /// assert!(names.contains(&names[rng.below(3) as usize]));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn below(&mut self, end: u64) -> u64 {
        assert!(end > 0, "`below(0)`: no number is below 0");
        // The numbers below 2⁶⁴ in `end` ranges of the same length, by multiplication; what is left over, at the
        // beginning of each, is drawn again (Lemire 2019).
        let left_over = end.wrapping_neg() % end;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(end);
            let [low, high] = [product, product >> 64].map(low_half);
            if low >= left_over {
                return high;
            }
        }
    }

    /// The next bytes, for example the seed of another generator.
    #[must_use]
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}

#[expect(clippy::cast_possible_truncation, reason = "that is what is asked for")]
fn low_half(number: u128) -> u64 {
    number as u64
}

/// What the crate `rand` 0.10 knows generators by.
impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)
    }
}
