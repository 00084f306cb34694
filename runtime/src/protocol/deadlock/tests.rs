//! The words of all kinds of deadlock.

mod lent;

use std::panic::Location;

use super::*;
use crate::protocol::message::Call;

#[track_caller]
fn report(call: &str, awaited: Awaited, mail: Ledger) -> WaitReport {
    WaitReport {
        waiting: Waiting {
            call: call.to_owned(),
            collective: call != "`receive`",
            site: Location::caller().into(),
            awaited,
            taking: Vec::new(),
        },
        mail,
        host: "node-a".to_owned(),
    }
}

#[track_caller]
fn receive(from: Rank) -> WaitReport {
    report("`receive`", Awaited::All(vec![from]), Ledger::default())
}

fn mail(with: Rank, sent: u64, taken: u64) -> Ledger {
    let none = std::iter::repeat_n(Mail::default(), with);
    let messages = Count { sent, taken };
    let bulk = Bulk::default();
    Ledger::new(none.chain([Mail { messages, bulk }]))
}

fn verdict(watch: &Watch, size: usize) -> Option<String> {
    watch.verdict(size, &RollCall::world(size), None)
}

/// Without the lines' places in this file.
#[track_caller]
fn words(watch: &Watch, size: usize) -> Vec<String> {
    let words = verdict(watch, size).expect("it is a deadlock");
    let place = |line: &str| match line.split_once(" at ") {
        Some((before, after)) => before.to_owned() + after.split_once(',').map_or("", |_| ", ..."),
        None => line.to_owned(),
    };
    words.lines().map(place).collect()
}

#[test]
fn ranks_that_wait_for_each_other() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(1, receive(2));
    assert_eq!(verdict(&watch, 3), None, "rank 2 may be computing");
    watch.waiting(2, receive(1));
    assert_eq!(
        words(&watch, 3),
        [
            "deadlock: 2 of 3 ranks wait for each other, and none of them can go on",
            "  rank 1 (node-a): `receive`",
            "  rank 2 (node-a): `receive`",
            "  rank 0 (node-0): not waiting",
            "help: every receive needs a send that comes before it, with the same tag: let one of the ranks \
             send first, or use `send_receive`",
        ]
    );
    watch.resumed(2);
    assert_eq!(verdict(&watch, 3), None);
}

#[test]
fn mail_under_way_is_no_deadlock_and_mail_that_was_taken_is() {
    let mut watch = Watch::new("node-0".to_owned());
    let to_zero = |sent| report("`receive`", Awaited::All(vec![0]), mail(0, sent, 0));
    let from_one = |taken| report("`receive`", Awaited::All(vec![1]), mail(1, 0, taken));
    watch.waiting(1, to_zero(1));
    watch.waiting(0, from_one(0));
    assert_eq!(verdict(&watch, 2), None);
    watch.waiting(0, from_one(1));
    assert!(verdict(&watch, 2).is_some());
    watch.waiting(0, from_one(2));
    assert_eq!(verdict(&watch, 2), None, "the report of rank 1 is too old");
}

#[test]
fn one_of_many_is_enough_unless_all_are_stuck() {
    let mut watch = Watch::new("node-0".to_owned());
    let any = |ranks| report("`receive`", Awaited::Any(ranks), Ledger::default());
    watch.waiting(0, any(vec![1, 2]));
    watch.waiting(1, receive(0));
    assert_eq!(verdict(&watch, 3), None);
    watch.waiting(2, receive(1));
    assert!(words(&watch, 3)[0].contains("3 of 3 ranks"));
}

#[test]
fn a_rank_that_can_go_on_is_told_apart() {
    let mut watch = Watch::new("node-0".to_owned());
    for (rank, from) in [(0, 1), (1, 0), (2, 3)] {
        watch.waiting(rank, receive(from));
    }
    assert_eq!(words(&watch, 4)[3], "  rank 2 (node-a): `receive`, ...");
    assert!(verdict(&watch, 4).unwrap().contains(", and may go on"));
}

