//! From samples to a Markdown table: the medians and what they mean.

use crate::contestants::{Contestant, Sample};
use crate::plan::Workload;

/// A contestant with its runs.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) contestant: Contestant,
    pub(crate) samples: Vec<Sample>,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Seconds,
    PerIdeal,
    PerRayon,
    NsPerItem,
    GibPerSecond,
    Efficiency,
    Burned,
    Wall,
    BeyondSequential,
}

/// The table of a workload, with its name and size above.
pub(crate) fn table(workload: &Workload, rows: &[Row], cores: usize) -> String {
    let context = Context {
        workload,
        rows,
        cores: u32::try_from(cores).unwrap_or(u32::MAX),
    };
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(workload.columns.iter().map(|column| column.header().into()));
    for row in rows {
        let mut cells = vec![row.contestant.to_string()];
        cells.extend(workload.columns.iter().map(|column| {
            let value = context.value(*column, row);
            value.map_or_else(|| "–".into(), |value| column.format(value))
        }));
        lines.push(cells);
    }
    let Workload {
        name, items, param, ..
    } = workload;
    format!("### {name} ({items}, {param})\n\n{}", markdown(&lines))
}

impl Row {
    pub(crate) fn new(contestant: Contestant) -> Self {
        Self {
            contestant,
            samples: Vec::new(),
        }
    }

    /// `None` without samples.
    pub(crate) fn median(&self, value: impl Fn(&Sample) -> f64) -> Option<f64> {
        median(self.samples.iter().map(value))
    }
}

/// `None` without values.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = values[(values.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}

impl Column {
    fn header(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::PerIdeal => "÷ (sequential ÷ cores)",
            Self::PerRayon => "÷ rayon",
            Self::NsPerItem => "ns per item",
            Self::GibPerSecond => "GiB/s at the master",
            Self::Efficiency => "efficiency",
            Self::Burned => "CPU s burned per s of waiting and rank",
            Self::Wall => "ms from start to end",
            Self::BeyondSequential => "ms more than sequential",
        }
    }

    fn format(self, value: f64) -> String {
        match self {
            Self::Seconds => format!("{value:.4}"),
            Self::Burned | Self::PerIdeal | Self::PerRayon | Self::Efficiency => {
                format!("{value:.3}")
            }
            Self::GibPerSecond => format!("{value:.2}"),
            Self::NsPerItem | Self::Wall | Self::BeyondSequential => format!("{value:.1}"),
        }
    }
}

/// What values depend on beside their row.
struct Context<'a> {
    workload: &'a Workload,
    rows: &'a [Row],
    cores: u32,
}

impl Context<'_> {
    /// `None` where there is nothing to compare with.
    fn value(&self, column: Column, row: &Row) -> Option<f64> {
        let items = f64::from(self.workload.items);
        let param = f64::from(self.workload.param);
        let seconds = row.median(|sample| sample.seconds)?;
        Some(match column {
            Column::Seconds => seconds,
            Column::PerIdeal => {
                let cores = row.median(|sample| f64::from(sample.workers.min(self.cores)))?;
                seconds / (self.sequential(|sample| sample.seconds)? / cores)
            }
            Column::PerRayon => {
                let is_rayon = |row: &&Row| matches!(row.contestant, Contestant::Rayon(_));
                let rayon = self.rows.iter().find(is_rayon)?;
                seconds / rayon.median(|sample| sample.seconds)?
            }
            Column::NsPerItem => seconds * 1e9 / items,
            Column::GibPerSecond => {
                let bytes = items * param * 8.0;
                bytes / 1024_f64.powi(3) / seconds
            }
            Column::Efficiency => items * param * 1e-6 / ranks(row) / seconds,
            Column::Burned => {
                let work = self.sequential(|sample| sample.cpu)?;
                let burned = row.median(|sample| sample.cpu)? - work;
                burned / seconds / (ranks(row) - 1.0).max(1.0)
            }
            Column::Wall => row.median(|sample| sample.wall)? * 1e3,
            Column::BeyondSequential => {
                let sequential = self.sequential(|sample| sample.wall)?;
                (row.median(|sample| sample.wall)? - sequential) * 1e3
            }
        })
    }

    fn sequential(&self, value: impl Fn(&Sample) -> f64) -> Option<f64> {
        let is_sequential = |row: &&Row| row.contestant == Contestant::Sequential;
        self.rows.iter().find(is_sequential)?.median(value)
    }
}

fn ranks(row: &Row) -> f64 {
    match row.contestant {
        Contestant::Ranks(_, ranks) => f64::from(ranks),
        _ => 1.0,
    }
}

/// A table with its columns aligned; the first line is the head.
pub(crate) fn markdown(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, &width))| match column {
            0 => format!("| {cell:<width$} "),
            _ => format!("| {cell:>width$} "),
        });
        cells.collect::<String>() + "|\n"
    };
    let rule = |(column, width): (usize, &usize)| {
        let end = if column == 0 { '-' } else { ':' };
        format!("|{:-<1$}{end}", "", width + 1)
    };
    let rules: String = widths.iter().enumerate().map(rule).collect();
    let body: String = lines[1..].iter().map(|cells| line(cells)).collect();
    format!("{}{rules}|\n{body}", line(&lines[0]))
}
