//! The mentions that variables are made from.

use std::ops::Range;

/// Variables, numbered in the first range, and the mentions that they are made from, in the second.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<(Range<usize>, Range<usize>)>);

impl Origins {
    /// The mentions that a variable was made from.
    pub(super) fn of(&self, variable: usize) -> impl Iterator<Item = Range<usize>> {
        let made = self.0.iter();
        let made = made.filter(move |(variables, _)| variables.contains(&variable));
        made.map(|(_, mentions)| mentions.clone())
    }

    pub(super) fn add(&mut self, variables: Range<usize>, mentions: Range<usize>) {
        self.0.push((variables, mentions));
    }
}
