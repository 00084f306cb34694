//! Journals on stores that fail: whatever is left of one, what is read was written, and nothing is missing before it.

use std::io::{self, Cursor};
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;

use super::known::KnownLoop;
use super::reached::Reached;
use super::record::{Head, PartsHead, Record};
use super::recorder::Recorder;
use super::recovery::{Recovered, Unreadable, recover};
use super::store::Store;
use super::{frame, program::Program};
use crate::base::shared::SharedBytes;
use crate::loop_parts::gather::Form;
use crate::loop_parts::identity::{LoopIdentity, Written};

/// Memory that is a file to a recorder, and stays when that is gone.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<Contents>>);

#[derive(Debug, Default)]
struct Contents {
    bytes: Vec<u8>,
    /// So many of them are on the disk.
    synced: usize,
    /// After each piece that was added: how many bytes there were, and how many of them on the disk.
    moments: Vec<(usize, usize)>,
    /// There is room for so many, if that is limited.
    room: Option<usize>,
}

impl Store for Memory {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut contents = self.0.lock().unwrap();
        let room = contents.room.unwrap_or(usize::MAX) - contents.bytes.len();
        let fits = bytes.len().min(room);
        contents.bytes.extend(&bytes[..fits]);
        let moment = (contents.bytes.len(), contents.synced);
        contents.moments.push(moment);
        if fits < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut contents = self.0.lock().unwrap();
        contents.synced = contents.bytes.len();
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let length = usize::try_from(length).unwrap();
        self.0.lock().unwrap().bytes.truncate(length);
        Ok(())
    }
}

/// What a recorder is told to do.
#[derive(Clone, Debug)]
enum Step {
    Keep { number: u64, bytes: Vec<u8> },
    End { number: u64 },
    Sync,
}

fn reached(number: u64) -> Reached {
    Reached {
        number,
        site: format!("src/main.rs:{number}"),
        identity: LoopIdentity::of::<u8, u8, fn()>(Written::new(0, number)),
        first: 0,
        length: None,
        fingerprint: 7,
        captures: Some(Vec::new()),
        sees_items: true,
    }
}

fn program() -> Program {
    Program::this("0", vec!["10".to_owned()])
}

/// The chunk of the n-th parts of a loop.
fn chunk(index: usize) -> Range<u64> {
    let start = index as u64 * 10;
    start..start + 10
}

/// Takes these steps; what was kept of each loop, and the digest of each.
fn record(memory: &Memory, steps: &[Step]) -> Vec<Vec<Vec<u8>>> {
    let store = Box::new(memory.clone());
    let never = Duration::from_secs(3600);
    let recorder = Recorder::new(store, 0, never, "broken".to_owned()).unwrap();
    recorder.push(Record::of(&Head::Program(program())));
    recorder.sync();
    let mut kept: Vec<Vec<Vec<u8>>> = vec![Vec::new(); 4];
    for step in steps {
        match step {
            Step::Keep { number, bytes } => {
                let known = &mut kept[usize::try_from(*number).unwrap()];
                if known.is_empty() {
                    recorder.push(Record::of(&Head::Reached(reached(*number))));
                }
                let (one, other) = bytes.split_at(bytes.len() / 2);
                let blocks = vec![SharedBytes::copied(one), SharedBytes::copied(other)];
                let head = Head::Parts(PartsHead {
                    number: *number,
                    chunks: vec![chunk(known.len())],
                    digest: known.len() as u64,
                    form: Form::Raw,
                    blocks: blocks.iter().map(|block| block.len() as u64).collect(),
                });
                recorder.push(Record::with(&head, blocks));
                known.push(bytes.clone());
            }
            Step::End { number } => recorder.push(Record::of(&Head::Ended { number: *number })),
            Step::Sync => recorder.sync(),
        }
    }
    kept
}

fn read(bytes: &[u8]) -> Result<Recovered, Unreadable> {
    recover(&mut Cursor::new(bytes))
}

/// The bytes of the parts of a loop, in the order in which they were kept.
fn contents(known: &KnownLoop, bytes: &[u8]) -> Vec<Vec<u8>> {
    let parts = known.parts.values().enumerate();
    let contents = parts.map(|(index, parts)| {
        assert_eq!(parts.chunks, [chunk(index)]);
        assert_eq!(parts.digest, index as u64);
        let at = usize::try_from(parts.header.payload() + parts.head()).unwrap();
        let length: u64 = parts.blocks.iter().sum();
        bytes[at..at + usize::try_from(length).unwrap()].to_vec()
    });
    contents.collect()
}

/// Whether what was recovered is the beginning of what was kept of each loop; how many parts are missing.
fn is_beginning(recovered: &Recovered, bytes: &[u8], kept: &[Vec<Vec<u8>>]) -> usize {
    let mut missing = 0;
    for (number, kept) in kept.iter().enumerate() {
        let known = recovered.loops.get(&(number as u64));
        let found = known
            .map(|known| contents(known, bytes))
            .unwrap_or_default();
        assert_eq!(found, kept[..found.len()], "loop {number}");
        missing += kept.len() - found.len();
    }
    missing
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let bytes = proptest::collection::vec(any::<u8>(), 0..1500);
    let step = prop_oneof![
        6 => (0..4_u64, bytes).prop_map(|(number, bytes)| Step::Keep { number, bytes }),
        1 => (0..4_u64).prop_map(|number| Step::End { number }),
        1 => Just(Step::Sync),
    ];
    proptest::collection::vec(step, 0..20)
}

