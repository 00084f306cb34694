//! How good are k nearest neighbours at this table? `knn [TABLE.csv | SAMPLES]`.
//!
//! Cross-validation over a grid of `k`, the confusions of the best one, and a bootstrap for the
//! interval of its accuracy: written as one writes it, with four of its functions annotated. The
//! table has a head, a class in its first column and numbers in the others; without one, samples
//! are made up. Whatever the number of ranks and threads, all digits stay the same.
//!
//! ```sh
//! cargo run --release --bin knn -- 3000
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/knn 3000
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::num::ParseFloatError;
use std::process::ExitCode;

use parallel_for::{on_master, parallel_for};

const GRID: [usize; 7] = [1, 3, 5, 9, 15, 25, 45];
const FOLDS: usize = 8;
const ROUNDS: u64 = 1000;
const SEED: u64 = 2024;

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            on_master(|| print!("{report}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            on_master(|| eprintln!("knn: {error}\nusage: knn [TABLE.csv | SAMPLES]"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let text = match &*arguments {
        [] => synthetic(240),
        [argument] => match argument.parse() {
            Ok(samples) => synthetic(samples),
            Err(_) => fs::read_to_string(argument).map_err(|e| format!("{argument}: {e}"))?,
        },
        _ => return Err("too many arguments".into()),
    };

    let (rows, names) = parse(&text)?;
    let mut columns = transposed(&rows);
    let constant = standardise(&mut columns);
    let table = Table::new(&transposed(&columns), &names)?;
    let folds = folds(table.labels.len());

    let mut report = String::new();
    writeln!(
        report,
        "{} samples of {} classes, {} features, {constant} of them constant",
        table.labels.len(),
        table.classes.len(),
        columns.len(),
    )?;

    let mut best = Score::default();
    for k in GRID {
        let score = cross_validate(&table, &folds, k);
        writeln!(report, "{score}")?;
        // Of equally good ones the simplest: the one with the most neighbours.
        if score.correct >= best.correct {
            best = score;
        }
    }

    let mut accuracies = bootstrap(&table.labels, &best.predicted, ROUNDS);
    accuracies.sort_by(f64::total_cmp);
    writeln!(
        report,
        "best: k = {}, accuracy {:.4}, 95 % interval {:.4} to {:.4}",
        best.k,
        best.accuracy(),
        quantile(&accuracies, 0.025),
        quantile(&accuracies, 0.975),
    )?;
    report.push_str(&confusions(&table, &best.predicted));
    Ok(report)
}

/// The rows of the table and their classes.
///
/// The error is that of the first bad line, whichever rank is the first to find one.
#[parallel_for]
fn parse(text: &str) -> Result<(Vec<Vec<f64>>, Vec<String>), InputError> {
    let width = text
        .lines()
        .next()
        .map_or(0, |head| head.split(',').count());
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        let at = |problem| InputError {
            line: index + 1,
            problem,
        };
        let mut fields = line.split(',').map(str::trim);
        let name = fields.next().unwrap_or_default();
        if name.is_empty() {
            return Err(at(Problem::NoClass));
        }
        let mut row = Vec::with_capacity(width);
        for field in fields {
            let number = number(field).map_err(at)?;
            row.push(number);
        }
        if row.len() + 1 != width {
            let given = row.len() + 1;
            return Err(at(Problem::Width { given, width }));
        }
        rows.push(row);
        names.push(name.to_owned());
    }
    Ok((rows, names))
}

fn number(field: &str) -> Result<f64, Problem> {
    let number: f64 = field
        .parse()
        .map_err(|error| Problem::Number(field.to_owned(), error))?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err(Problem::NotFinite(number))
    }
}

#[derive(Debug)]
struct InputError {
    line: usize,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    NoClass,
    Number(String, ParseFloatError),
    NotFinite(f64),
    Width { given: usize, width: usize },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::NoClass => write!(f, "the first field, the class, is empty"),
            Problem::Number(field, error) => write!(f, "`{field}`: {error}"),
            Problem::NotFinite(number) => write!(f, "{number} is not finite"),
            Problem::Width { given, width } => write!(f, "{given} fields, not {width}"),
        }
    }
}

impl Error for InputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Number(_, error) => Some(error),
            _ => None,
        }
    }
}

fn transposed(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width)
        .map(|column| rows.iter().map(|row| row[column]).collect())
        .collect()
}

/// Gives every column the mean 0 and the deviation 1; returns how many have no deviation.
#[parallel_for]
fn standardise(columns: &mut [Vec<f64>]) -> usize {
    let mut constant = 0;
    for column in columns.iter_mut() {
        let count = count(column.len());
        let mean = column.iter().sum::<f64>() / count;
        let variance = column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        if variance == 0.0 {
            constant += 1;
            column.fill(0.0);
            continue;
        }
        for value in column.iter_mut() {
            *value = (*value - mean) / variance.sqrt();
        }
    }
    constant
}

