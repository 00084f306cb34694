//! Properties of parts: absorbed in any division they give what the sequential loop gives, and
//! rewinding undoes an iteration.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use proptest::prelude::*;

use super::updates::Updates;
use super::windows::Windows;
use super::{Absorb, Filled, Output, Rewind, part, part_until, sum, updates};
use crate::base::faithful::is_plain;

/// Equal by its first number only.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
struct Key(u8, u32);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

/// One iteration's calls.
macro_rules! grow {
    ($map:ident, $set:ident, $step:ident) => {{
        let (kind, key, number) = $step;
        let pairs = [
            (Key(key, number), number),
            (Key(key / 2, number), number + 1),
        ];
        match kind % 3 {
            0 => {
                $map.insert(pairs[0].0, number);
                $set.insert(pairs[0].0);
            }
            1 => {
                $map.extend(pairs);
                $set.extend(pairs.map(|pair| pair.0));
            }
            _ => {
                $map.append(&mut BTreeMap::from(pairs));
                $set.append(&mut BTreeSet::from(pairs.map(|pair| pair.0)));
            }
        }
    }};
}

proptest! {
    #[test]
    fn sorted_collections_are_exactly_sequential(
        steps in proptest::collection::vec((any::<u8>(), 0..6_u8, any::<u16>()), 0..60),
        chunk in 1..9_usize,
        undone in any::<prop::sample::Index>(),
    ) {
        let steps: Vec<(u8, u8, u32)> = steps.into_iter().map(|(a, b, c)| (a, b, c.into())).collect();
        let (mut map, mut set) = (BTreeMap::new(), BTreeSet::new());
        for step in steps.iter().copied() {
            grow!(map, set, step);
        }
        let mut outputs = (BTreeMap::new(), BTreeSet::new());
        for chunk in steps.chunks(chunk) {
            let mut part = <(BTreeMap<Key, u32>, BTreeSet<Key>) as Absorb>::Part::default();
            let undone = undone.index(chunk.len());
            for (position, step) in chunk.iter().copied().enumerate() {
                if position == undone {
                    let mark = part.mark();
                    let (log, keys) = &mut part;
                    grow!(log, keys, step);
                    grow!(log, keys, step);
                    part.rewind(mark);
                }
                let (log, keys) = &mut part;
                grow!(log, keys, step);
            }
            outputs.absorb(&mut part);
        }
        let plain = |map: BTreeMap<Key, u32>| map.into_iter().map(|(key, value)| (key.0, key.1, value)).collect::<Vec<_>>();
        let keys = |set: BTreeSet<Key>| set.into_iter().map(|key| (key.0, key.1)).collect::<Vec<_>>();
        prop_assert_eq!(plain(outputs.0), plain(map));
        prop_assert_eq!(keys(outputs.1), keys(set));
    }

    #[test]
    fn of_several_updates_of_a_place_the_last_one_stays(
        steps in proptest::collection::vec((0..9_usize, 0..4_usize, any::<u32>()), 0..60),
        chunk in 1..9_usize,
        marked: bool,
        undone in any::<prop::sample::Index>(),
    ) {
        let mut expected = [0; 12];
        let mut array = [0; 12];
        let mut collected = updates(&array);
        for chunk in steps.chunks(chunk) {
            let mut part = <Updates<u32> as Absorb>::Part::default();
            let undone = undone.index(chunk.len());
            for (position, (start, length, value)) in chunk.iter().copied().enumerate() {
                if marked {
                    part.mark();
                    if position == undone {
                        for index in start.saturating_sub(1)..start + 2 {
                            part.put(index, 1);
                        }
                        part.rewind(());
                    }
                }
                for index in start..start + length {
                    part.put(index, 0);
                    part.put(index, value);
                }
                expected[start..start + length].fill(value);
            }
            collected.absorb(&mut part);
        }
        collected.store(&mut array);
        prop_assert_eq!(array, expected);
    }

    #[test]
    fn sequences_forget_what_came_after_a_mark(kept: String, lost: String) {
        let mut part = (kept.clone(), kept.chars().collect::<Vec<_>>());
        let mark = part.mark();
        part.0.push_str(&lost);
        part.1.extend(lost.chars());
        part.rewind(mark);
        prop_assert_eq!(part, (kept.clone(), kept.chars().collect()));
    }
}

#[test]
fn what_the_last_iteration_wrote_counts_only_if_it_ended() {
    let written = || vec![1, 2, 3];
    assert_eq!(part_until(written(), 1).part(), written());
    let rewound = |mut filled: Filled<_>| {
        filled.rewind();
        filled.part()
    };
    assert_eq!(rewound(part_until(written(), 1)), [1]);
    assert_eq!(rewound(part(written())), written());
}

#[test]
fn parts_of_plain_elements_are_plain() {
    type PartOf<O> = <O as Absorb>::Part;
    assert!(is_plain::<PartOf<Windows<'_, f64>>>());
    assert!(is_plain::<PartOf<(Updates<String>, HashMap<u8, Vec<u64>>)>>());
    assert!(is_plain::<PartOf<(BTreeSet<u8>, BinaryHeap<(u8, char)>)>>());
    assert!(!is_plain::<PartOf<Windows<'_, std::path::PathBuf>>>());
    let mut total = 0.0;
    assert!(is_plain_part(&sum(&mut total)));
}

fn is_plain_part<O: Output>(_: &O) -> bool {
    is_plain::<O::Part>()
}
