//! Random programs, of scenes that ranks have agreed upon and of steps that they make alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::ranks::{Programs, Step};
use crate::base::rank::Rank;

pub(super) fn programs() -> impl Strategy<Value = Programs> {
    (2..=4_usize).prop_flat_map(|size| {
        vec(scene(size), 1..=5).prop_map(move |scenes| {
            let mut programs = vec![Vec::new(); size];
            for (rank, step) in scenes.into_iter().flatten() {
                programs[rank].push(step);
            }
            programs
        })
    })
}

type Scene = Vec<(Rank, Step)>;

fn scene(size: usize) -> impl Strategy<Value = Scene> {
    prop_oneof![
        6 => alone(size).prop_map(|step| vec![step]),
        4 => message(size),
        4 => exchange(size),
        3 => dropped(size),
    ]
}

fn tag() -> impl Strategy<Value = u8> {
    0..2_u8
}

/// Which of the frames of a message the fabric holds on to.
fn frames() -> impl Strategy<Value = Vec<bool>> {
    prop_oneof![
        1 => Just(vec![]),
        4 => Just(vec![true]),
        1 => Just(vec![false]),
        3 => vec(any::<bool>(), 2..=3),
    ]
}

fn alone(size: usize) -> impl Strategy<Value = (Rank, Step)> {
    let rank = || 0..size;
    let send = (rank(), tag(), 0..=2_u64);
    let receive = |from| (from, proptest::option::of(tag()));
    let lend = (
        tag(),
        btree_map(rank(), frames(), 0..=size),
        btree_set(rank(), 0..=size),
    );
    let step = prop_oneof![
        2 => send.prop_map(|(to, tag, frames)| Step::Send { to, tag, frames }),
        3 => receive(btree_set(rank(), 1)).prop_map(|(from, tag)| Step::Receive { from, tag }),
        1 => receive(btree_set(rank(), 2..=size)).prop_map(|(from, tag)| Step::Receive { from, tag }),
        1 => (rank(), tag()).prop_map(|(from, tag)| Step::Test { from, tag }),
        2 => lend.prop_map(|(tag, to, from)| Step::Exchange { tag, to, from }),
    ];
    (rank(), step)
}

/// One rank sends to another, which receives it.
fn message(size: usize) -> impl Strategy<Value = Scene> {
    (0..size, 0..size, tag(), 0..=2_u64).prop_map(|(source, to, tag, frames)| {
        let (from, wanted) = (BTreeSet::from([source]), Some(tag));
        let receive = Step::Receive { from, tag: wanted };
        vec![(source, Step::Send { to, tag, frames }), (to, receive)]
    })
}

/// Some ranks lend to some.
fn exchange(size: usize) -> impl Strategy<Value = Scene> {
    let ranks = || btree_set(0..size, 1..=size);
    (ranks(), ranks(), tag(), frames()).prop_map(|(lenders, takers, tag, frames)| {
        let others = |ranks: &BTreeSet<Rank>, own: Rank| -> BTreeSet<Rank> {
            ranks.iter().copied().filter(|&rank| rank != own).collect()
        };
        let step = |&rank: &Rank| {
            let (mut to, mut from) = (BTreeMap::new(), BTreeSet::new());
            if lenders.contains(&rank) {
                let takers = others(&takers, rank).into_iter();
                to = takers.map(|to| (to, frames.clone())).collect();
            }
            if takers.contains(&rank) {
                from = others(&lenders, rank);
            }
            (rank, Step::Exchange { tag, to, from })
        };
        lenders.union(&takers).map(step).collect()
    })
}

/// One rank lends to another, which asks for it, but may go on without.
fn dropped(size: usize) -> impl Strategy<Value = Scene> {
    (0..size, 0..size, tag(), frames()).prop_map(|(lender, rank, tag, frames)| {
        let (to, from) = (BTreeMap::from([(rank, frames)]), BTreeSet::new());
        let lend = Step::Exchange { tag, to, from };
        let test = Step::Test { from: lender, tag };
        let (from, other) = (BTreeSet::from([lender]), Some(1 - tag));
        let receive = Step::Receive { from, tag: other };
        vec![(lender, lend), (rank, test), (rank, receive)]
    })
}
