//! Loops that an iteration may leave: by `break`, `return` or `?`.
//!
//! The iteration that leaves the loop first is found by running all of them; then it runs again, in
//! the function itself and on the main thread of every rank that needs its value, with everything
//! before it in the outputs. So error values are never stored, sent or converted. Invariant: on
//! such a rank the outputs hold what the iterations before it wrote, and nothing else.

mod again;
#[cfg(test)]
mod dams;
mod masters_word;
#[cfg(test)]
mod tests;

use again::{Native, Why};
use masters_word::MastersWord;

use super::entries::{and_of, from_master};
use super::locally::kept;
use super::movers::Moves;
use super::way::{ByEachRank, ByMaster, ByThisRank};
use super::{LoopRun, Words};
use crate::base::thread_context;
use crate::base::wire::Transport;
use crate::loop_parts::captures::Captures;
use crate::loop_parts::gather::{Absorb, Filled, Local, Output};
use crate::loop_parts::items::{
    Chunk, Cursor, ItemSource, Keeping, MasterItems, Moved, RandomAccess, Recall, Resumed,
};
use crate::loop_parts::options::{Gather, Options};
use crate::loop_parts::sharing::{Settings, SharedBody};
use crate::process::crew::Alone;
use crate::protocol::message::Halt;
use crate::transport::collectives;
use crate::transport::link::Link;

/// A loop that an iteration may leave, over some items.
pub struct Exits<S: ItemSource> {
    /// Until no item is needed any more: ranks made different numbers of them, so what dropping them
    /// does must not be done by the function itself.
    source: Option<S>,
    state: State<S::Item>,
    words: Words,
}

const NEEDED: &str = "the loop goes on";

/// Begins a loop that an iteration may leave.
pub fn exits<S: ItemSource>(source: S) -> Exits<S> {
    Exits {
        source: Some(source),
        state: State::Distributed { from: 0 },
        words: Halt::describe,
    }
}

/// What comes next.
enum State<T> {
    /// The iterations from here on, on all ranks.
    Distributed { from: u64 },
    /// One iteration, in the function itself.
    Native(Native<T>),
    /// All iterations, in the function itself: the loop stands in the body of another.
    Sequential { next: u64 },
    /// Nothing.
    Over,
}

/// Items that every rank iterates over.
pub trait OnEveryRank: Recall + Moved {}

impl<I: RandomAccess> OnEveryRank for Cursor<I> {}
impl<I: Iterator, M> OnEveryRank for Keeping<I, M> {}

impl<S: OnEveryRank> Exits<S> {
    /// Runs the loop on all threads of all ranks, up to the first iteration that leaves it. Says
    /// whether this rank has to run an iteration itself now, by [`again`](Self::again); then it is
    /// called again.
    ///
    /// # Panics
    /// As [`distribute`](super::distribute), and when an iteration left the loop elsewhere and not
    /// here.
    #[track_caller]
    pub fn run<Q, O, F>(
        &mut self,
        settings: Q,
        body: F,
        mut outputs: O,
        captures: impl FnOnce(&mut Captures),
    ) -> bool
    where
        Q: Settings,
        for<'a> S::Mover: Moves<Resumed<'a, S>>,
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + SharedBody<Q::Answers>,
    {
        let options = settings.options();
        let captures = and_of(&mut outputs, captures);
        let run = LoopRun::capturing(&options, captures);
        self.rounds(run, &options, outputs, own_item, |run, source, outputs| {
            S::Mover::on_all_ranks(run, &options, source, &body, outputs)
        })
    }

    /// As [`run`](Self::run) on one thread of each rank.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_unshared<O, F>(
        &mut self,
        options: Options,
        body: F,
        mut outputs: O,
        captures: impl FnOnce(&mut Captures),
    ) -> bool
    where
        O: Output,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    {
        let captures = and_of(&mut outputs, captures);
        let run = LoopRun::capturing(&options, captures);
        self.rounds(run, &options, outputs, own_item, |run, source, outputs| {
            run.run(&options, ByEachRank(source), &body, outputs, Some(&Alone))
        })
    }
}