/// What a crash leaves of so many bytes: blocks that were not on the disk are there or not, in any combination.
fn crashed(bytes: &[u8], synced: usize, lost: &[bool]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let mut bytes = bytes.to_vec();
    for (index, sector) in bytes[synced..].chunks_mut(SECTOR).enumerate() {
        if lost[index % lost.len()] {
            sector.fill(0);
        }
    }
    bytes
}

/// How many parts there are in all.
fn count(recovered: &Recovered) -> usize {
    recovered
        .loops
        .values()
        .map(|known| known.parts.len())
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_crash_loses_nothing_that_was_on_the_disk(
        steps in steps(),
        moment: proptest::sample::Index,
        lost in proptest::collection::vec(any::<bool>(), 1..20),
    ) {
        let memory = Memory::default();
        let kept = record(&memory, &steps);
        let contents = memory.0.lock().unwrap();
        // A job begins once its first record is on the disk.
        let begun: Vec<_> = contents.moments.iter().filter(|(_, synced)| *synced > 0).collect();
        let &&(length, synced) = moment.get(&begun);
        let durable = read(&contents.bytes[..synced]).unwrap();
        let bytes = crashed(&contents.bytes[..length], synced, &lost);
        let recovered = read(&bytes).unwrap();
        is_beginning(&recovered, &bytes, &kept);
        prop_assert_eq!(durable.torn, 0);
        prop_assert!(recovered.end >= durable.end && count(&recovered) >= count(&durable));
    }

    #[test]
    fn a_full_disk_leaves_a_whole_journal(steps in steps(), room in 0..20_000_usize) {
        let memory = Memory::default();
        memory.0.lock().unwrap().room = Some(room);
        let kept = record(&memory, &steps);
        let bytes = memory.0.lock().unwrap().bytes.clone();
        let recovered = read(&bytes).unwrap();
        is_beginning(&recovered, &bytes, &kept);
    }
}

/// A small journal, what was kept in it, and where its last mark lies.
fn small() -> (Vec<u8>, Vec<Vec<Vec<u8>>>) {
    let memory = Memory::default();
    let keep = |number, byte| Step::Keep {
        number,
        bytes: vec![byte; 20],
    };
    let steps = [
        keep(0, 1),
        keep(0, 2),
        Step::Sync,
        Step::End { number: 0 },
        keep(1, 3),
        keep(1, 4),
    ];
    let kept = record(&memory, &steps);
    let bytes = memory.0.lock().unwrap().bytes.clone();
    (bytes, kept)
}

#[test]
fn a_journal_that_is_cut_anywhere_has_what_came_before() {
    let (bytes, kept) = small();
    for length in 0..bytes.len() {
        let cut = &bytes[..length];
        let recovered = read(cut).unwrap();
        is_beginning(&recovered, cut, &kept);
        assert_eq!(recovered.end + recovered.torn, length as u64);
    }
    let recovered = read(&bytes).unwrap();
    assert_eq!(is_beginning(&recovered, &bytes, &kept), 0);
    assert_eq!(recovered.program, Some(program()));
    assert!(recovered.loops[&0].ended && !recovered.loops[&1].ended);
    assert_eq!(recovered.loops[&1].finished.iterations(), 20);
}

#[test]
fn a_bit_that_flips_is_found() {
    let (bytes, kept) = small();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        match read(&flipped) {
            // What was written behind the last mark is cut off.
            Ok(recovered) => {
                assert!(recovered.torn > 0, "bit {bit} counts");
                is_beginning(&recovered, &flipped, &kept);
            }
            Err(Unreadable::Damaged { position }) => {
                assert!(position <= (bit / 8) as u64);
            }
            Err(Unreadable::Foreign | Unreadable::OtherVersion) => assert!(bit < 64),
            Err(Unreadable::Failed(error)) => panic!("{error}"),
        }
    }
}

#[test]
fn other_files_are_left_alone() {
    for other in [&b"no journal"[..], b"PARFOX", &[0; 100]] {
        assert!(matches!(read(other), Err(Unreadable::Foreign)));
    }
    let mut newer = small().0;
    newer[frame::FAMILY.len()] += 1;
    assert!(matches!(read(&newer), Err(Unreadable::OtherVersion)));
}

#[test]
fn what_differs_of_a_loop_is_named() {
    let then = reached(3);
    assert_eq!(then.difference(&then.clone()), None);
    let differs = |change: &dyn Fn(&mut Reached)| {
        let mut now = reached(3);
        change(&mut now);
        now.difference(&then).unwrap()
    };
    let words = differs(&|now| now.identity = reached(4).identity);
    assert_eq!(
        words,
        "the loop at src/main.rs:3 is another one, in its code"
    );
    let words = differs(&|now| now.length = Some(3));
    assert!(
        words.ends_with("has 3 items, and had an unknown number of"),
        "{words}"
    );
    let words = differs(&|now| now.fingerprint = 8);
    assert!(words.ends_with("has other items"), "{words}");
    let words = differs(&|now| now.first = 2);
    assert!(words.contains("comes where the loop at"), "{words}");
}
