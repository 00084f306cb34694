//! The suite on ranks that are threads, and random values against sequential models.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::by_hand::communicator::world;
use crate::process::world::run_on_threads;
use crate::transport::fabric::threads::Weather;

/// Runs `program` on a world of this size, with messages that are late; what each rank returned.
fn on_ranks<R: Send>(
    size: usize,
    program: impl Fn(&Communicator) -> Result<R, Error> + Sync,
) -> Vec<R> {
    let weather = Weather {
        seed: size as u64,
        longest: Duration::from_micros(100),
        far: Duration::ZERO,
    };
    let results = run_on_threads(size, 1, weather, || program(&world()));
    results
        .into_iter()
        .map(|result| result.expect("no rank panics").expect("no rank fails"))
        .collect()
}

#[test]
fn communicators_of_1_to_8_ranks_keep_the_contract() {
    for size in 1..=8 {
        on_ranks(size, |world| {
            check(world);
            Ok(())
        });
    }
}

/// What one rank passes to all calls.
#[derive(Clone, Debug)]
struct Passed {
    text: String,
    /// As many on every rank; folds of them depend on the order.
    floats: Vec<f64>,
    /// Some on each rank.
    bytes: Vec<u8>,
}

fn passed(length: usize) -> impl Strategy<Value = Passed> {
    let floats = vec(-1e9..1e9_f64, length);
    (".{0,40}", floats, vec(any::<u8>(), 0..20_000)).prop_map(|(text, floats, bytes)| Passed {
        text,
        floats,
        bytes,
    })
}

fn ranks() -> impl Strategy<Value = (Vec<Passed>, usize)> {
    let length = prop_oneof![0..20_usize, 1_020..1_030_usize];
    (1..=8_usize, length).prop_flat_map(|(size, length)| (vec(passed(length), size), 0..size))
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// The slices put together number by number, from the left.
fn fold<'a>(slices: impl Iterator<Item = &'a Passed>) -> Option<Vec<u64>> {
    slices
        .map(|passed| passed.floats.clone())
        .reduce(|left, right| left.iter().zip(&right).map(|(a, b)| a + b).collect())
        .map(|folded| bits(&folded))
}

fn join(mut a: String, b: String) -> String {
    a.push('|');
    a.extend([b]);
    a
}

fn add(a: f64, b: f64) -> f64 {
    a + b
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_collective_call_does_what_its_model_does((passed, root) in ranks()) {
        let texts: Vec<String> = passed.iter().map(|passed| passed.text.clone()).collect();
        let parts: Vec<&[u8]> = passed.iter().map(|passed| &passed.bytes[..]).collect();
        let joined = |texts: &[String]| texts.iter().cloned().reduce(join);
        on_ranks(passed.len(), |world| {
            let (rank, size) = (world.rank(), world.size());
            let Passed { text, floats, bytes } = &passed[rank];
            let is_root = rank == root;

            assert_eq!(world.broadcast(root, Some(text.clone()))?, texts[root]);
            assert_eq!(world.scatter(root, Some(texts.clone()))?, *text);
            let all = world.gather(root, text.clone())?;
            assert_eq!(all, is_root.then(|| texts.clone()));
            assert_eq!(world.all_gather(text.clone())?, texts);
            let to_all = (0..size).map(|to| format!("{text}{to}")).collect();
            let from_all: Vec<_> = texts.iter().map(|text| format!("{text}{rank}")).collect();
            assert_eq!(world.all_to_all(to_all)?, from_all);
            let folded = world.reduce(root, text.clone(), join)?;
            assert_eq!(folded, is_root.then(|| joined(&texts).unwrap()));
            assert_eq!(Some(world.all_reduce(text.clone(), join)?), joined(&texts));
            assert_eq!(Some(world.scan(text.clone(), join)?), joined(&texts[..=rank]));
            assert_eq!(world.exclusive_scan(text.clone(), join)?, joined(&texts[..rank]));

            let mut copy = floats.clone();
            world.broadcast_slice(root, &mut copy)?;
            assert_eq!(bits(&copy), bits(&passed[root].floats));
            assert_eq!(world.scatter_slices(root, Some(&parts[..]))?, *bytes);
            if let Some(all) = world.gather_slice(root, bytes)? {
                assert!(all.iter().eq(parts.iter().copied()));
            }
            assert!(world.all_gather_slice(bytes)?.iter().eq(parts.iter().copied()));
            let theirs = world.all_to_all_slices(&vec![&bytes[..]; size])?;
            assert!(theirs.iter().eq(parts.iter().copied()));
            let folded = world.reduce_slice(root, floats, add)?.map(|folded| bits(&folded));
            assert_eq!(folded, is_root.then(|| fold(passed.iter()).unwrap()));
            assert_eq!(Some(bits(&world.all_reduce_slice(floats, add)?)), fold(passed.iter()));
            let folded = Some(bits(&world.scan_slice(floats, add)?));
            assert_eq!(folded, fold(passed[..=rank].iter()));
            let before = world.exclusive_scan_slice(floats, add)?.map(|before| bits(&before));
            assert_eq!(before, fold(passed[..rank].iter()));
            Ok(())
        });
    }
}
