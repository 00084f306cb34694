//! What variables are made from.

use std::ops::Range;

/// What variables are made from: those numbered in the first range from what is mentioned in the
/// second.
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
