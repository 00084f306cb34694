//! Iterators at whose other end somebody sends: a thread of the program, a child process. Where the
//! loop takes all items as it is written, they must never see it go before the last one.

use std::any::type_name;

/// Whether the items come from a channel or a pipe, by the names of the types that the iterator is made of.
pub(super) fn are_behind<I>() -> bool {
    const ENDS: [&str; 7] = [
        "mpsc::IntoIter<",
        "mpsc::Iter<",
        "channel::IntoIter<",
        "channel::Iter<",
        "flume::IntoIter<",
        "::ChildStdout",
        "::ChildStderr",
    ];
    let name = type_name::<I>();
    ENDS.iter().any(|end| name.contains(end))
}

#[cfg(test)]
mod tests {
    use super::are_behind;
    use std::io::{BufReader, Lines};
    use std::iter::{Enumerate, Map};
    use std::process::ChildStdout;
    use std::sync::mpsc;

    #[test]
    fn channels_and_pipes_are_known_inside_adapters() {
        assert!(are_behind::<mpsc::IntoIter<u8>>());
        assert!(are_behind::<
            Map<Enumerate<mpsc::IntoIter<String>>, fn((usize, String))>,
        >());
        assert!(are_behind::<Lines<BufReader<ChildStdout>>>());
        assert!(!are_behind::<std::vec::IntoIter<mpsc::Receiver<u8>>>());
        assert!(!are_behind::<std::ops::Range<u64>>());
    }
}
