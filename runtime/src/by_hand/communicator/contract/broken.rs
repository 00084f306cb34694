//! Every call where the message-passing library has failed: an error, and no wait.

use crate::base::error::{Error, ErrorKind};
use crate::base::rank::Rank;
use crate::base::shared::SharedBytes;
use crate::by_hand::communicator::{ANY, world};
use crate::process::world::enter;
use crate::transport::fabric::{Envelope, Fabric, LentBytes, Tag};

/// Rank 0 of 2 behind a library that does nothing any more.
#[derive(Debug)]
struct Broken;

const WORDS: &str = "MPI_Isend failed: no route to rank 1 (error class 16)";

impl Fabric for Broken {
    fn rank(&self) -> Rank {
        0
    }

    fn size(&self) -> usize {
        2
    }

    fn processor_name(&self) -> String {
        "node-a".to_owned()
    }

    fn send(&self, _to: Rank, _tag: Tag, _bytes: SharedBytes) {}

    fn lend(&self, _frames: &[LentBytes<'_>], _meanwhile: &mut dyn FnMut(&[bool])) {}

    fn receive(&self, _source: Option<Rank>, _tag: Tag) -> Option<Envelope> {
        None
    }

    fn receive_into(&self, _source: Rank, _tag: Tag, _buffer: &mut [u8]) -> Option<usize> {
        None
    }

    fn is_flushed(&self) -> bool {
        true
    }

    fn failure(&self) -> Option<String> {
        Some(WORDS.to_owned())
    }

    fn abort(&self, code: i32) -> ! {
        panic!("aborted with {code}")
    }

    fn finalize(&self) {}
}

#[test]
fn a_failure_of_the_library_is_a_value() {
    let calls: [fn() -> Result<(), Error>; 11] = [
        || world().send(1, &1),
        || world().send_slice(1, &[1]),
        || world().receive(1),
        || world().receive_slice::<u8>(ANY).map(drop),
        || world().probe(1).map(drop),
        || world().barrier(),
        || world().broadcast(0, Some(1)).map(drop),
        || world().gather(0, 1).map(drop),
        || {
            world()
                .all_reduce_slice(&vec![1; 5_000], i32::max)
                .map(drop)
        },
        || world().split(0, 0).map(drop),
        || world().cartesian(&[0], &[true]).map(drop),
    ];
    std::thread::spawn(move || {
        enter(Box::new(Broken), 1);
        for call in calls {
            let error = call().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Library);
            assert!(error.to_string().contains(WORDS), "{error}");
        }
    })
    .join()
    .expect("every call returns");
}
