//! How many cells a grid of all ranks has along each dimension.
//!
//! Invariant: of all the ways to choose them, the largest and the smallest chosen number are as
//! near to each other as can be, and the larger ones come first.

/// The numbers of cells, with those that are 0 chosen such that the grid has `size` cells.
///
/// # Errors
/// Words that say why there is no such grid, and what to do.
pub(crate) fn dims(size: usize, wanted: &[usize]) -> Result<Vec<usize>, String> {
    let given = wanted.iter().filter(|&&extent| extent > 0);
    let given = given.fold(1_usize, |cells, &extent| cells.saturating_mul(extent));
    let open = wanted.iter().filter(|&&extent| extent == 0).count();
    if given > size {
        return Err(format!(
            "a grid of {wanted:?} has {given} cells or more, and there are {size} ranks\n\
             help: start more ranks, or write 0 for the numbers that may be chosen"
        ));
    }
    if open > 0 && !size.is_multiple_of(given) {
        return Err(format!(
            "no grid of {wanted:?} has {size} cells: {size} ranks can't be divided by {given}\n\
             help: give numbers whose product divides {size}, or all of them: ranks may be left over"
        ));
    }
    let mut chosen = balanced(size / given, open).into_iter();
    let choose = |&extent: &usize| match extent {
        0 => chosen.next().expect("one for each that is open"),
        given => given,
    };
    Ok(wanted.iter().map(choose).collect())
}

/// The most even way to write `size` as a product of `count` numbers, the larger ones first.
fn balanced(size: usize, count: usize) -> Vec<usize> {
    let mut search = Search {
        divisors: divisors(size),
        chosen: Vec::with_capacity(count),
        best: None,
    };
    search.choose(size, count);
    search.best.map(|(_, chosen)| chosen).unwrap_or_default()
}

struct Search {
    /// In increasing order.
    divisors: Vec<usize>,
    chosen: Vec<usize>,
    /// With the difference between its largest and its smallest number.
    best: Option<(usize, Vec<usize>)>,
}

impl Search {
    /// Tries all ways to go on with `count` numbers, none larger than the one before, whose
    /// product is `rest`.
    fn choose(&mut self, rest: usize, count: usize) {
        let Some(count) = count.checked_sub(1) else {
            self.compare();
            return;
        };
        let most = self.chosen.last().copied().unwrap_or(usize::MAX);
        for index in 0..self.divisors.len() {
            let extent = self.divisors[index];
            let later = u32::try_from(count).unwrap_or(u32::MAX);
            // What comes later is not larger, and must suffice for the rest.
            let suffices = extent.saturating_pow(later) >= rest / extent;
            if extent <= most && rest.is_multiple_of(extent) && suffices {
                self.chosen.push(extent);
                self.choose(rest / extent, count);
                self.chosen.pop();
            }
        }
    }

    fn compare(&mut self) {
        let (Some(largest), Some(smallest)) = (self.chosen.first(), self.chosen.last()) else {
            return;
        };
        let found = (largest - smallest, &self.chosen);
        if self
            .best
            .as_ref()
            .is_none_or(|(spread, best)| found < (*spread, best))
        {
            self.best = Some((found.0, self.chosen.clone()));
        }
    }
}

fn divisors(size: usize) -> Vec<usize> {
    let small = (1..).take_while(|&small| small <= size / small);
    let small: Vec<usize> = small.filter(|&small| size.is_multiple_of(small)).collect();
    let large = small.iter().rev().map(|&small| size / small);
    let mut all: Vec<usize> = small.iter().copied().chain(large).collect();
    all.dedup();
    all
}
