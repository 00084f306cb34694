//! The workloads of the benchmark, the same for every contestant: what an item costs and what it
//! returns, never how the loop over the items runs.

use std::process::ExitCode;
use std::time::Duration;

use parallel_for::Transport;
use serde::{Deserialize, Serialize};

/// What `spin` does in about a millisecond; a constant, so that all contestants do the same.
const ROUNDS_PER_MS: u64 = 300_000;

/// A way to run a loop.
pub(crate) trait Contestant {
    /// Runs `work` for 0 to n, ends with the results in order in one place, and reports from there.
    fn run<T: Item>(n: u64, work: impl Fn(u64) -> T + Sync);
}

/// Runs the workload that the arguments of the program name.
pub(crate) fn main<C: Contestant>() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, workload, n, param] = &arguments[..] else {
        eprintln!("usage: {} WORKLOAD N PARAM", arguments[0]);
        return ExitCode::from(2);
    };
    let (Ok(n), Ok(param)) = (n.parse(), param.parse()) else {
        eprintln!("error: N and PARAM are numbers");
        return ExitCode::from(2);
    };
    match workload.as_str() {
        "tiny" | "startup" => C::run(n, splitmix64),
        "uniform" => C::run(n, |i| spin(i, param)),
        "skewed_end" => {
            let costs = costs(n, param);
            C::run(n, |i| spin(i, costs[usize::try_from(i).unwrap()]));
        }
        "skewed_rand" => {
            let costs = shuffled(costs(n, param));
            C::run(n, |i| spin(i, costs[usize::try_from(i).unwrap()]));
        }
        "idle" => C::run(n, |i| spin(i, param * ROUNDS_PER_MS)),
        "sleep" => C::run(n, |i| {
            std::thread::sleep(Duration::from_micros(param));
            splitmix64(i)
        }),
        "gather" => C::run(n, |i| numbers(i, param)),
        "structs" => C::run(n, Record::new),
        unknown => {
            eprintln!("error: no workload is called {unknown}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// The line that the driver of the benchmark reads.
pub(crate) fn report<T: Item>(seconds: f64, workers: usize, results: &[T]) {
    let checksum = results
        .iter()
        .fold(0, |sum, item| splitmix64(sum ^ item.digest()));
    let peak = peak();
    println!("seconds={seconds:.9} checksum={checksum:016x} workers={workers} peak={peak}");
}

/// The most memory that this process had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("benchmarks run on Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB"));
    peak.and_then(|peak| peak.parse().ok())
        .expect("a number of KiB")
}

/// What an item returns.
pub(crate) trait Item: Transport {
    /// A number that depends on the whole value, as far as the workload makes it unpredictable.
    fn digest(&self) -> u64;
}

impl Item for u64 {
    fn digest(&self) -> u64 {
        *self
    }
}

impl Item for Vec<f64> {
    fn digest(&self) -> u64 {
        let bits = |i: usize| self[i].to_bits();
        bits(0) ^ bits(self.len() / 2).rotate_left(21) ^ bits(self.len() - 1).rotate_left(42)
    }
}

impl Item for Record {
    fn digest(&self) -> u64 {
        let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        let name = self.name.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
        self.id ^ self.value.to_bits().rotate_left(21) ^ name.rotate_left(42)
    }
}

/// What `structs` returns: plain numbers beside a short allocation.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    id: u64,
    value: f64,
    name: String,
}

impl Record {
    fn new(i: u64) -> Self {
        let id = splitmix64(i);
        let letters = splitmix64(id);
        let letter = |k| char::from(b'a' + u8::try_from((letters >> (5 * k) & 31) % 26).unwrap());
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let value = (id >> 11) as f64 * (-53_f64).exp2();
        Self {
            id,
            value,
            name: (0..4 + id % 9).map(letter).collect(),
        }
    }
}

fn splitmix64(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

fn spin(seed: u64, rounds: u64) -> u64 {
    (0..rounds).fold(seed, |x, _| splitmix64(x))
}

/// A heavy tail, the largest item last; `total` milliseconds in all.
fn costs(n: u64, total: u64) -> Vec<u64> {
    let largest = total * ROUNDS_PER_MS * 1000 / 2306;
    (0..n).map(|i| largest / (2 * (n - 1 - i) + 9)).collect()
}

fn shuffled(mut costs: Vec<u64>) -> Vec<u64> {
    for i in (1..costs.len()).rev() {
        let other = splitmix64(42 + i as u64) % (i as u64 + 1);
        costs.swap(i, usize::try_from(other).unwrap());
    }
    costs
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn numbers(i: u64, length: u64) -> Vec<f64> {
    (0..length).map(|k| (i * 31) as f64 + k as f64).collect()
}
