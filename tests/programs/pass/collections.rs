//! All kinds of collections that can be outputs.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut vec = Vec::with_capacity(100);
    let mut deque = VecDeque::new();
    let mut string = String::new();
    let mut hash_map = HashMap::new();
    let mut tree_map = BTreeMap::new();
    let mut hash_set = HashSet::new();
    let mut tree_set = BTreeSet::new();
    let mut heap = BinaryHeap::new();
    for n in 0..100_i32 {
        let residue = n * n % 17;
        vec.push(residue);
        deque.push_back(residue);
        string.push(char::from(b'a' + u8::try_from(residue).unwrap()));
        hash_map.insert(residue, n);
        tree_map.insert(residue, n);
        hash_set.insert(residue);
        tree_set.insert(residue);
        heap.push(residue);
    }
    assert_eq!(hash_map.len(), tree_map.len());
    assert!(hash_map.iter().all(|(key, value)| tree_map[key] == *value));
    assert_eq!(tree_set.len(), hash_set.len());
    assert!(hash_set.iter().all(|n| tree_set.contains(n)));
    println!("{vec:?}\n{deque:?}\n{string}\n{tree_map:?}\n{tree_set:?}");
    println!("{:?}", heap.into_sorted_vec());
}