#[test]
fn ranks_that_wait_for_one_that_has_left() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.left(2, mail(1, 1, 0));
    watch.waiting(1, receive(2));
    assert_eq!(verdict(&watch, 3), None, "its last mail is under way");
    watch.waiting(1, report("`receive`", Awaited::All(vec![2]), mail(2, 0, 1)));
    let said = words(&watch, 3);
    assert_eq!(
        said[0],
        "deadlock: rank 1 waits forever: rank 2 has left the program"
    );
    assert_eq!(said[3], "  rank 2: has left the program");
    assert!(said[4].starts_with("help: before a rank returns from `main` or exits"));
    watch.waiting(0, receive(1));
    assert_eq!(
        words(&watch, 3)[0],
        "deadlock: 2 of 3 ranks wait forever: rank 2 has left the program"
    );
}

#[test]
fn a_collective_call_that_others_never_enter() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(
        0,
        report("`barrier`", Awaited::All(vec![1]), Ledger::default()),
    );
    watch.waiting(1, receive(0));
    let said = words(&watch, 2);
    assert_eq!(said[1], "  rank 0 (node-a): `barrier`");
    assert!(said[3].starts_with("help: every rank must reach the same loops and collective calls"));
}

#[test]
fn a_rank_that_waits_for_itself() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(1, receive(1));
    let said = words(&watch, 2);
    assert_eq!(
        said[0],
        "deadlock: rank 1 waits for itself, and can't go on"
    );
    assert!(said[3].starts_with("help: a message to oneself must be sent before"));
}

#[test]
fn the_master_in_a_loop_that_others_never_reach_and_the_reverse() {
    let entry = || Entry::new(Call::Loop, Location::caller().into());
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(1, receive(0));
    let mut world = RollCall::world(3);
    world.enter(entry()).unwrap();
    assert_eq!(
        watch.verdict(3, &world, None),
        None,
        "it may leave the call"
    );
    let inside = |mail, holds| Inside { mail, holds };
    let verdict = |watch: &Watch, world: &RollCall, inside| watch.verdict(3, world, Some(&inside));
    let said = verdict(&watch, &world, inside(Ledger::default(), false)).unwrap();
    assert!(
        said.contains("rank 0 (node-0): in the loop at")
            && said.contains("which ranks 1, 2 have not"),
        "{said}"
    );
    assert_eq!(verdict(&watch, &world, inside(mail(1, 1, 0), false)), None);

    watch.waiting(1, receive(2));
    let ours = world.last().unwrap().clone();
    world.entered(2, ours).unwrap();
    watch.entered(2, Ledger::default());
    assert_eq!(
        verdict(&watch, &world, inside(Ledger::default(), false)),
        None
    );
    let said = verdict(&watch, &world, inside(Ledger::default(), true)).unwrap();
    assert!(
        said.contains("3 of 3 ranks") && said.contains("which rank 1 has not"),
        "{said}"
    );

    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(0, receive(1));
    let mut world = RollCall::world(3);
    world.entered(1, entry()).unwrap();
    watch.entered(1, mail(0, 1, 0));
    assert_eq!(
        watch.verdict(3, &world, None),
        None,
        "its mail is under way"
    );
    watch.entered(1, Ledger::default());
    let said = watch.verdict(3, &world, None).unwrap();
    assert!(
        said.contains("rank 1: in the loop at") && said.contains("which rank 0 has not reached"),
        "{said}"
    );
}

#[test]
fn many_ranks_are_not_all_listed() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(100, receive(127));
    watch.waiting(127, receive(100));
    let said = words(&watch, 128);
    assert_eq!(said.len(), 1 + 32 + 2);
    assert!(
        said[1].starts_with("  rank 100") && said[3].starts_with("  rank 0 (node-0): not waiting")
    );
    assert_eq!(said[33], "  and 96 more");
}
