//! The functions without a loop: values from the master to all, and from all to the master.

use parallel_for::{barrier, broadcast, flatten, gather, is_master, on_master, rank, size};

pub(crate) fn main() {
    assert!(rank() < size());
    assert_eq!(is_master(), rank() == 0);
    assert!(parallel_for::threads() >= 1);
    assert!(!parallel_for::processor_name().is_empty());

    let secret = on_master(|| format!("from rank {}", rank()));
    assert_eq!(secret, "from rank 0"); // On every rank.

    let list = broadcast(is_master().then(|| vec![Some(1.5), None, Some(-0.0)]));
    assert_eq!(list.len(), 3);
    barrier();

    let big = broadcast(is_master().then(|| vec![7_u8; 1 << 20]));
    assert_eq!(big.len(), 1 << 20);

    let ranks = gather(rank());
    assert_eq!(ranks.is_some(), is_master());
    if let Some(ranks) = ranks {
        assert!(ranks.iter().copied().eq(0..size()));
    }
    barrier();

    let own = vec![rank(); 2];
    if let Some(all) = gather(own) {
        assert_eq!(all.len(), size());
        assert_eq!(flatten(all).len(), 2 * size());
        println!("{secret} {list:?}");
    }
}