struct Table {
    rows: Vec<Vec<f64>>,
    /// The number of each row's class.
    labels: Vec<usize>,
    classes: Vec<String>,
}

impl Table {
    fn new(rows: &[Vec<f64>], names: &[String]) -> Result<Self, String> {
        let classes: BTreeSet<&String> = names.iter().collect();
        if classes.len() < 2 {
            return Err(format!("{} classes: nothing to tell apart", classes.len()));
        }
        let classes: Vec<String> = classes.into_iter().cloned().collect();
        let label = |name: &String| classes.partition_point(|class| class < name);
        Ok(Self {
            rows: rows.to_vec(),
            labels: names.iter().map(label).collect(),
            classes,
        })
    }

    /// For each class the share of the `k` neighbours that a row has in other folds.
    fn votes(&self, row: usize, folds: &[usize], k: usize) -> Vec<f64> {
        let mut others: Vec<(f64, usize)> = (0..self.rows.len())
            .filter(|other| folds[*other] != folds[row])
            .map(|other| (distance(&self.rows[row], &self.rows[other]), other))
            .collect();
        let k = k.min(others.len());
        if k < others.len() {
            // Equally far ones in the order of the table, so that there is one answer.
            others.select_nth_unstable_by(k, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        let mut votes = vec![0.0; self.classes.len()];
        for (_, other) in &others[..k] {
            votes[self.labels[*other]] += 1.0 / count(k);
        }
        votes
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

/// How a number of neighbours fared.
#[derive(Default)]
struct Score {
    k: usize,
    correct: usize,
    /// The sum over all samples of the squared errors of the shares.
    brier: f64,
    /// The highest share that a wrong class got.
    surest_mistake: f64,
    predicted: Vec<usize>,
}

impl Score {
    fn accuracy(&self) -> f64 {
        count(self.correct) / count(self.predicted.len())
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "k = {:2}: accuracy {:.4}, Brier {:.17}, surest mistake {:.4}",
            self.k,
            self.accuracy(),
            self.brier / count(self.predicted.len()),
            self.surest_mistake,
        )
    }
}

/// Classifies every sample by those of the other folds.
#[parallel_for]
fn cross_validate(table: &Table, folds: &[usize], k: usize) -> Score {
    let mut score = Score {
        k,
        ..Score::default()
    };
    for (row, label) in table.labels.iter().enumerate() {
        let votes = table.votes(row, folds, k);
        let mut winner = 0;
        for (class, share) in votes.iter().enumerate() {
            if *share > votes[winner] {
                winner = class;
            }
            let truth = f64::from(u8::from(class == *label));
            score.brier += (share - truth).powi(2);
        }
        if winner == *label {
            score.correct += 1;
        } else {
            score.surest_mistake = score.surest_mistake.max(votes[winner]);
        }
        score.predicted.push(winner);
    }
    score
}

/// The accuracies of as many samples of the samples, in the order of the rounds.
#[parallel_for]
fn bootstrap(labels: &[usize], predicted: &[usize], rounds: u64) -> Vec<f64> {
    let mut accuracies = Vec::new();
    for round in 0..rounds {
        // A generator for each round: what it draws does not depend on the rounds before.
        let mut random = Random::new(SEED ^ round.wrapping_mul(0xd134_2543_de82_ef95));
        let mut correct = 0;
        for _ in labels {
            let drawn = random.below(labels.len());
            correct += usize::from(labels[drawn] == predicted[drawn]);
        }
        accuracies.push(count(correct) / count(labels.len()));
    }
    accuracies
}

/// The value below which this share of the sorted values lies.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a length is a place"
)]
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (share * count(sorted.len() - 1)).round();
    sorted[place as usize]
}

/// One line for each class and what was taken for it.
fn confusions(table: &Table, predicted: &[usize]) -> String {
    let mut counts = BTreeMap::new();
    for pair in table.labels.iter().zip(predicted) {
        *counts.entry(pair).or_insert(0) += 1;
    }
    let mut lines = String::new();
    for (label, class) in table.classes.iter().enumerate() {
        lines.push_str(class);
        for other in 0..table.classes.len() {
            let count = counts.get(&(&label, &other)).unwrap_or(&0);
            write!(lines, " {count:5}").expect("a string takes it");
        }
        lines.push('\n');
    }
    lines
}

/// The fold of each sample: all of the same size, and in an order of their own.
fn folds(samples: usize) -> Vec<usize> {
    let mut random = Random::new(SEED);
    let mut folds: Vec<usize> = (0..samples).map(|sample| sample % FOLDS).collect();
    for last in (1..samples).rev() {
        folds.swap(last, random.below(last + 1));
    }
    folds
}

/// A table of four classes that overlap, with features of very different size.
fn synthetic(samples: usize) -> String {
    let mut random = Random::new(SEED + 1);
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

/// `SplitMix64`: small, fast, and good with any seed.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    fn below(&mut self, end: usize) -> usize {
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

#[allow(clippy::cast_precision_loss, reason = "no table has that many lines")]
fn count(number: usize) -> f64 {
    number as f64
}