impl<S: OnEveryRank> Exits<S> {
    /// As [`run`](Self::run) on all threads of this process.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_locally<Q, O, F>(
        &mut self,
        settings: Q,
        body: F,
        outputs: O,
        captures: impl FnOnce(&mut Captures),
    ) -> bool
    where
        Q: Settings,
        for<'a> S::Mover: Moves<Resumed<'a, S>>,
        O: Absorb,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + SharedBody<Q::Answers>,
    {
        let options = kept(settings.options());
        let body = |chunk: Chunk<S::Iter>, Local(part): Local<O::Part>| body(chunk, part).local();
        let run = LoopRun::capturing(&options, captures);
        let outputs = Local(outputs);
        self.rounds(run, &options, outputs, own_item, |run, source, outputs| {
            S::Mover::here(run, &options, source, &body, outputs)
        })
    }

    /// As [`run_locally`](Self::run_locally) on the present thread alone.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_locally_unshared<O, F>(
        &mut self,
        options: Options,
        body: F,
        outputs: O,
        captures: impl FnOnce(&mut Captures),
    ) -> bool
    where
        O: Absorb,
        F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    {
        let options = kept(options);
        let body = |chunk: Chunk<S::Iter>, Local(part): Local<O::Part>| body(chunk, part).local();
        let run = LoopRun::capturing(&options, captures);
        let outputs = Local(outputs);
        self.rounds(run, &options, outputs, own_item, |run, source, outputs| {
            run.run(&options, ByThisRank(source), &body, outputs, None::<&Alone>)
        })
    }
}

impl<I: Iterator<Item: Transport>> Exits<MasterItems<I>> {
    /// As the other `run`, with items that the master's main thread alone iterates over.
    ///
    /// # Panics
    /// As the other `run`, and when serde can't write or read an item.
    #[track_caller]
    pub fn run<Q, O, F>(
        &mut self,
        settings: Q,
        body: F,
        outputs: O,
        captures: impl FnOnce(&mut Captures),
    ) -> bool
    where
        Q: Settings,
        O: Output,
        F: Fn(Chunk<std::vec::IntoIter<I::Item>>, O::Part) -> Filled<O::Part>
            + SharedBody<Q::Answers>,
    {
        let options = from_master(settings.options());
        let run = LoopRun::capturing(&options, captures);
        self.rounds(
            run,
            &options,
            outputs,
            masters_item,
            |run, source, outputs| run.pooled(&options, ByMaster(source), &body, outputs),
        )
    }
}

/// The item of an iteration, which every rank has.
fn own_item<S: ItemSource + Recall>(
    source: &mut S,
    _link: &Link,
    iteration: u64,
) -> Option<S::Item> {
    source.recall(iteration)
}

/// The item of an iteration, which the master has and every rank needs.
fn masters_item<S>(source: &mut S, link: &Link, iteration: u64) -> Option<S::Item>
where
    S: Recall<Item: Transport>,
{
    collectives::broadcast(link, link.is_master().then(|| source.recall(iteration)))
}

impl<S: Recall> Exits<S> {
    /// With other words for an item than those for a loop's.
    pub(crate) fn in_words(self, words: Words) -> Self {
        Self { words, ..self }
    }

    /// See [`run`](Exits::run).
    fn rounds<O: Output>(
        &mut self,
        run: Option<LoopRun>,
        options: &Options,
        mut outputs: O,
        item: impl Fn(&mut S, &Link, u64) -> Option<S::Item>,
        distribute: impl Fn(&LoopRun, Resumed<'_, S>, &mut O) -> Option<Halt>,
    ) -> bool {
        let Some(mut from) = self.go_on() else {
            return false;
        };
        let Some(mut run) = run else {
            self.source.as_mut().expect(NEEDED).keep(false);
            self.state = State::Sequential { next: from };
            return true;
        };
        let _upkeep = thread_context::enter_upkeep();
        let mut items = self.source.take().expect(NEEDED);
        let everywhere = options.gather == Gather::All;
        run.words = self.words;
        loop {
            run.first = from;
            let link = run.link();
            let needed = everywhere || link.is_master();
            items.keep(needed);
            let source = Resumed::new(&mut items, from);
            let (iteration, why) = if let Some(halt) = distribute(&run, source, &mut outputs) {
                if halt.cause.is_stop() {
                    return false;
                }
                (halt.iteration, Why::Left(run.describe(&halt)))
            } else if let Some(dam) = items.dam() {
                (dam, Why::Dammed(MastersWord::new(&run, everywhere)))
            } else {
                return false;
            };
            if needed {
                let item = if everywhere {
                    item(&mut items, link, iteration)
                } else {
                    items.recall(iteration)
                };
                self.source = matches!(why, Why::Dammed(_)).then_some(items);
                self.state = State::Native(Native::new(iteration, item, why));
                return true;
            }
            let goes_on = match why {
                Why::Dammed(Some(masters_word)) => masters_word.wait(),
                Why::Dammed(None) | Why::Left(..) => false,
            };
            if !goes_on {
                return false;
            }
            items.recall(iteration);
            from = iteration + 1;
        }
    }

    /// After an iteration that ran here: from which one the loop goes on, if it does. Until something
    /// else is said, it is over.
    fn go_on(&mut self) -> Option<u64> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Distributed { from } => Some(from),
            State::Native(native) => native.go_on(),
            State::Sequential { .. } | State::Over => None,
        }
    }
}
