//! Collections that every rank writes to and the master reads.

use parallel_for::collection::{DuplicateKey, Key, NestedMap, Unordered};
use parallel_for::{gather, is_master, split_managed, split_round_robin};

pub(crate) fn main() -> Result<(), DuplicateKey<Key>> {
    let mut scores: NestedMap<Key, f64> = NestedMap::new();
    let mut names = Unordered::new();
    for n in split_managed(0..40_u32) {
        let mut entry = scores.at(if n % 2 == 0 { "even" } else { "odd" });
        entry.at(n).at("half").insert(f64::from(n) / 2.0)?;
        entry.at(n).at("double").insert(f64::from(n) * 2.0)?;
        names.push(format!("n{n}"));
    }
    if let Some(scores) = scores.gather()? {
        assert_eq!(scores["odd"][7]["double"].value(), Some(&14.0));
        for (path, value) in &scores {
            println!("{path:?} = {value}");
        }
    }
    if let Some(mut names) = names.gather() {
        names.sort();
        println!("{names:?}");
    }

    // Several items write to one key, on one rank or on several.
    let mut remainders: NestedMap<Key, u32> = NestedMap::new();
    let mut refused = 0;
    for n in split_round_robin(0..6_u32) {
        if remainders.at("remainder").at(n % 5).insert(n).is_err() {
            refused += 1;
        }
    }
    // One rank has heard of it at once, or all hear of it now.
    let refused = gather(refused);
    match remainders.gather() {
        Ok(_) => assert!(refused.is_none_or(|refused| refused.iter().sum::<u32>() == 1)),
        Err(clash) => {
            assert_eq!(clash.path, ["remainder".into(), 0.into()]);
            assert_eq!((clash.ranks.len(), clash.others), (2, 0));
        }
    }
    if is_master() {
        println!("the ranks are together");
    }
    Ok(())
}
