//! A map whose results are consumed one by one on the master.
//!
//! Invariant: items are handed out, and results received, only while the consumer asks for one.
//! Whatever the consumer does meanwhile, it does on the master alone.

use std::fmt;
use std::rc::Rc;

use super::batches::Batches;
use super::fill;
use super::result_queue::ResultQueue;
use crate::base::panicking;
use crate::base::thread_context;
use crate::base::wire::Transport;
use crate::by_hand::dispatch::{Audience, Dispatch, Nobody};
use crate::distribute::{LoopRun, Words};
use crate::engine::{self, EncodedParts, Ending};
use crate::loop_parts::gather::Absorb as _;
use crate::loop_parts::items::{Digest, ItemSource as _, Sequential};
use crate::loop_parts::on_error::{OnError, OnPanic};
use crate::loop_parts::options::Options;
use crate::loop_parts::schedule::Length;
use crate::process::world::MasterOnly;
use crate::protocol::message::{Call, Entry, Verdict};

/// The iterator behind a lazy map; `W` is how results wait.
pub(super) struct Lazy<I: Iterator, F, W> {
    waiting: W,
    state: State<I, F>,
}

enum State<I: Iterator, F> {
    /// There are no other ranks to reach.
    Here(Box<Batches<I, F>>),
    /// On the master of several ranks.
    Master(Box<Dispatch<Sequential<I>>>, MasterOnly),
    Over,
}

impl<I, R, F, W> Lazy<I, F, W>
where
    I: Iterator + Send,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
    W: ResultQueue<Result = R>,
{
    /// Begins the map. On a rank other than the master it is over with that.
    #[track_caller]
    pub(super) fn new(words: Words, items: I, f: F) -> Self {
        let source = Sequential::new(items, Digest::none());
        let run = LoopRun::new(&Options::DEFAULT).map(|mut run| {
            run.words = words;
            run
        });
        match run {
            Some(run) if run.world.link().size() > 1 => {
                let threads = (run.world.link().size() - 1) * run.threads;
                Self {
                    waiting: W::of(threads),
                    state: on_ranks(run, threads, source, &f),
                }
            }
            here => Self {
                waiting: W::of(1),
                state: State::Here(Box::new(Batches::new(here, source, f))),
            },
        }
    }

    /// The next result; serves the other ranks, or computes, until there is one.
    pub(super) fn next(&mut self) -> Option<R> {
        if !self.waiting.is_ready() {
            // A panic leaves nothing behind to go on with.
            self.state = match std::mem::replace(&mut self.state, State::Over) {
                State::Here(mut batches) => {
                    let (items, results) = batches.next();
                    if results.is_empty() {
                        State::Over
                    } else {
                        self.waiting.put(items, results);
                        State::Here(batches)
                    }
                }
                State::Master(dispatch, alone) => {
                    if dispatch.serve(&mut Consumer(&mut self.waiting)) {
                        State::Over
                    } else {
                        State::Master(dispatch, alone)
                    }
                }
                State::Over => State::Over,
            };
        }
        self.waiting.take()
    }
}

/// Begins the map on the master, and runs this rank's part in it on every other.
fn on_ranks<I, R, F>(run: LoopRun, threads: usize, source: Sequential<I>, f: &F) -> State<I, F>
where
    I: Iterator + Send,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    let LoopRun {
        world, site, words, ..
    } = run;
    let _upkeep = thread_context::enter_upkeep();
    let link = world.link();
    let length = source.length().hint();
    link.enter(Entry {
        length,
        ..Entry::new(Call::Loop, site.clone())
    });
    if link.is_master() {
        let dispatch = Dispatch::new(Rc::clone(&world), site, words, source, threads);
        return State::Master(Box::new(dispatch), world.leave_others());
    }
    let body = |chunk, part| fill(f, chunk, part);
    let crew = world.crew(run.threads).expect("a rank always has one");
    let blanks = Vec::<R>::new().blanks(Length::Unknown);
    let Ending { verdict, .. } = engine::work::<_, Vec<R>, _, _>(
        link,
        (false, OnPanic::Here(OnError::Stop)),
        source,
        body,
        blanks,
        &crew,
    );
    link.complete(&verdict);
    if let Verdict::Halted(halt) = verdict {
        panicking::unwind_silently(halt.into_message());
    }
    State::Over
}

/// What has arrived is the consumer's.
struct Consumer<'a, W>(&'a mut W);

impl<W: ResultQueue> Audience for Consumer<'_, W> {
    fn take(&mut self, encoded: EncodedParts) {
        let parts = encoded.open::<Vec<W::Result>>();
        for (chunk, results) in parts.unwrap_or_else(|reason| panic!("{reason}")) {
            self.0.put(chunk, results);
        }
    }

    fn is_served(&self) -> bool {
        self.0.is_ready()
    }

    fn has_room(&self) -> bool {
        self.0.has_room()
    }
}

impl<I: Iterator, F, W> Drop for Lazy<I, F, W> {
    fn drop(&mut self) {
        if let State::Master(dispatch, _) = &self.state
            && !std::thread::panicking()
        {
            // The other ranks finish what they have in hand, and get nothing more.
            dispatch.close();
            dispatch.serve(&mut Nobody);
        }
    }
}

impl<I: Iterator, F, W> fmt::Debug for Lazy<I, F, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Here(_) => "in this process",
            State::Master(..) => "on the other ranks",
            State::Over => "over",
        };
        f.write_str(state)
    }
}

/// The public iterator of a lazy map: its name, and how results wait.
macro_rules! lazy_map {
    ($(#[$doc:meta])* $name:ident of $waiting:ident) => {
        $(#[$doc])*
        #[must_use = "results are computed when they are consumed"]
        pub struct $name<I: Iterator, R, F>(Lazy<I, F, $waiting<R>>);

        impl<I, R, F> Iterator for $name<I, R, F>
        where
            I: Iterator + Send,
            R: Transport,
            F: Fn(I::Item) -> R + Sync,
        {
            type Item = R;

            fn next(&mut self) -> Option<R> {
                self.0.next()
            }
        }

        impl<I: Iterator, R, F> std::iter::FusedIterator for $name<I, R, F> where Self: Iterator {}

        impl<I: Iterator, R, F> std::fmt::Debug for $name<I, R, F> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    };
}

pub(super) use lazy_map;
