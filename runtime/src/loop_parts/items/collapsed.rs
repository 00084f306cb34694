//! The items of two nested loops as those of one, in the same order: `for i in outer { for j in inner { .. } }`.
//!
//! Invariant: it yields as many items as `size_hint` says, since all rows are as long as the first one.

use super::RandomAccess;

/// See the module.
#[derive(Clone, Debug)]
pub struct Collapsed<O, I>
where
    O: Iterator<Item: Copy>,
{
    outer: O,
    /// A whole row, of so many items; none where the outer loop has no items.
    inner: Option<I>,
    width: usize,
    row: Option<(O::Item, I)>,
}

/// The items of one of the two loops, if they can be collapsed: a question of its own, asked where they are written.
pub fn even<I: IntoIterator<IntoIter: RandomAccess>>(items: I) -> I {
    items
}

/// The items of a loop over `outer` with one over `inner` in it, which is made once, and not if there are no rows.
///
/// # Panics
/// When they are too many to be counted.
pub fn collapsed<O, I>(outer: O, inner: impl FnOnce() -> I) -> Collapsed<O::IntoIter, I::IntoIter>
where
    O: IntoIterator<Item: Copy>,
    I: IntoIterator<IntoIter: Clone>,
{
    let outer = outer.into_iter();
    let height = length(&outer);
    let inner = (height != Some(0)).then(|| inner().into_iter());
    let width = inner.as_ref().map_or(Some(0), length);
    let total = height.zip(width).and_then(|(a, b)| a.checked_mul(b));
    assert!(total.is_some(), "{MANY}");
    Collapsed {
        outer,
        inner,
        width: width.unwrap_or(0),
        row: None,
    }
}

const MANY: &str = "the loops that are collapsed have more iterations than can be counted\n\
                    help: leave `collapse` out";

/// The length, if it can be told.
fn length(items: &impl Iterator) -> Option<usize> {
    let (least, most) = items.size_hint();
    most.filter(|most| *most == least)
}

impl<O, I> Collapsed<O, I>
where
    O: Iterator<Item: Copy>,
    I: Iterator,
{
    /// How many items the present row has left.
    fn left(&self) -> usize {
        self.row.as_ref().map_or(0, |(_, row)| row.size_hint().0)
    }
}

impl<O, I> Iterator for Collapsed<O, I>
where
    O: Iterator<Item: Copy>,
    I: Iterator + Clone,
{
    type Item = (O::Item, I::Item);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((item, row)) = &mut self.row
                && let Some(second) = row.next()
            {
                return Some((*item, second));
            }
            let item = self.outer.next()?;
            self.row = Some((item, self.inner.clone()?));
        }
    }

    fn nth(&mut self, skipped: usize) -> Option<Self::Item> {
        let left = self.left();
        if let Some((item, row)) = self.row.as_mut().filter(|_| skipped < left) {
            return row.nth(skipped).map(|second| (*item, second));
        }
        self.row = None;
        let rows = (skipped - left).checked_div(self.width);
        let item = self.outer.nth(rows.unwrap_or(usize::MAX))?;
        let mut row = self.inner.clone()?;
        let second = row.nth((skipped - left) % self.width)?;
        self.row = Some((item, row));
        Some((item, second))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.outer.size_hint().0 * self.width + self.left();
        (length, Some(length))
    }
}

impl<O, I> RandomAccess for Collapsed<O, I>
where
    O: RandomAccess<Item: Copy>,
    I: RandomAccess,
{
    // The length of a row is not visible in the first item.
    const ARITHMETIC: bool = false;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_those_of_the_nested_loops_however_they_are_asked_for(
            height in 0..5_usize,
            width in 0..5_i64,
            steps in proptest::collection::vec((any::<bool>(), 0..9_usize), 0..12),
        ) {
            let rows: Vec<usize> = (10..10 + height).collect();
            let pairs = rows.iter().flat_map(|row| (1..=width).rev().map(move |j| (row, j)));
            let mut expected = pairs.collect::<Vec<_>>().into_iter();
            let mut found = collapsed(&rows, || (1..=width).rev());
            for (skips, many) in steps {
                prop_assert_eq!(found.size_hint(), expected.size_hint());
                if skips {
                    prop_assert_eq!(found.nth(many), expected.nth(many));
                } else {
                    prop_assert_eq!(found.next(), expected.next());
                }
            }
            prop_assert_eq!(found.clone().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }

    #[test]
    fn rows_are_made_once_or_never() {
        let mut made = 0;
        let pairs = collapsed(0..3, || {
            made += 1;
            0..2
        });
        assert_eq!(pairs.count(), 6);
        assert_eq!(made, 1);
        let none: [u8; 0] = [];
        assert_eq!(
            collapsed(&none, || -> std::ops::Range<u8> { panic!("no rows") }).next(),
            None
        );
    }

    #[test]
    fn large_tables_are_skipped_at_once() {
        let mut pairs = collapsed(0..1_u64 << 31, || 0..1_u64 << 31);
        assert_eq!(pairs.nth((1 << 40) + 5), Some((1 << 9, 5)));
        assert_eq!(pairs.size_hint().0, (1 << 62) - (1 << 40) - 6);
    }

    #[test]
    #[should_panic(expected = "more iterations than can be counted")]
    fn what_can_not_be_counted_is_refused() {
        let _ = collapsed(0..u64::MAX, || 0..2_u8);
    }

    #[test]
    #[should_panic(expected = "more iterations than can be counted")]
    fn a_row_that_can_not_be_counted_is_refused() {
        let _ = collapsed(0..1, || 0..=u64::MAX);
    }
}
