//! How good are k nearest neighbours at this table? `knn [TABLE.csv | SAMPLES]`.
//!
//! Cross-validation over a grid of `k`, the confusions of the best one, and a bootstrap for the
//! interval of its accuracy: an ordinary program with four of its functions annotated. The table has a
//! header, a class in its first column and numbers in the others; without one, samples are made up.
//! All digits are the same on any number of ranks and threads.
//!
//! ```sh
//! cargo run --release --bin knn -- 3000
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/knn 3000
//! ```

#[path = "knn/random.rs"]
mod random;
#[path = "knn/reading.rs"]
mod reading;
#[path = "knn/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::process::ExitCode;

use parallel_for::{on_master, parallel_for};

use random::{Random, folds, synthetic};
use reading::parse;
use table::{Table, count, standardise, transposed};

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
        [] => synthetic(240, SEED + 1),
        [argument] => match argument.parse() {
            Ok(samples) => synthetic(samples, SEED + 1),
            Err(_) => fs::read_to_string(argument).map_err(|e| format!("{argument}: {e}"))?,
        },
        _ => return Err("too many arguments".into()),
    };

    let (rows, names) = parse(&text)?;
    let mut columns = transposed(&rows);
    let constant = standardise(&mut columns);
    let table = Table::new(&transposed(&columns), &names)?;
    let folds = folds(table.labels.len(), FOLDS, SEED);

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
