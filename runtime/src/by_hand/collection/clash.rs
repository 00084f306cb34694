//! Finds values that were written to one place. Pure.

use std::collections::BTreeSet;

use super::DuplicateKey;

/// The first path of these that is also another's, or leads to another's. They are sorted, each
/// with the rank that wrote it; so what stands below a path follows it.
pub(super) fn find<'a, K: Ord + Clone + 'a>(
    paths: impl IntoIterator<Item = (&'a Vec<K>, usize)>,
) -> Option<DuplicateKey<K>> {
    let mut paths = paths.into_iter().peekable();
    let mut clash: Option<DuplicateKey<K>> = None;
    while let Some((path, rank)) = paths.next() {
        let mut ranks = BTreeSet::from([rank]);
        let mut below = None;
        let mut times = 1;
        while let Some((other, rank)) = paths.next_if(|(other, _)| other.starts_with(path)) {
            times += 1;
            ranks.insert(rank);
            if other != path {
                below.get_or_insert(other);
            }
        }
        match &mut clash {
            _ if times == 1 => {}
            Some(clash) => clash.others += 1,
            None => {
                clash = Some(DuplicateKey {
                    path: path.clone(),
                    below: below.cloned(),
                    ranks: ranks.into_iter().collect(),
                    others: 0,
                });
            }
        }
    }
    clash
}
