//! Ranks that are threads: they wait forever, or disagree in a group.

use std::panic::Location;
use std::time::Duration;

use super::*;
use crate::protocol::deadlock::{Awaited, Waiting};
use crate::protocol::message::{Call, Verdict};
use crate::transport::fabric::threads::{Weather, world};

/// What each rank's program returned, or the words with which it unwound.
fn run<R: Send>(size: usize, program: impl Fn(&Link) -> R + Sync) -> Vec<Result<R, String>> {
    let weather = Weather {
        seed: 5,
        longest: Duration::from_micros(200),
        far: Duration::ZERO,
    };
    std::thread::scope(|scope| {
        let program = &program;
        let ranks: Vec<_> = world(size, weather)
            .into_iter()
            .map(|fabric| {
                scope.spawn(move || {
                    program(&Link::new(
                        Box::new(fabric),
                        Some(Duration::from_millis(50)),
                        Observers::default(),
                    ))
                })
            })
            .collect();
        ranks
            .into_iter()
            .map(|rank| rank.join().map_err(said))
            .collect()
    })
}

fn said(payload: Box<dyn std::any::Any + Send>) -> String {
    *payload.downcast().expect("it unwound with words")
}

/// A receive as users' messages have it.
#[track_caller]
fn receive(link: &Link, from: Rank) -> Vec<u8> {
    let site = Location::caller();
    let waiting = || Waiting {
        call: format!("`receive` from rank {from}"),
        collective: false,
        site: site.into(),
        taking: Vec::new(),
        awaited: Awaited::All(vec![from]),
    };
    link.wait_for(waiting, || link.receive(Some(from), Tag::Value))
        .body
}

fn all_say(ends: Vec<Result<(), String>>, parts: &[&str]) {
    for end in ends {
        let words = end.expect_err("it can't have ended well");
        for part in parts {
            assert!(words.contains(part), "{part} is not in: {words}");
        }
    }
}

#[test]
fn two_ranks_that_receive_from_each_other_end() {
    let ends = run(2, |link| {
        // Mail before the deadlock must not hide it.
        link.send(1 - link.rank(), Tag::Value, &[], vec![vec![1; 9].into()]);
        for _ in 0..2 {
            receive(link, 1 - link.rank());
        }
    });
    all_say(
        ends,
        &[
            "deadlock: 2 of 2 ranks wait for each other, and none of them can go on",
            "rank 0 (localhost): `receive` from rank 1 at",
            "rank 1 (localhost): `receive` from rank 0 at",
            "help: every receive needs a send",
        ],
    );
}

#[test]
fn three_ranks_in_a_ring_end() {
    let ends = run(3, |link| drop(receive(link, (link.rank() + 1) % 3)));
    all_say(
        ends,
        &[
            "deadlock: 3 of 3 ranks",
            "rank 2 (localhost): `receive` from rank 0 at",
        ],
    );
}

#[test]
fn a_deadlock_that_the_master_is_no_part_of_is_found_while_it_waits() {
    let ends = run(3, |link| match link.rank() {
        0 => link.wait(|| None),
        rank => drop(receive(link, 3 - rank)),
    });
    all_say(
        ends,
        &["deadlock: 2 of 3 ranks", "rank 0 (localhost): not waiting"],
    );
}

#[test]
fn a_rank_that_waits_for_a_message_while_the_others_are_in_a_loop_ends() {
    for alone in 0..3 {
        let ends = run(3, |link| {
            if link.rank() == alone {
                drop(receive(link, (alone + 1) % 3));
                return;
            }
            link.enter(Entry::new(Call::Loop, Location::caller().into()));
            while link.is_master() && !link.all_present() {
                link.attend_in_loop();
            }
            link.wait(|| link.receive(Some(MASTER), Tag::Order));
        });
        let reached = if alone == 0 {
            "which rank 0 has not reached".to_owned()
        } else {
            format!("which rank {alone} has not reached")
        };
        all_say(
            ends,
            &[
                "in the loop at",
                &reached,
                "the same loops and collective calls",
            ],
        );
    }
}

#[test]
fn whoever_waits_for_itself_ends() {
    all_say(
        run(1, |link| drop(receive(link, 0))),
        &["deadlock: rank 0 waits for itself"],
    );
}

#[test]
fn a_long_wait_is_no_deadlock() {
    let ends = run(3, |link| {
        if link.rank() == 2 {
            std::thread::sleep(Duration::from_millis(300));
            for rank in [0, 1] {
                link.send(rank, Tag::Value, b"late", Vec::new());
            }
        } else {
            assert_eq!(receive(link, 2), b"late");
            let other = 1 - link.rank();
            link.send(other, Tag::Value, b"other", Vec::new());
            assert_eq!(receive(link, other), b"other");
        }
        // The master hears of everybody.
        link.enter(Entry::new(
            Call::Collective("barrier".into()),
            Location::caller().into(),
        ));
        if link.is_master() {
            link.wait_for_all();
        }
        link.complete(&Verdict::Complete);
    });
    assert!(ends.iter().all(Result::is_ok), "{ends:?}");
}

#[test]
fn a_group_has_its_own_roll_call_and_its_keeper_accuses() {
    let ends = run(3, |link| {
        let site: crate::protocol::message::Site = Location::caller().into();
        let announce = |call| link.announce(7, 2, || Entry::new(call, site.clone()));
        match link.rank() {
            0 => link.wait(|| None::<()>),
            1 => {
                announce(Call::Collective("scan".into()));
                announce(Call::Collective("barrier".into()));
            }
            _ => {
                // The other member is ahead of the group itself.
                std::thread::sleep(Duration::from_millis(20));
                link.found(7, &[2, 1]);
                announce(Call::Collective("scan".into()));
                link.dissolve(8);
                announce(Call::Collective("all_gather".into()));
            }
        }
        link.wait(|| None::<()>);
    });
    all_say(
        ends,
        &[
            "rank 1 is in `barrier` at",
            "but rank 2 is in `all_gather` at",
            "(call 2 of their communicator)",
        ],
    );
}
