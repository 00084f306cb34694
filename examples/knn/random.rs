//! Random numbers that depend on a seed alone, and the folds and samples made of them.

use crate::table::count;

/// `SplitMix64`: small, fast, and good with any seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let scaled = (u128::from(self.next()) * end as u128) >> 64;
        usize::try_from(scaled).expect("less than `end`")
    }

    /// From 0 to 1.
    fn uniform(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).expect("the upper half");
        (f64::from(bits) + 0.5) / f64::from(u32::MAX)
    }

    /// Of mean 0 and deviation 1, after Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// The fold of each sample: all of the same size, and in an order of their own.
pub(crate) fn folds(samples: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed);
    let mut folds: Vec<usize> = (0..samples).map(|sample| sample % count).collect();
    for last in (1..samples).rev() {
        folds.swap(last, random.below(last + 1));
    }
    folds
}

/// A table of four classes that overlap, with features of very different size.
pub(crate) fn synthetic(samples: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = String::from("class,width,height,weight,age,batch,noise\n");
    for _ in 0..samples {
        let class = random.below(4);
        let shift = count(class);
        let width = 20.0 + 3.0 * shift + 2.5 * random.normal();
        let height = 1e-3 * (shift - 1.5).powi(2) + 8e-4 * random.normal();
        let weight = 4e4 + 900.0 * width + 2e3 * random.normal();
        let age = (random.uniform() * 40.0).floor();
        let noise = random.normal();
        let name = ["ash", "birch", "cedar", "date"][class];
        let numbers = format!("{width},{height},{weight},{age},7,{noise}");
        text.extend([name, ",", &numbers, "\n"]);
    }
    text
}
