//! What counts in a fingerprint, and what does not.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::*;

#[test]
fn lists_count_in_order_maps_in_any() {
    assert_ne!(Fingerprint::of(&[1.5, 2.5]), Fingerprint::of(&[2.5, 1.5]));
    let entries: Vec<(String, i32)> = (0..50).map(|i| (format!("key {i}"), i)).collect();
    let forwards: HashMap<_, _> = entries.iter().cloned().collect();
    let backwards: HashMap<_, _> = entries.iter().rev().cloned().collect();
    let sorted: BTreeMap<_, _> = entries.into_iter().collect();
    assert_eq!(Fingerprint::of(&forwards), Fingerprint::of(&backwards));
    assert_eq!(Fingerprint::of(&forwards), Fingerprint::of(&sorted));
}

#[test]
fn copies_of_sets_are_the_same_in_any_order_only() {
    let (forwards, backwards) = (
        [[1, 2], [3, 4]].map(Vec::from),
        [[4, 3], [2, 1]].map(Vec::from),
    );
    let [forwards, backwards] = [Vec::from(forwards), Vec::from(backwards)];
    assert_ne!(Fingerprint::of(&forwards), Fingerprint::of(&backwards));
    assert_eq!(
        Fingerprint::of_any_order(&forwards),
        Fingerprint::of_any_order(&backwards)
    );
    assert_ne!(
        Fingerprint::of_any_order(&Some(())),
        Fingerprint::of_any_order(&None::<()>)
    );
}

#[test]
fn where_one_value_ends_and_the_next_begins_counts() {
    assert_ne!(Fingerprint::of(&["ab", "c"]), Fingerprint::of(&["a", "bc"]));
    assert_ne!(
        Fingerprint::of(&(None::<u8>, Some(1_u8))),
        Fingerprint::of(&(Some(1_u8), None::<u8>))
    );
}

#[test]
fn hash_sets_count_in_any_order_and_lists_beside_them_do_not() {
    let set = || (0..50).collect::<HashSet<u32>>();
    assert_eq!(Fingerprint::of(&set()), Fingerprint::of(&set()));
    let sets = |first| (first, vec![set(), HashSet::from([1])], Some(set()));
    assert_eq!(
        Fingerprint::of(&sets([1, 2])),
        Fingerprint::of(&sets([1, 2]))
    );
    assert_ne!(
        Fingerprint::of(&sets([1, 2])),
        Fingerprint::of(&sets([2, 1]))
    );
    let turned = [HashSet::from([1]), set()];
    assert_ne!(
        Fingerprint::of(&[set(), HashSet::from([1])].to_vec()),
        Fingerprint::of(&turned.to_vec())
    );
    let all: Vec<u32> = set().into_iter().collect();
    let other: Vec<u32> = set().into_iter().collect();
    assert_ne!(Fingerprint::of(&all), Fingerprint::of(&other));
}

#[test]
fn iterators_over_hash_tables_have_their_order() {
    for name in [
        "&std::collections::hash::set::HashSet<alloc::vec::Vec<u8>>",
        "core::iter::adapters::map::Map<std::collections::hash::map::Keys<u8, u8>, main::{{closure}}>",
        "hashbrown::set::Iter<u8>",
    ] {
        assert!(has_hash_order(name), "{name}");
    }
    for name in [
        "&alloc::vec::Vec<std::collections::hash::set::HashSet<u8>>",
        "core::iter::adapters::map::Map<core::slice::iter::Iter<std::collections::hash::set::HashSet<u8>>, F>",
        "&alloc::collections::btree::set::BTreeSet<u8>",
    ] {
        assert!(!has_hash_order(name), "{name}");
    }
}

#[test]
fn elements_are_fixed_where_each_has_the_same_plain_values() {
    use std::net::Ipv4Addr;

    #[derive(serde::Serialize)]
    struct Empty {}
    fn fixed<T: Serialize>(value: T) -> bool {
        Fingerprint::has_fixed_elements(&Vec::from([value]))
    }
    assert!(fixed(1_u8) && fixed("text") && fixed((1.5, [2_u64; 3], ('a', true))));
    assert!(!fixed(Some(1_u8)) && !fixed(None::<u8>) && !fixed(Ok::<u8, u8>(1)));
    assert!(!fixed(vec![1_u8]) && !fixed(Vec::<u8>::new()));
    assert!(!fixed(HashSet::from([1])) && !fixed(BTreeMap::from([(1, 2)])));
    assert!(!fixed(()) && !fixed(Empty {}) && !fixed([0_u8; 0]));
    // Four numbers where nobody is to read it.
    assert!(fixed(Ipv4Addr::LOCALHOST) && !fixed(std::net::IpAddr::from(Ipv4Addr::LOCALHOST)));
}
