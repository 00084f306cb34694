//! Agreements, disagreements and departures.

use std::panic::Location;

use super::*;
use crate::loop_parts::identity::{LoopIdentity, Written};
use crate::protocol::message::{Call, Details};

#[track_caller]
fn entry(length: u64) -> Entry {
    Entry {
        length: Some(length),
        ..Entry::new(Call::Loop, Location::caller().into())
    }
}

fn words(result: Result<(), Refusal>) -> String {
    match result {
        Err(Refusal::Disagreement(words)) => words,
        other => panic!("expected a disagreement, not {other:?}"),
    }
}

#[test]
fn ranks_may_be_ahead_of_the_master_and_may_leave_after_a_call() {
    let mut roll = RollCall::world(3);
    let (first, second) = (entry(5), entry(7));
    for rank in [1, 2] {
        assert_eq!(roll.entered(rank, first.clone()), Ok(()));
        assert_eq!(roll.entered(rank, second.clone()), Ok(()));
        assert_eq!(roll.left(rank, 0, false), Ok(()));
    }
    for entry in [first, second] {
        assert_eq!(roll.enter(entry), Ok(()));
        assert!(roll.all_present());
        roll.complete();
    }
    assert!(roll.all_left() && roll.is_level());
    assert_eq!(roll.close(), Ok(()));
}

#[test]
fn different_places_lengths_and_items_are_noticed() {
    let mut roll = RollCall::world(2);
    roll.enter(entry(5)).unwrap();
    let other_place = words(roll.entered(1, entry(5)));
    assert!(
        other_place.contains("rank 1 is in the loop at")
            && other_place.contains("rank 0 is in the loop at")
    );

    let ours = entry(5);
    let mut roll = RollCall::world(2);
    roll.enter(ours.clone()).unwrap();
    let other_length = words(roll.entered(
        1,
        Entry {
            length: Some(4),
            ..ours.clone()
        },
    ));
    assert!(
        other_length.contains("5 items on rank 0, but 4 on rank 1")
            && other_length.contains("differs is 4")
    );

    let mut roll = RollCall::world(2);
    roll.entered(
        1,
        Entry {
            fingerprint: 1,
            ..ours.clone()
        },
    )
    .unwrap();
    assert!(words(roll.enter(ours)).contains("different items on rank 1"));
}

#[test]
fn a_rank_that_leaves_early_is_noticed_on_either_side() {
    let mut roll = RollCall::world(2);
    roll.enter(entry(5)).unwrap();
    assert!(words(roll.left(1, 0, false)).contains("rank 1 left the program"));
    assert_eq!(
        roll.left(1, 3, false),
        Err(Refusal::Failed { rank: 1, status: 3 })
    );

    let mut roll = RollCall::world(2);
    roll.entered(1, entry(5)).unwrap();
    assert!(words(roll.close()).contains("rank 0 left the program while rank 1 was in the loop"));
}

/// A user's call.
#[track_caller]
fn call(call: Call) -> Entry {
    Entry::new(call, Location::caller().into())
}

#[test]
fn a_keeper_may_be_ahead_and_every_call_is_compared_in_its_turn() {
    let mut roll = RollCall::new(&[4, 2, 7]);
    let calls = [
        call(Call::Collective("reduce".into())),
        call(Call::Collective("scan".into())),
        call(Call::Collective("all_to_all".into())),
    ];
    for entry in &calls {
        assert_eq!(roll.announce(entry.clone()), Ok(()));
    }
    assert_eq!(roll.missing(), [2, 7]);
    for entry in &calls {
        assert!(!roll.all_present());
        assert_eq!(roll.entered(2, entry.clone()), Ok(()));
    }
    assert_eq!(roll.missing(), [7]);
    assert_eq!(roll.ours.len(), 3, "rank 7 has entered none");
    assert_eq!(roll.entered(7, calls[0].clone()), Ok(()));
    assert_eq!((roll.ours.len(), roll.forgotten), (2, 1));
    let other = words(roll.entered(7, call(Call::Collective("barrier".into()))));
    assert!(
        other.contains("rank 7 is in `barrier` at")
            && other.contains("but rank 4 is in `scan` at")
            && other.contains("(call 2 of their communicator)"),
        "{other}"
    );
}

