//! Ranks that lend memory, which stays in the fabric until somebody wants it.

use super::*;

/// A rank that lends its `last` frame, and before it has sent so many messages.
#[track_caller]
fn lend(to: Rank, sent: u64, last: u64) -> WaitReport {
    report(
        "`broadcast`",
        Awaited::Taken(vec![to]),
        lent(to, sent, last),
    )
}

fn lent(to: Rank, sent: u64, lent: u64) -> Ledger {
    ledger(to, Count { sent, taken: 0 }, Bulk { lent, wanted: 0 })
}

/// So many messages taken, and so many frames wanted.
fn took(from: Rank, taken: u64, wanted: u64) -> Ledger {
    ledger(from, Count { sent: 0, taken }, Bulk { lent: 0, wanted })
}

fn ledger(with: Rank, messages: Count, bulk: Bulk) -> Ledger {
    let none = std::iter::repeat_n(Mail::default(), with);
    Ledger::new(none.chain([Mail { messages, bulk }]))
}

#[test]
fn memory_that_is_lent_to_a_rank_which_receives_something_else() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(0, lend(1, 1, 1));
    let receive = |mail| report("`receive`", Awaited::All(vec![0]), mail);
    watch.waiting(1, receive(took(0, 0, 0)));
    assert_eq!(verdict(&watch, 2), None, "the header is under way");
    let mut taking = receive(took(0, 1, 0));
    taking.waiting.taking.push(0);
    watch.waiting(1, taking);
    assert_eq!(verdict(&watch, 2), None, "it is what rank 1 receives");
    watch.waiting(1, receive(took(0, 1, 1)));
    assert_eq!(verdict(&watch, 2), None, "rank 1 has asked for it before");
    watch.waiting(1, receive(took(0, 1, 0)));
    let said = words(&watch, 2);
    assert_eq!(said[1], "  rank 0 (node-a): `broadcast`");
    assert!(said[3].contains("or put a `receive` before one that another rank reaches first"));
    watch.waiting(0, lend(1, 1, 2));
    watch.waiting(1, receive(took(0, 1, 1)));
    assert!(verdict(&watch, 2).is_some(), "that was an earlier frame");
}

#[test]
fn bulk_that_nobody_wants_is_not_under_way() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(0, report("`receive`", Awaited::All(vec![1]), mail(1, 2, 0)));
    watch.waiting(1, report("`receive`", Awaited::All(vec![0]), took(0, 2, 1)));
    assert!(verdict(&watch, 2).is_some());
}

#[test]
fn an_exchange_that_lacks_messages_of_some_and_bulk_of_others() {
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(0, lend(1, 1, 1));
    watch.waiting(2, receive(1));
    let mut exchange = report("`all_to_all`", Awaited::All(vec![2]), took(0, 1, 0));
    exchange.waiting.taking.push(0);
    watch.waiting(1, exchange.clone());
    let said = words(&watch, 3);
    assert!(said[0].contains("2 of 3 ranks"), "rank 0 can go on");
    assert_eq!(said[3], "  rank 0 (node-a): `broadcast`, ...");
    exchange.waiting.awaited = Awaited::All(Vec::new());
    watch.waiting(1, exchange);
    assert_eq!(verdict(&watch, 3), None, "rank 1 lacks nothing but bulk");
}

#[test]
fn two_ranks_that_lend_to_each_other() {
    let mut watch = Watch::new("node-0".to_owned());
    let lends = |sent, taken| WaitReport {
        mail: ledger(1, Count { sent, taken }, Bulk { lent: 1, wanted: 0 }),
        ..lend(1, 1, 1)
    };
    watch.waiting(1, lend(0, 1, 1));
    watch.waiting(0, lends(1, 0));
    assert_eq!(verdict(&watch, 2), None, "rank 1's header is under way");
    let mut receives = lends(1, 1);
    receives.waiting.taking.push(1);
    watch.waiting(0, receives);
    assert_eq!(verdict(&watch, 2), None, "rank 0 receives it meanwhile");
}

#[test]
fn memory_that_is_lent_by_ranks_outside_of_collective_calls() {
    let mut watch = Watch::new("node-0".to_owned());
    for (rank, other) in [(0, 1), (1, 0)] {
        let (messages, bulk) = (Count { sent: 1, taken: 1 }, Bulk { lent: 1, wanted: 0 });
        let mut report = lend(other, 1, 1);
        report.waiting.collective = false;
        report.mail = ledger(other, messages, bulk);
        watch.waiting(rank, report);
    }
    assert!(words(&watch, 2)[3].starts_with("help: a send of lent memory waits until"));
}

#[test]
fn memory_that_is_lent_to_a_rank_which_takes_no_messages() {
    let entry = || Entry::new(Call::Loop, Location::caller().into());
    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(0, lend(2, 1, 1));
    let mut world = RollCall::world(3);
    assert_eq!(watch.verdict(3, &world, None), None);
    world.entered(2, entry()).unwrap();
    watch.entered(2, Ledger::default());
    let said = watch.verdict(3, &world, None).unwrap();
    assert!(said.contains("which rank 0 has not reached"), "{said}");

    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(1, lend(0, 1, 1));
    let mut world = RollCall::world(2);
    world.enter(entry()).unwrap();
    let inside = |mail| Inside { mail, holds: false };
    let verdict = |mail| watch.verdict(2, &world, Some(&inside(mail)));
    assert!(verdict(Ledger::default()).is_some());
    assert_eq!(verdict(took(1, 1, 1)), None, "it has taken it");

    let mut watch = Watch::new("node-0".to_owned());
    watch.waiting(1, lend(2, 1, 1));
    watch.left(2, took(1, 0, 0));
    let said = words(&watch, 3);
    assert_eq!(
        said[0],
        "deadlock: rank 1 waits forever: rank 2 has left the program"
    );
}
