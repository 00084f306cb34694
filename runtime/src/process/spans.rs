//! Loops and chunks as spans of `tracing`, for what people already watch their programs with.
//!
//! Invariant: a span is entered and left on one thread: that of a loop where it is reached, that of a chunk where it runs,
//! below its loop. So the spans and events of a body are below its chunk.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::Span;
use tracing::span::EnteredSpan;

use crate::base::rank::Rank;
use crate::observe::called::name;
use crate::observe::{Event, Observer};

/// Follows the calls of one thread of this rank.
pub(super) fn observer(rank: Rank) -> Box<dyn Observer> {
    let calls = Mutex::default();
    Box::new(Spans { rank, calls })
}

/// See the module.
#[derive(Debug)]
struct Spans {
    rank: Rank,
    /// The calls that a thread is in, the innermost last, for the threads that run their chunks.
    calls: Mutex<Vec<Span>>,
}

thread_local! {
    /// What the present thread is in.
    static INSIDE: RefCell<Vec<EnteredSpan>> = const { RefCell::new(Vec::new()) };
}

/// A thread that is ending is in nothing.
fn enter(span: Span) {
    let span = span.entered();
    let _ = INSIDE.try_with(|inside| inside.borrow_mut().push(span));
}

fn leave() {
    let left = INSIDE.try_with(|inside| inside.borrow_mut().pop());
    drop(left);
}

impl Spans {
    fn calls(&self) -> MutexGuard<'_, Vec<Span>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Spans {
    fn notice(&self, event: &Event<'_>) {
        match event {
            Event::Entered { entry, shown, .. } => {
                let span = tracing::info_span!(
                    target: "parallel_for",
                    "call",
                    what = %entry.call,
                    name = name(entry, *shown),
                    items = entry.length,
                    rank = self.rank
                );
                self.calls().push(span.clone());
                enter(span);
            }
            Event::Started { chunk } => {
                let call = self.calls().last().cloned().unwrap_or_else(Span::none);
                enter(tracing::debug_span!(
                    target: "parallel_for",
                    parent: &call,
                    "chunk",
                    first = chunk.start,
                    items = chunk.end - chunk.start,
                    rank = self.rank
                ));
            }
            // Those of other ranks have their spans there.
            Event::Finished { rank, .. } if *rank == self.rank => leave(),
            Event::Ended { verdict } => {
                tracing::debug!(target: "parallel_for", "{}", Event::Ended { verdict });
                leave();
                self.calls().pop();
            }
            event => tracing::trace!(target: "parallel_for", "{event}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::Observers;
    use crate::parallel_for;
    use crate::process::world::run_observed;
    use crate::transport::fabric::threads::Weather;
    use std::collections::BTreeMap;
    use std::fmt::Debug;
    use std::sync::Arc;
    use std::time::Duration;
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Metadata, Subscriber};

    /// The spans that were made, by their numbers: what they are, and the one around each; and which are entered and not left.
    #[derive(Debug, Default)]
    struct Seen {
        spans: BTreeMap<u64, (String, Option<u64>)>,
        inside: Vec<u64>,
    }

    #[derive(Clone, Debug, Default)]
    struct Watcher(Arc<Mutex<Seen>>);

    struct Items(Option<u64>);

    impl Visit for Items {
        fn record_u64(&mut self, field: &Field, value: u64) {
            if field.name() == "items" {
                self.0 = Some(value);
            }
        }

        fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
    }

    impl Subscriber for Watcher {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            let mut items = Items(None);
            span.record(&mut items);
            let mut seen = self.0.lock().unwrap();
            let number = seen.spans.len() as u64 + 1;
            let what = format!("{} {:?}", span.metadata().name(), items.0);
            let above = span.parent().map(Id::into_u64);
            seen.spans.insert(number, (what, above));
            Id::from_u64(number)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, _: &tracing::Event<'_>) {}

        fn enter(&self, span: &Id) {
            self.0.lock().unwrap().inside.push(span.into_u64());
        }

        fn exit(&self, span: &Id) {
            let inside = &mut self.0.lock().unwrap().inside;
            let left = inside.iter().rposition(|&one| one == span.into_u64());
            inside.remove(left.expect("it was entered"));
        }
    }

    #[parallel_for(schedule = managed(chunk = 251))]
    fn squares(n: u64) -> Vec<u64> {
        let mut squares = Vec::new();
        for i in 0..n {
            squares.push(i * i);
        }
        squares
    }

    #[test]
    fn chunks_are_below_their_loop_and_all_that_is_entered_is_left() {
        let watcher = Watcher::default();
        // Threads of a crew have the one of the whole program.
        tracing::subscriber::set_global_default(watcher.clone()).unwrap();
        let observers = |rank| Observers::new(vec![observer(rank)]);
        let weather = Weather {
            seed: 1,
            longest: Duration::ZERO,
            far: Duration::ZERO,
        };
        for result in run_observed(observers, 2, 2, weather, || drop(squares(1004))) {
            result.unwrap();
        }
        let seen = watcher.0.lock().unwrap();
        // Other tests have spans of other lengths.
        let ours = |number: &&u64| seen.spans[number].0.contains("Some(1004)");
        assert_eq!(seen.inside.iter().filter(ours).count(), 0, "{seen:?}");
        let is_loop = |number: &u64| seen.spans[number].0 == "call Some(1004)";
        assert_eq!(
            seen.spans.keys().filter(|number| is_loop(number)).count(),
            2
        );
        let chunks = seen
            .spans
            .values()
            .filter(|(what, _)| what == "chunk Some(251)");
        assert!(
            chunks
                .clone()
                .all(|(_, above)| above.as_ref().is_some_and(is_loop))
        );
        assert_eq!(chunks.count(), 4);
    }
}
