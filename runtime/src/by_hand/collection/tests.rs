//! Collections on ranks that are threads of this process.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Key, NestedMap, Tree, Unordered, clash};
use crate::by_hand::communicator::root::barrier;
use crate::by_hand::map::map;
use crate::by_hand::ranks::{is_master, rank};
use crate::by_hand::split::split_managed;
use crate::distribute::tests::on_ranks;

#[test]
fn what_all_ranks_wrote_is_on_the_master() {
    for ranks in [1, 2, 3, 8] {
        let results = on_ranks(ranks, 1, 3, || {
            let mut map: NestedMap<Key, u64> = NestedMap::new();
            for n in split_managed(0..50_u64) {
                map.at("square").at(n).insert(n * n).unwrap();
                map.insert([Key::from(n % 5), "parity".into(), n.into()], n % 2)
                    .unwrap();
            }
            map.gather().unwrap()
        });
        assert!(results[1..].iter().all(Option::is_none));
        let tree = results[0].as_ref().unwrap();
        assert_eq!((tree.len(), tree.branches().unwrap().len()), (100, 6));
        for n in 0..50 {
            assert_eq!(tree["square"][n].value(), Some(&(n * n)));
            assert_eq!(tree[n % 5]["parity"][n].clone().into_value(), Some(n % 2));
        }
        assert!(tree.get("square").unwrap().get(50).is_none());
    }
}

#[test]
fn a_key_of_two_ranks_is_an_error_on_all() {
    let results = on_ranks(4, 1, 3, || {
        let mut map: NestedMap<String, usize> = NestedMap::new();
        map.insert(["own".to_owned(), rank().to_string()], 0)
            .unwrap();
        if rank() % 2 == 1 {
            map.insert(["both", "of them"], rank()).unwrap();
            map.insert(["z"], rank()).unwrap();
        }
        let clash = map.gather().unwrap_err();
        barrier();
        clash
    });
    for clash in results {
        assert_eq!((clash.ranks.clone(), clash.others), (vec![1, 3], 1));
        let text = clash.to_string();
        assert!(
            text.starts_with(
                "the key [\"both\"][\"of them\"] was written more than once, by ranks 1 and 3; so was another key\nhelp: "
            ),
            "{text}"
        );
        assert_eq!(format!("{clash:?}"), text);
    }
}

#[test]
fn a_value_below_another_of_any_rank_is_an_error_on_all() {
    let results = on_ranks(3, 1, 3, || {
        let mut map: NestedMap<String, usize> = NestedMap::new();
        match rank() {
            0 => map.insert(["a", "b", "c"], 0).unwrap(),
            1 => map.insert(["a"], 1).unwrap(),
            _ => map.insert(["b"], 1).unwrap(),
        }
        map.gather().unwrap_err().to_string()
    });
    let words = "the key [\"a\"] was written as a value, and [\"a\"][\"b\"][\"c\"] below it, by ranks 0 and 1\n";
    assert!(
        results.iter().all(|text| text.starts_with(words)),
        "{results:?}"
    );
}

#[test]
fn a_rank_hears_at_once_of_its_own_mistakes() {
    let results = on_ranks(2, 1, 3, || {
        let mut map: NestedMap<Key, u8> = NestedMap::new();
        let mut own = map.at(rank());
        own.at(1).insert(1).unwrap();
        let clash = own.insert(2).unwrap_err();
        assert_eq!(clash.path, [rank().into()]);
        assert_eq!(clash.below, Some(vec![rank().into(), 1.into()]));
        assert_eq!(clash.ranks, [rank()]);
        assert!(own.at(1).insert(2).is_err());
        assert!(own.at(1).at("x").insert(2).is_err());
        let clash = map.insert([0; 0], 2).unwrap_err();
        let words = "the key [] (the whole map) was written as a value, and ";
        assert!(clash.to_string().starts_with(words), "{clash}");
        map.at(rank()).at(2).insert(2).unwrap();
        map.gather().unwrap().map_or(0, |tree| tree.len())
    });
    assert_eq!(results, [4, 0]);
}

#[test]
fn nothing_and_a_single_value_are_trees_too() {
    on_ranks(2, 1, 3, || {
        let nothing: NestedMap<String, u8> = NestedMap::new();
        let tree = nothing.gather().unwrap();
        assert_eq!(tree, is_master().then(Tree::default));
        assert!(tree.is_none_or(|tree| tree.is_empty()));

        let mut one: NestedMap<String, u8> = NestedMap::new();
        if !is_master() {
            one.insert([""; 0], 7).unwrap();
        }
        assert_eq!(one.gather().unwrap(), is_master().then_some(Tree::Leaf(7)));
    });
}

#[test]
fn in_a_body_a_collection_is_that_of_the_iteration() {
    let results = on_ranks(2, 2, 3, || {
        map(0..10_u64, |n| {
            let mut list = Unordered::default();
            list.extend(0..n);
            let mut nested: NestedMap<u64, u64> = NestedMap::default();
            nested.at(n).insert(n).unwrap();
            let tree = nested.gather().unwrap().unwrap();
            list.gather().unwrap().len() as u64 + tree[n].value().unwrap()
        })
    });
    assert!(
        results
            .iter()
            .all(|sums| sums.iter().eq(&[0, 2, 4, 6, 8, 10, 12, 14, 16, 18]))
    );
}

#[test]
fn an_unordered_list_has_everything() {
    for ranks in [1, 2, 5] {
        let results = on_ranks(ranks, 1, 3, || {
            let mut list = Unordered::new();
            for n in split_managed(0..100_u64) {
                if n % 3 == 0 {
                    list.push(n);
                } else {
                    list.extend([n]);
                }
            }
            list.gather()
        });
        let mut values = results[0].clone().unwrap();
        values.sort_unstable();
        assert_eq!(values, (0..100).collect::<Vec<_>>());
        assert!(results[1..].iter().all(Option::is_none));
    }
}

proptest! {
    /// Against every pair of paths.
    #[test]
    fn clashes_are_found(
        mut paths in proptest::collection::vec((proptest::collection::vec(0..3_u8, 0..4), 0..5_usize), 0..8),
    ) {
        paths.sort();
        let pairs = || paths.iter().enumerate().flat_map(|(i, a)| paths[i + 1..].iter().map(move |b| (a, b)));
        let first = pairs().find(|((a, _), (b, _))| b.starts_with(a)).map(|((a, _), _)| a.clone());
        let found = clash::find(paths.iter().map(|(path, rank)| (path, *rank)));
        prop_assert_eq!(found.as_ref().map(|clash| clash.path.clone()), first);

        let mut map: NestedMap<u8, usize> = NestedMap::new();
        let inserted = paths.iter().all(|(path, value)| map.insert(path.clone(), *value).is_ok());
        prop_assert_eq!(inserted, found.is_none());
        let values: BTreeMap<Vec<u8>, usize> = std::mem::take(&mut map.values);
        let tree = Tree::of(values.clone());
        prop_assert_eq!(tree.len(), values.len());
        let listed = tree.iter().map(|(path, value)| (path.into_iter().copied().collect(), *value));
        prop_assert!(listed.eq(values));
    }
}
