//! Functions of every kind with loops that exit, reduce and update: methods, of traits and by
//! default, generic ones, such that return `impl Trait`, nested ones, and `async` ones.

use std::fmt::{Debug, Display};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use parallel_for::{Transport, parallel_for};
use parallel_for_tests::{churn, show, work};

/// Functions of the name of the program's: every rank goes on after them.
mod other {
    use parallel_for::parallel_for;

    #[parallel_for]
    pub(crate) fn main() -> Result<(), String> {
        let mut sum = 0;
        for i in 0..20_i64 {
            sum += i;
        }
        let sum = sum
            .try_into()
            .map_err(|_| format!("a sum below zero: {sum}"))?;
        super::SUM.store(sum, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    }

    pub(crate) mod inner {
        use parallel_for::parallel_for;

        #[parallel_for]
        pub(crate) fn main(results: &mut Vec<u64>) {
            for i in 0..5 {
                results.push(i);
            }
            results.reverse();
        }
    }
}

static SUM: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

#[parallel_for]
fn after_mains_of_modules() -> Vec<u64> {
    let mut first = Vec::new();
    other::inner::main(&mut first);
    other::main().unwrap();
    let sum = SUM.load(std::sync::atomic::Ordering::Relaxed);
    let mut results = Vec::new();
    for x in first {
        work(2000);
        results.push(x + sum);
    }
    results
}

struct Grid {
    cells: Vec<f64>,
    width: usize,
}

trait Solve {
    type Error: Debug;

    const LIMIT: f64;

    fn step(&mut self) -> f64;

    fn find(&self, wanted: f64) -> Result<usize, Self::Error>;

    /// A loop in a method that the trait itself provides.
    #[parallel_for]
    fn tries(&self, wanted: &[f64]) -> Result<Vec<usize>, Self::Error>
    where
        Self: Sync,
    {
        let mut places = Vec::new();
        for wanted in wanted {
            if *wanted > Self::LIMIT {
                break;
            }
            places.push(self.find(*wanted)?);
        }
        Ok(places)
    }
}

impl Grid {
    #[parallel_for]
    fn new(width: usize, height: usize) -> Self {
        let mut cells = vec![0.0; width * height];
        for (i, cell) in cells.iter_mut().enumerate() {
            *cell = f64::from(u16::try_from(churn(i as u64, 50) % 1000).unwrap()) / 1000.0;
        }
        Self { cells, width }
    }

    #[parallel_for]
    fn rows_below(&self, limit: f64) -> impl Iterator<Item = usize> + use<> {
        let mut rows = Vec::new();
        for (number, row) in self.cells.chunks(self.width).enumerate() {
            if row.iter().sum::<f64>() < limit {
                rows.push(number);
            }
        }
        rows.into_iter()
    }
}

impl Solve for Grid {
    type Error = String;

    const LIMIT: f64 = 0.97;

    /// The cells are a field of `self`: taken out, updated, and put back.
    #[parallel_for]
    fn step(&mut self) -> f64 {
        let mut change = 0.0_f64;
        let mut cells = std::mem::take(&mut self.cells);
        let old = cells.clone();
        for (i, cell) in cells.iter_mut().enumerate() {
            if i % self.width == 0 {
                continue;
            }
            *cell = f64::midpoint(old[i - 1], old[i]);
            change = change.max((*cell - old[i]).abs());
        }
        self.cells = cells;
        change
    }

