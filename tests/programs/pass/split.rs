//! The splits by hand: every item is some rank's, exactly once.

use parallel_for::{flatten, gather, rank, size, split_managed, split_round_robin};

pub(crate) fn main() {
    let mut mine = Vec::new();
    for i in split_round_robin(0..50) {
        assert_eq!(i % size(), rank());
        mine.push(i);
    }
    let mut managed = Vec::new();
    for word in split_managed((0..60).map(|n| format!("w{n:02}"))) {
        managed.push(word);
    }
    let nothing = split_managed(0..0).count() + split_round_robin(0..0).count();
    assert_eq!(nothing, 0);
    let gathered = (gather(mine), gather(managed));
    if let (Some(mine), Some(managed)) = gathered {
        let (mut mine, mut managed) = (flatten(mine), flatten(managed));
        mine.sort_unstable();
        managed.sort_unstable();
        println!("{mine:?}\n{managed:?}");
    }
}
