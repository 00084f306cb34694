//! Measuring for a plan: the loops of one process, until they have run for some time; then the plan, and the end of the process.
//!
//! Invariant: the plan is printed once, whether the program ends by itself or is ended here.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use super::environment::Planning;
use super::lifecycle;
use crate::base::clock::now;
use crate::base::lock::lock;
use crate::base::stderr::say;
use crate::base::usage::{most_memory, most_memory_at_times};
use crate::loop_parts::items::Cost;
use crate::observe::called::name;
use crate::observe::plan::{Around, Measured, Sample, words};
use crate::observe::{Event, Observer};

/// The one of this process.
static BOOK: OnceLock<Book> = OnceLock::new();

struct Book {
    planning: Planning,
    begun: Duration,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    order: Vec<String>,
    loops: BTreeMap<String, Measured>,
    /// The loop that the thread is in, and since when.
    inside: Option<(String, Duration)>,
    /// In loops, that have ended.
    spent: Duration,
    /// Before the loop.
    memory: Option<u64>,
    /// Whether the program is being ended.
    is_cut: bool,
}

/// Follows the calls of the only rank, where a plan is wanted.
pub(crate) fn observer(planning: Option<&Planning>) -> Option<Box<dyn Observer>> {
    let planning = planning?.clone();
    // Only of one thread: loops of others run beside its.
    let mut is_first = false;
    BOOK.get_or_init(|| {
        is_first = true;
        lifecycle::at_end(print);
        Book {
            planning,
            begun: now(),
            notes: Mutex::default(),
        }
    });
    is_first.then(|| Box::<Planner>::default() as Box<dyn Observer>)
}

/// How many calls the thread is in.
#[derive(Debug, Default)]
struct Planner {
    depth: Mutex<usize>,
}

impl Observer for Planner {
    fn notice(&self, event: &Event<'_>) {
        let (Some(book), now) = (BOOK.get(), now()) else {
            return;
        };
        let mut depth = lock(&self.depth);
        let mut notes = lock(&book.notes);
        match event {
            Event::Entered {
                entry,
                shown,
                force,
                ..
            } => {
                *depth += 1;
                if *depth == 1 && entry.call.iterates() {
                    let length = entry.length.unwrap_or(0);
                    notes.enter(name(entry, *shown), length, force.threads, now);
                }
            }
            Event::Finished { chunks, cost, .. } if *depth == 1 => {
                for chunk in *chunks {
                    notes.finish(chunk, *cost);
                }
                if notes.is_enough(now, book.planning.limit) {
                    notes.leave(now, true);
                    drop((depth, notes));
                    // It ends in the middle of a loop, as its user wants.
                    std::process::exit(0);
                }
            }
            Event::Ended { .. } => {
                *depth = depth.saturating_sub(1);
                if *depth == 0 {
                    notes.leave(now, false);
                }
            }
            _ => {}
        }
    }

    fn times_iterations(&self) -> bool {
        let notes = BOOK.get().map(|book| lock(&book.notes));
        notes.is_some_and(|notes| notes.here().is_none_or(Measured::is_worth_timing))
    }
}

impl Notes {
    fn enter(&mut self, name: String, length: u64, threads: usize, now: Duration) {
        self.memory = most_memory_at_times().or(self.memory);
        if !self.loops.contains_key(&name) {
            self.order.push(name.clone());
        }
        let one = self.loops.entry(name.clone()).or_insert_with(|| Measured {
            name: name.clone(),
            calls: 0,
            items: 0,
            wall: Duration::ZERO,
            run: 0,
            busy: Duration::ZERO,
            sample: Sample::default(),
            cut: false,
            threads,
        });
        one.calls += 1;
        one.items += length;
        self.inside = Some((name, now));
    }

    /// The loop that runs.
    fn here(&self) -> Option<&Measured> {
        let (name, _) = self.inside.as_ref()?;
        self.loops.get(name)
    }

    fn finish(&mut self, chunk: &Range<u64>, cost: Cost) {
        let Some((name, _)) = &self.inside else {
            return;
        };
        if let Some(one) = self.loops.get_mut(name) {
            one.run += chunk.end - chunk.start;
            one.busy += Duration::from_nanos(cost.nanos);
            one.sample.add(chunk, cost);
        }
    }

    /// Whether loops have run for so long, this one included.
    fn is_enough(&self, now: Duration, limit: Duration) -> bool {
        let here = self.inside.as_ref();
        let here = here.map_or(Duration::ZERO, |(_, since)| now.saturating_sub(*since));
        !self.is_cut && self.spent + here >= limit
    }

    fn leave(&mut self, now: Duration, is_cut: bool) {
        self.is_cut |= is_cut;
        let Some((name, since)) = self.inside.take() else {
            return;
        };
        let time = now.saturating_sub(since);
        self.spent += time;
        if let Some(one) = self.loops.get_mut(&name) {
            one.wall += time;
            one.cut = is_cut;
            // Where the number of items was not known before.
            one.items = one.items.max(one.run);
        }
    }
}

fn print() {
    let Some(book) = BOOK.get() else {
        return;
    };
    let notes = lock(&book.notes);
    let loops: Vec<Measured> = notes
        .order
        .iter()
        .filter_map(|name| notes.loops.get(name).cloned())
        .filter(|one| one.run > 0)
        .collect();
    let around = Around {
        wall: now().saturating_sub(book.begun),
        memory: notes.memory.zip(most_memory()),
        limit: notes.is_cut.then_some(book.planning.limit),
    };
    say(format_args!(
        "{}",
        words(&loops, around, &book.planning.ranks)
    ));
}
