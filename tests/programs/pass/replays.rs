//! Statements that change variables in the order of the items: by any index, by key, by methods, by comparison.

#![allow(
    clippy::manual_find,
    clippy::pedantic,
    clippy::ptr_arg,
    reason = "the functions are written as users write them"
)]

use std::collections::{BTreeMap, HashMap};

use parallel_for::parallel_for;
use parallel_for_tests::{mix, show};

/// A type of another crate, as it were: no serde.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rgb([u8; 3]);

struct Image {
    width: usize,
    pixels: Vec<Rgb>,
}

impl Image {
    fn put_pixel(&mut self, x: usize, y: usize, colour: Rgb) {
        self.pixels[y * self.width + x] = colour;
    }

    fn blend(&mut self, at: usize, by: u8, times: u8) {
        let Rgb([red, ..]) = &mut self.pixels[at];
        *red = red.wrapping_mul(times).wrapping_add(by);
    }
}

#[parallel_for]
fn picture(size: usize) -> Image {
    let mut image = Image {
        width: size,
        pixels: vec![Rgb([0; 3]); size * size],
    };
    for y in 0..size {
        for x in 0..size {
            let shade = mix((x * y) as u64) as u8;
            image.put_pixel(x, y, Rgb([shade, shade / 2, x as u8]));
        }
    }
    image
}

#[parallel_for(reduce(image: blend, image: put_pixel))]
fn blended(image: &mut Image, rounds: usize) {
    for i in 0..rounds {
        image.blend(mix(i as u64) as usize % 9, i as u8, 3);
        image.put_pixel(i % 3, 1, Rgb([1, 2, i as u8]));
    }
}

struct Model {
    weights: Vec<f64>,
    sums: Vec<f64>,
    seen: BTreeMap<u64, Vec<usize>>,
    best: Option<(f64, usize)>,
}

impl Model {
    #[parallel_for]
    fn observe(&mut self, items: usize) -> Result<usize, String> {
        let mut worst = (f64::INFINITY, String::new());
        for i in 0..items {
            let slot = mix(i as u64) as usize % self.weights.len();
            let cost = self.weights[slot] * (i as f64).sin();
            self.sums[slot] += cost;
            self.seen.entry(mix(i as u64) % 5).or_default().push(i);
            if self.best.is_none_or(|(best, _)| cost > best) {
                self.best = Some((cost, i));
            }
            if cost < worst.0 {
                worst = (cost, format!("item {i}"));
            }
            if i == 700 {
                return Err(format!("{i}: {:?}, worst {worst:?}", self.best));
            }
        }
        println!("{worst:?}");
        Ok(items)
    }
}

#[parallel_for]
fn counted(text: &str) -> Vec<(String, u32)> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for word in text.split_whitespace() {
        let word = word.to_lowercase();
        if let Some(count) = counts.get_mut(&word) {
            *count += 1;
        } else {
            counts.insert(word, 1);
        }
    }
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    counts.sort();
    counts
}

#[parallel_for]
fn neighbours(edges: &[(usize, usize)], nodes: usize) -> (Vec<Vec<usize>>, Vec<u32>) {
    let mut adjacent = vec![Vec::new(); nodes];
    let mut degrees = vec![0; nodes];
    for &(from, to) in edges {
        let to = to % adjacent.len();
        adjacent[from].push(to);
        adjacent[to].push(from);
        degrees[from] += 1;
        degrees[to] += 1;
    }
    (adjacent, degrees)
}

/// The first of the least costs, of those that are not NaN; and the first items of so many.
#[parallel_for]
fn cheapest(items: usize, few: usize) -> (f64, Option<usize>, u32, Vec<usize>) {
    let (mut least, mut at, mut ties) = (f64::INFINITY, None, 0);
    let mut first = Vec::new();
    for i in 0..items {
        let cost = ((mix(i as u64) % 40) as f64 - 3.0).sqrt();
        if mix(i as u64).is_multiple_of(3) {
            continue;
        }
        if first.len() < few {
            first.push(i);
        }
        if cost == least {
            ties += 1;
            continue;
        }
        if cost.is_nan() || cost > least {
            continue;
        }
        (least, at, ties) = (cost, Some(i), 0);
    }
    (least, at, ties, first)
}

/// An index that does not exist: the panic of the sequential loop, and code 101.
#[parallel_for]
fn beyond(length: usize) -> Vec<u64> {
    let mut table = vec![0; length];
    for i in 0..100_u64 {
        table[mix(i) as usize % 10] += i;
    }
    table
}

pub(crate) fn main() {
    let mut report: Vec<String> = Vec::new();
    let mut image = picture(40);
    blended(&mut image, 500);
    let sum: u64 = image
        .pixels
        .iter()
        .map(|Rgb(c)| mix(u64::from(c[0]) << 16 | u64::from(c[1]) << 8 | u64::from(c[2])) >> 40)
        .sum();
    report.push(format!("{sum} {:?}", &image.pixels[..5]));
    let mut model = Model {
        weights: (0..7).map(f64::from).collect(),
        sums: vec![0.1; 7],
        seen: BTreeMap::new(),
        best: None,
    };
    report.push(format!("{:?}", model.observe(600)));
    report.push(format!("{:?}", model.observe(1200)));
    report.push(format!(
        "{:?} {:?} {}",
        model.sums,
        model.best,
        model.seen[&3].len()
    ));
    report.push(format!("{:?}", counted("The cat and the dog and THE bird")));
    let edges: Vec<(usize, usize)> = (0..300)
        .map(|i| (i % 12, mix(i as u64) as usize % 12))
        .collect();
    report.push(format!("{:?}", neighbours(&edges, 12)));
    report.push(format!("{:?}", cheapest(3000, 4)));
    report.push(format!("{:?}", cheapest(2, 0)));
    report.push(format!("{:?}", beyond(10)));
    let caught = std::panic::catch_unwind(|| beyond(9));
    report.push(format!("{}", caught.is_err()));
    show(&report);
}
