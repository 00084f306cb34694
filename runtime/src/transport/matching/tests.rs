//! Against two plain lists, searched from the front.

use proptest::prelude::*;

use super::*;

fn direct(source: Rank, tag: u32) -> Label {
    Label {
        context: 1,
        source,
        lane: Lane::Direct { tag },
    }
}

fn from(source: Option<Rank>, tag: Option<u32>) -> Pattern {
    Pattern {
        context: 1,
        source,
        lane: tag.map(|tag| Lane::Direct { tag }),
    }
}

#[test]
fn any_tag_takes_no_part_of_a_collective_call() {
    let mut matching = Matching::default();
    let lane = Lane::Collective { call: 0, step: 0 };
    matching.arrive(
        Label {
            lane,
            ..direct(0, 0)
        },
        "part",
    );
    let ticket = matching.post(from(None, None));
    assert_eq!(matching.found(ticket), None);
    let other = Label {
        context: 2,
        ..direct(0, 0)
    };
    matching.arrive(other, "of another communicator");
    assert_eq!(matching.found(ticket), None);
    matching.arrive(direct(3, 9), "for anybody");
    assert_eq!(matching.take(ticket).unwrap().content, "for anybody");
    assert_eq!(matching.unreceived().count(), 1);
}

#[test]
fn a_cancelled_receive_leaves_no_trace() {
    let mut matching = Matching::default();
    let first = matching.post(from(None, None));
    let second = matching.post(from(Some(0), None));
    matching.arrive(direct(0, 1), "early");
    matching.arrive(direct(0, 1), "late");
    matching.cancel(first);
    assert_eq!(matching.take(second).unwrap().content, "early");
    let third = matching.post(from(None, Some(1)));
    assert_eq!(matching.take(third).unwrap().content, "late");
}

#[derive(Clone, Debug)]
enum Step {
    Post(Option<Rank>, Option<u32>),
    Arrive(Rank, u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let post = (
        proptest::option::of(0..3_usize),
        proptest::option::of(0..3_u32),
    );
    let step = prop_oneof![
        post.prop_map(|(source, tag)| Step::Post(source, tag)),
        (0..3_usize, 0..3_u32).prop_map(|(source, tag)| Step::Arrive(source, tag)),
    ];
    proptest::collection::vec(step, 0..40)
}

proptest! {
    #[test]
    fn messages_and_receives_meet_in_order(steps in steps()) {
        let mut matching = Matching::default();
        let (mut waiting, mut open, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        let mut tickets = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Post(source, tag) => {
                    let pattern = from(source, tag);
                    let ticket = matching.post(pattern);
                    tickets.push(ticket);
                    match waiting.iter().position(|(label, _)| pattern.fits(label)) {
                        Some(index) => pairs.push((ticket, waiting.remove(index).1)),
                        None => open.push((pattern, ticket)),
                    }
                }
                Step::Arrive(source, tag) => {
                    let label = direct(source, tag);
                    matching.arrive(label, number);
                    match open.iter().position(|(pattern, _)| pattern.fits(&label)) {
                        Some(index) => pairs.push((open.remove(index).1, number)),
                        None => waiting.push((label, number)),
                    }
                }
            }
        }
        pairs.sort_unstable();
        let found: Vec<_> = tickets
            .into_iter()
            .filter_map(|ticket| Some((ticket, matching.take(ticket)?.content)))
            .collect();
        prop_assert_eq!(found, pairs);
    }
}
