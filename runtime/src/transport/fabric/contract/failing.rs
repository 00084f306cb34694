//! What a fabric must do where nothing works any more. It can't go on afterwards, so each of these
//! is a job of its own, under a library that can fail.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::meet;
use crate::base::rank::MASTER;
use crate::transport::fabric::{FRAME, Fabric, LentBytes, Tag};

/// The first error stays, and after it nothing is done, and nothing waits. Ends with exit code 7,
/// and with the error's words on stderr.
pub(super) fn keeps_the_first_failure(fabric: &dyn Fabric) -> ! {
    meet(fabric);
    assert_eq!(fabric.failure(), None);
    fabric.send(fabric.size(), Tag::Post, vec![1].into());
    let words = fabric.failure().expect("there is no such rank");
    let other = (fabric.rank() + 1) % fabric.size();
    let bytes = vec![1; FRAME];
    let frame = LentBytes {
        to: other,
        tag: Tag::Post,
        bytes: &bytes,
    };
    fabric.lend(&[frame], &mut |_| unreachable!("nothing is under way"));
    fabric.send(other, Tag::Post, bytes.into());
    fabric.send(fabric.size() + 1, Tag::Post, vec![].into());
    for _ in 0..1_000 {
        assert_eq!(fabric.receive(None, Tag::Post), None);
        assert_eq!(fabric.receive_into(other, Tag::Post, &mut []), None);
        assert!(fabric.is_flushed());
    }
    assert_eq!(fabric.failure(), Some(words));
    std::process::exit(7)
}

/// Memory that the library still reads is not given back: the job ends with exit code 101.
pub(super) fn ends_with_what_it_cannot_give_back(fabric: &dyn Fabric) -> ! {
    meet(fabric);
    if fabric.rank() == MASTER {
        let unwound = catch_unwind(AssertUnwindSafe(|| {
            let bytes = vec![1; FRAME];
            let frame = LentBytes {
                to: MASTER + 1,
                tag: Tag::Post,
                bytes: &bytes,
            };
            fabric.lend(&[frame], &mut |_| resume_unwind(Box::new(())));
        }));
        println!("the memory was given back: {unwound:?}");
        std::process::exit(3);
    }
    loop {
        assert_eq!(fabric.receive(None, Tag::Value), None, "nobody sends");
        std::thread::yield_now();
    }
}
