use std::ops::Range;

use super::*;
use crate::loop_parts::schedule::Reserve;

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Iterations of 1 ms, in chunks of 4 ms.
#[derive(Debug)]
struct Left(u64);

impl Policy for Left {
    fn next(&mut self, _rank: Rank) -> Option<Range<u64>> {
        unreachable!("wishes ask for no chunks")
    }

    fn put_back(&mut self, _rank: Rank, _rest: Range<u64>) {}

    fn ends_at(&mut self, _length: u64) {}

    fn reserve(&self, _round_trip: Duration) -> Option<Reserve> {
        Some(Reserve {
            chunk: ms(4),
            spread: Duration::ZERO,
            most: 100,
        })
    }

    fn outlook(&self) -> Option<Outlook> {
        Some(Outlook {
            one: ms(1),
            left: ms(self.0),
        })
    }
}

fn wants(chunks: u32, round_trip: u64) -> Wants {
    Wants {
        chunks,
        round_trip: ms(round_trip),
    }
}

/// Whose wish is granted at a time, with so much left and so many chunks at the ranks.
fn next(wishes: &mut Wishes, now: u64, left: u64, held: &[usize]) -> Option<Rank> {
    let present = Present {
        now: ms(now),
        policy: &Left(left),
        held,
        threads: 1,
        halted: false,
    };
    wishes.next(&present).map(|wish| wish.rank)
}

#[test]
fn near_ranks_get_what_they_ask_for_in_the_order_of_asking() {
    let mut wishes = Wishes::default();
    wishes.add(2, wants(2, 0), None);
    wishes.add(1, wants(1, 3), None);
    let granted = [(); 4].map(|()| next(&mut wishes, 0, 1, &[9, 9, 9]));
    assert_eq!(granted, [Some(2), Some(2), Some(1), None]);
}

#[test]
fn a_far_rank_gets_as_much_as_it_runs_on_the_way_and_the_others_pass_by() {
    let mut wishes = Wishes::default();
    wishes.add(1, wants(9, 40), None);
    wishes.add(2, wants(1, 0), None);
    assert_eq!(next(&mut wishes, 0, 8_000, &[1, 10]), Some(1));
    assert_eq!(next(&mut wishes, 0, 8_000, &[1, 11]), Some(2));
    assert_eq!(next(&mut wishes, 0, 8_000, &[1, 11]), None);
    assert_eq!(
        next(&mut wishes, 0, 8_000, &[1, 10]),
        Some(1),
        "when some is back"
    );
}

#[test]
fn a_wish_is_put_off_while_nearer_ranks_run_what_is_left() {
    let mut wishes = Wishes::default();
    wishes.add(2, wants(9, 100), None);
    wishes.add(1, wants(9, 40), None);
    // In 100 ms the master runs 100 ms of work, and rank 1 does 60 ms of it.
    assert_eq!(next(&mut wishes, 0, 160, &[1, 1, 0]), Some(2));
    assert_eq!(next(&mut wishes, 0, 159, &[1, 1, 0]), Some(1));
    assert_eq!(
        next(&mut wishes, 1, 159, &[1, 0, 0]),
        Some(1),
        "rank 2 waits for a round trip"
    );
    assert_eq!(next(&mut wishes, 99, 39, &[1, 1, 0]), None);
}

#[test]
fn who_was_put_off_in_vain_is_not_put_off_again() {
    let mut wishes = Wishes::default();
    wishes.add(1, wants(9, 100), None);
    assert_eq!(next(&mut wishes, 0, 80, &[1, 0]), None);
    assert_eq!(next(&mut wishes, 99, 80, &[1, 0]), None);
    assert_eq!(next(&mut wishes, 100, 40, &[1, 0]), None, "half is done");
    assert_eq!(next(&mut wishes, 200, 21, &[1, 0]), Some(1));
    assert_eq!(next(&mut wishes, 200, 1, &[1, 1]), Some(1));
}

#[test]
fn without_nearer_ranks_at_work_nobody_is_put_off() {
    let mut wishes = Wishes::default();
    wishes.add(1, wants(9, 100), None);
    assert_eq!(next(&mut wishes, 0, 1, &[0, 1]), Some(1));
    assert_eq!(
        next(&mut wishes, 0, 0, &[1, 0]),
        Some(1),
        "to learn of the end"
    );
    let present = Present {
        now: ms(0),
        policy: &Left(1),
        held: &[1, 0],
        threads: 1,
        halted: true,
    };
    assert!(wishes.next(&present).is_some(), "what a halt waits for");
}

#[test]
fn a_rank_that_comes_nearer_is_near() {
    let mut wishes = Wishes::default();
    wishes.add(1, wants(9, 100), None);
    assert_eq!(next(&mut wishes, 0, 1, &[1, 0]), None);
    wishes.add(1, wants(0, 1), None);
    assert_eq!(next(&mut wishes, 0, 1, &[1, 0]), Some(1));
}
