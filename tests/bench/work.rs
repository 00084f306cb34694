//! One workload of the benchmark, as `bench_work WORKLOAD N PARAM`: runs it as an annotated loop
//! and prints the seconds that the loop took on the master, a checksum of the ordered results, and
//! the CPU seconds that all ranks spent in it.
//!
//! The clock starts when all ranks are up and stops when the master holds the results.

use std::process::ExitCode;
use std::time::Instant;

use parallel_for::{Transport, parallel_for};
use serde::{Deserialize, Serialize};

/// What `spin` does in about a millisecond; a constant, so that all contestants do the same.
const ROUNDS_PER_MS: u64 = 300_000;

fn main() -> ExitCode {
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
        "tiny" | "startup" => run(n, splitmix64),
        "uniform" => run(n, |i| spin(i, param)),
        "skewed" | "skewed_end" => {
            let costs = costs(n, param);
            run(n, |i| spin(i, costs[usize::try_from(i).unwrap()]));
        }
        "skewed_rand" => {
            let costs = shuffled(costs(n, param));
            run(n, |i| spin(i, costs[usize::try_from(i).unwrap()]));
        }
        "idle" => run(n, |i| spin(i, param * ROUNDS_PER_MS)),
        "sleep" => run(n, |i| {
            std::thread::sleep(std::time::Duration::from_micros(param));
            splitmix64(i)
        }),
        "gather" => run(n, |i| numbers(i, param)),
        "structs" => run(n, Record::new),
        unknown => {
            eprintln!("error: no workload is called {unknown}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

#[parallel_for(gather = master)]
fn run<T: Item>(n: u64, work: impl Fn(u64) -> T + Sync) {
    parallel_for::map(0..64, |i| i); // The pool and the connections exist before the clock starts.
    parallel_for::barrier();
    let cpu = cpu_seconds();
    let start = Instant::now();
    let mut results = Vec::new();
    for i in 0..n {
        results.push(work(i));
    }
    let seconds = start.elapsed().as_secs_f64();
    let checksum = results
        .iter()
        .fold(0, |sum, item| splitmix64(sum ^ item.digest()));
    let cpu = cpu_seconds() - cpu;
    println!("seconds={seconds:.9} checksum={checksum:016x} cpu={cpu:.3}");
}

/// User and system time of this process so far, in the kernel's ticks of 10 ms.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, in parentheses, may contain spaces.
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: u32 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u32>().ok())
        .sum();
    f64::from(ticks) / 100.0
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

/// What an item returns.
trait Item: Transport {
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

#[derive(Serialize, Deserialize)]
struct Record {
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

impl Item for Record {
    fn digest(&self) -> u64 {
        let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        let name = self.name.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
        self.id ^ self.value.to_bits().rotate_left(21) ^ name.rotate_left(42)
    }
}
