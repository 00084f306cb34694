use std::sync::{Arc, Mutex};

use super::{Event, Observer, Observers};
use crate::loop_parts::items::{Cost, Slowest};
use crate::loop_parts::options::Shown;
use crate::loop_parts::schedule::Workforce;
use crate::protocol::message::{Call, Cause, Entry, Halt, Site, Verdict};

/// Keeps the words of events.
#[derive(Clone, Default)]
struct Words(Arc<Mutex<Vec<String>>>);

impl Observer for Words {
    fn notice(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.to_string());
    }
}

#[test]
fn without_observers_no_event_is_made() {
    let nobody = Observers::default();
    nobody.tell(|| unreachable!("nobody looks on"));
    assert!(!nobody.time_iterations());
}

#[test]
fn all_observers_hear_of_an_event() {
    let words = [Words::default(), Words::default()];
    let boxed = words.clone().map(|one| Box::new(one) as Box<dyn Observer>);
    Observers::new(boxed.into()).tell(|| Event::Waiting);
    for one in words {
        assert_eq!(*one.0.lock().unwrap(), ["waiting"]);
    }
}

/// Hears nothing before a loop is to be shown.
struct Sleeper(Words);

impl Observer for Sleeper {
    fn notice(&self, event: &Event<'_>) {
        self.0.notice(event);
    }

    fn sleeps(&self) -> bool {
        true
    }
}

#[test]
fn who_sleeps_is_woken_by_a_loop_that_is_to_be_shown() {
    let words = Words::default();
    let observers = Observers::new(vec![Box::new(Sleeper(words.clone()))]);
    let copy = observers.clone();
    for shown in [None, Some(Shown::Never)] {
        observers.want(shown);
        assert!(observers.are_none());
        observers.tell(|| unreachable!("all sleep"));
    }
    observers.want(Some(Shown::Usually));
    copy.tell(|| Event::Waiting);
    assert_eq!(*words.0.lock().unwrap(), ["waiting"]);
    let nobody = Observers::default();
    nobody.want(Some(Shown::Usually));
    assert!(nobody.are_none());
}

#[test]
fn events_are_told_in_words() {
    let site: Site = std::panic::Location::caller().into();
    let entry = Entry {
        length: Some(7),
        ..Entry::new(Call::Loop, site.clone())
    };
    let (chunk, chunks) = (3..5, [0..1, 4..5]);
    let cost = Cost {
        nanos: 2_000,
        slowest: Some(Slowest {
            iteration: 4,
            nanos: 1_500,
        }),
        span: None,
    };
    let halt = Verdict::Halted(Box::new(Halt {
        iteration: 4,
        rank: 1,
        host: "here".to_owned(),
        cause: Cause::Left,
    }));
    let told = [
        (
            Event::Entered {
                entry: &entry,
                call: 2,
                shown: None,
                force: Workforce {
                    ranks: 3,
                    threads: 6,
                },
            },
            format!("call 2: the loop at {site}, 7 items"),
        ),
        (
            Event::Leased {
                rank: 1,
                chunk: &chunk,
            },
            "leased 3..5 to rank 1".to_owned(),
        ),
        (
            Event::Finished {
                rank: 1,
                chunks: std::slice::from_ref(&chunk),
                cost,
                bytes: 100,
                memory: None,
            },
            "rank 1 finished 3..5 in 2µs, the slowest is iteration 4 with 1.5µs".to_owned(),
        ),
        (
            Event::Finished {
                rank: 1,
                chunks: &chunks,
                cost: Cost::default(),
                bytes: 0,
                memory: None,
            },
            "rank 1 finished 2 chunks in 0ns".to_owned(),
        ),
        (
            Event::Resumed { iterations: 3 },
            "3 items are of an earlier start".to_owned(),
        ),
        (
            Event::Ended { verdict: &halt },
            "left by iteration 4".to_owned(),
        ),
    ];
    for (event, words) in told {
        assert_eq!(event.to_string(), words);
    }
}
