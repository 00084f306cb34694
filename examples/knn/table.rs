//! Samples that can be compared: their features on one scale, their classes numbered.

use std::collections::BTreeSet;

use parallel_for::parallel_for;

/// Gives every column the mean 0 and the deviation 1; returns how many have no deviation.
#[parallel_for]
pub(crate) fn standardise(columns: &mut [Vec<f64>]) -> usize {
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

pub(crate) fn transposed(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width)
        .map(|column| rows.iter().map(|row| row[column]).collect())
        .collect()
}

pub(crate) struct Table {
    rows: Vec<Vec<f64>>,
    /// The number of each row's class.
    pub(crate) labels: Vec<usize>,
    pub(crate) classes: Vec<String>,
}

impl Table {
    pub(crate) fn new(rows: &[Vec<f64>], names: &[String]) -> Result<Self, String> {
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
    pub(crate) fn votes(&self, row: usize, folds: &[usize], k: usize) -> Vec<f64> {
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

#[allow(clippy::cast_precision_loss, reason = "no table has that many lines")]
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}