    #[parallel_for]
    fn find(&self, wanted: f64) -> Result<usize, Self::Error> {
        #[parallel_for]
        for (place, cell) in self.cells.iter().enumerate() {
            if (cell - wanted).abs() < 1e-3 {
                return Ok(place);
            }
        }
        Err(format!("no cell has {wanted}"))
    }
}

#[parallel_for]
fn all<T, U, E, F>(items: &[T], convert: F) -> Result<Vec<U>, E>
where
    T: Sync,
    U: Transport,
    F: Fn(&T) -> Result<U, E> + Sync,
{
    let mut converted = Vec::with_capacity(items.len());
    for item in items {
        converted.push(convert(item)?);
    }
    Ok(converted)
}

#[parallel_for]
fn longest<const N: usize>(lines: [&str; N], limit: usize) -> Option<&str> {
    let mut best = 0;
    for line in &lines {
        if line.len() > limit {
            return None;
        }
        best = best.max(line.len());
    }
    lines.into_iter().find(|line| line.len() == best)
}

/// Arguments and the value are some types of a trait; what iterates also has an exit.
#[parallel_for]
fn labels(
    items: impl Iterator<Item = u32> + Clone + Send + Sync,
    prefix: impl Display + Sync,
) -> Result<impl DoubleEndedIterator<Item = String>, String> {
    let mut labels = Vec::new();
    for item in items {
        if item == 13 {
            return Err(format!("{prefix}13 brings bad luck"));
        }
        labels.push(format!("{prefix}{item}"));
    }
    Ok(labels.into_iter())
}

#[parallel_for]
async fn later(words: Vec<String>) -> Result<u32, std::num::ParseIntError> {
    let limit = pause(2).await;
    let mut sum = 0;
    for word in &words {
        let number: u32 = word.parse()?;
        if number > 100 * limit {
            break;
        }
        sum += number;
    }
    Ok(sum + pause(limit).await)
}

/// Is pending as often as the number says.
async fn pause(times: u32) -> u32 {
    let mut left = times;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(times);
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

mod inside {
    use super::{parallel_for, work};

    pub(super) struct Never(pub(super) u64);

    impl Never {
        /// `self` by value, `Self` and `Box<Self>`, in a module of its own.
        #[parallel_for]
        #[allow(clippy::boxed_local, reason = "it is what this shows")]
        pub(super) fn grown(self: Box<Self>) -> Result<Self, u64> {
            #[parallel_for]
            fn divisors(of: u64) -> u64 {
                let mut count = 0;
                for d in 1..=of {
                    count += u64::from(of.is_multiple_of(d));
                }
                count
            }

            let mut most = 0;
            for n in self.0..self.0 + 80 {
                let count = divisors(n % 300);
                work(100);
                if count == 7 {
                    return Err(n);
                }
                most = most.max(count * 1000 + n);
            }
            Ok(Self(most))
        }
    }
}

fn main() {
    let mut grid = Grid::new(12, 10);
    let mut report = vec![format!("{:?}", after_mains_of_modules())];
    for _ in 0..3 {
        let change = grid.step();
        let wanted = [grid.cells[40], grid.cells[7], 0.975, grid.cells[3]];
        report.push(format!(
            "{:016x} {:?} ",
            change.to_bits(),
            grid.tries(&wanted)
        ));
        report.push(format!("{:?} ", grid.tries(&[grid.cells[90], -1.0, 2.0])));
        report.push(format!("{:?}", grid.rows_below(5.5).collect::<Vec<_>>()));
    }
    let bits: Vec<u64> = grid.cells.iter().map(|cell| cell.to_bits()).collect();
    report.push(format!("{bits:x?}"));

    let words = ["1", "22", "333", "x", "y"];
    let parse = |word: &&str| word.parse::<i16>().map_err(|error| error.to_string());
    report.push(format!(
        "{:?} {:?}",
        all(&words[..3], parse),
        all(&words, parse)
    ));
    report.push(format!("{:?} {:?}", longest(words, 5), longest(words, 2)));
    for end in [10, 20] {
        report.push(match labels(3..end, "item ") {
            Ok(labels) => labels.rev().collect::<Vec<_>>().join(", "),
            Err(error) => error,
        });
    }
    for last in ["7", "x", "1000"] {
        let mut words: Vec<String> = (0..50).map(|n| n.to_string()).collect();
        words.insert(40, last.to_owned());
        report.push(format!("{:?}", block_on(later(words))));
    }
    for start in [1, 65, 200] {
        let grown = Box::new(inside::Never(start)).grown();
        report.push(format!(" {:?}", grown.map(|never| never.0)));
    }
    show(&report);
}
