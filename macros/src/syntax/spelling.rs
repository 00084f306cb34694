//! Methods that are no appends, but spelt nearly like one.

use super::methods::APPENDS;

/// `push` for `pusj`: the append that is nearest, by the letters to be changed, if any is near.
pub(crate) fn meant(method: &str) -> Option<&'static str> {
    let near = |append: &&'static str| {
        let changed = changed_letters(method, append);
        let few = (append.len() / 3).min(2);
        (1..=few).contains(&changed).then_some(changed)
    };
    let near = APPENDS
        .iter()
        .filter_map(|append| Some((near(append)?, *append)));
    near.min().map(|(_, append)| append)
}

/// Letters to be put in, left out, replaced, or exchanged with the next one.
fn changed_letters(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows = vec![(0..=to.len()).collect::<Vec<usize>>()];
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let is_other = usize::from(from[i - 1] != to[j - 1]);
            let mut least = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + is_other);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn slips_are_told_from_other_methods() {
        let slips = [
            "pusj",
            "psuh",
            "puhs",
            "pussh",
            "exend",
            "inser",
            "push_sr",
            "apend",
            "psuh_back",
        ];
        let meant_by: Vec<_> = slips.into_iter().map(meant).collect();
        let wanted = [
            "push",
            "push",
            "push",
            "push",
            "extend",
            "insert",
            "push_str",
            "append",
            "push_back",
        ];
        assert_eq!(meant_by, wanted.map(Some));
        let others = [
            "push",
            "insert",
            "pop",
            "first",
            "last",
            "len",
            "as_str",
            "insert_str",
            "push_front",
            "reserve",
            "sort",
            "hash",
            "extend_from_within",
            "append_all",
            "clear",
            "resize",
            "x",
            "",
        ];
        assert!(others.into_iter().all(|method| meant(method).is_none()));
    }
}