#[test]
fn what_a_rank_is_ahead_with_is_its_last_call() {
    let mut roll = RollCall::world(2);
    assert!(roll.is_level() && roll.all_present() && roll.ahead(1).is_none());
    let (first, second) = (call(Call::Collective("barrier".into())), entry(3));
    roll.entered(1, first.clone()).unwrap();
    roll.entered(1, second.clone()).unwrap();
    assert_eq!(roll.ahead(1), Some(&second));
    assert!(!roll.is_level());
    roll.announce(first).unwrap();
    assert_eq!(roll.ahead(1), Some(&second));
    roll.enter(second).unwrap();
    assert_eq!(roll.ahead(1), None);
    assert!(roll.is_level() && roll.missing().is_empty());
}

#[test]
fn other_roots_and_types_are_noticed() {
    let ours = Entry {
        root: Some(0),
        details: Some(Details::Type("f64".into())),
        ..call(Call::Collective("reduce".into()))
    };
    let compare = |theirs: Entry| {
        let mut roll = RollCall::world(3);
        roll.announce(ours.clone()).unwrap();
        words(roll.entered(2, theirs))
    };
    let root = compare(Entry {
        root: Some(1),
        ..ours.clone()
    });
    assert!(
        root.contains("has root 0 on rank 0, but root 1 on rank 2"),
        "{root}"
    );
    let other_type = compare(Entry {
        details: Some(Details::Type("i32".into())),
        ..ours.clone()
    });
    assert!(
        other_type.starts_with("rank 0 passes f64 to `reduce`")
            && other_type.contains("but rank 2 passes i32"),
        "{other_type}"
    );
}

#[test]
fn another_function_at_the_same_place_is_noticed() {
    fn of_body<F: Fn()>(code: u64, _: F) -> LoopIdentity {
        LoopIdentity::of::<u8, u8, F>(Written::new(0, code))
    }
    fn renamed() -> LoopIdentity {
        of_body(2, || ())
    }
    let ours = Entry {
        identity: Some(of_body(1, || ())),
        ..entry(5)
    };
    let theirs = Entry {
        identity: Some(renamed()),
        host: Some("node-b".to_owned()),
        ..ours.clone()
    };
    let mut roll = RollCall::world(2);
    roll.enter(ours.clone()).unwrap();
    let other = words(roll.entered(1, theirs.clone()));
    assert!(
        other.starts_with(
            "rank 1 (node-b) runs another build of the program than rank 0: the loop at"
        ) && other.contains("differs in its function, `")
            && other.contains("::renamed` on rank 1, and its code\nhelp: rebuild"),
        "{other}"
    );

    let elsewhere = entry(5);
    let theirs = Entry {
        site: elsewhere.site,
        ..theirs
    };
    let mut roll = RollCall::world(2);
    roll.enter(ours).unwrap();
    let other = words(roll.entered(1, theirs));
    assert!(other.starts_with("rank 1 is in the loop at"), "{other}");
}

#[test]
fn a_rank_that_left_can_enter_nothing_any_more() {
    let mut roll = RollCall::new(&[0, 1]);
    assert_eq!(roll.left(5, 0, false), Ok(()), "it is no member");
    assert_eq!(roll.left(1, 0, false), Ok(()));
    let left = words(roll.announce(call(Call::Collective("broadcast".into()))));
    assert!(left.contains(
        "rank 1 left the program with exit code 0, while the others were in `broadcast`"
    ));

    let mut roll = RollCall::new(&[0, 1]);
    roll.announce(call(Call::Collective("broadcast".into())))
        .unwrap();
    assert!(matches!(
        roll.left(1, 0, false),
        Err(Refusal::Disagreement(_))
    ));
}
