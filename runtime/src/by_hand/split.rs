//! A rank's share of some items as an iterator, for programs that handle their ranks by hand.

use std::fmt;
use std::ops::Range;
use std::panic::Location;
use std::rc::Rc;
use std::slice;
use std::time::Instant;
use std::vec;

use crate::base::panicking::{self, PanicReport};
use crate::base::rank::MASTER;
use crate::base::thread_context;
use crate::base::wire::decode_message;
use crate::by_hand::dispatch::{Dispatch, Nobody};
use crate::engine;
use crate::loop_parts::gather::Form;
use crate::loop_parts::items::{
    Cost, Digest, ItemSource as _, Next, Panic, Prefetch, Sequential, Taken,
};
use crate::loop_parts::options::Options;
use crate::observe::{Event, OpenSpan};
use crate::process::world::World;
use crate::protocol::deadlock::{Awaited, Waiting};
use crate::protocol::message::{
    Call, Entry, Finished, Halt, Order, Outcome, Over, Site, Verdict, Wants,
};
use crate::transport::fabric::Tag;
use crate::transport::link::Link;

/// This rank's share of `items`, handed out on demand: when it runs out of items, `next()` asks the
/// master for a few more (dlp_mpi's `split_managed`).
///
/// Every rank calls it with the same items; these need no serde, since only their indices travel.
/// With several ranks the master hands out items and gets none itself, so two ranks make one
/// worker; in the annotated loop the master works too. The results of one rank are in the order of
/// its items, but those of all ranks are not: if the order matters, [`gather`](crate::gather) an
/// index with each. A rank that drops the iterator early leaves the rest to the others.
///
/// # Panics
/// `next` panics when another rank is in another call, has left, or has fewer items.
///
/// ```
/// let mut squares = Vec::new();
/// for i in parallel_for::split_managed(0..10_u64) {
///     squares.push(i * i);
/// }
/// if let Some(squares) = parallel_for::gather(squares) {
///     assert_eq!(parallel_for::flatten(squares).iter().sum::<u64>(), 285);
/// }
/// ```
#[track_caller]
pub fn split_managed<I: IntoIterator>(items: I) -> SplitManaged<I::IntoIter> {
    let location = Location::caller();
    let site: Site = location.into();
    let source = Sequential::new(items.into_iter(), Digest::none());
    let role = if thread_context::in_body() {
        None
    } else {
        Some(World::current()).filter(|world| world.link().size() > 1)
    };
    let role = match role {
        None => Role::Only(source),
        Some(world) => {
            let _upkeep = thread_context::enter_upkeep();
            world.tell_unkept(location, &Options::DEFAULT);
            let link = world.link();
            let length = source.length().hint();
            link.enter(Entry {
                length,
                ..Entry::new(Call::Split, site.clone())
            });
            if link.is_master() {
                let workers = link.size() - 1;
                let dispatch =
                    Dispatch::new(Rc::clone(&world), site, Halt::describe, source, workers);
                Role::Master(Box::new(dispatch))
            } else {
                Role::Worker {
                    source,
                    world,
                    site,
                    chunk: None,
                }
            }
        }
    };
    SplitManaged {
        role,
        items: Vec::new().into_iter(),
        panic: None,
    }
}

/// See [`split_managed`].
pub struct SplitManaged<I: Iterator> {
    role: Role<I>,
    /// What is left of the present chunk.
    items: vec::IntoIter<I::Item>,
    /// The panic that comes after them.
    panic: Option<Box<PanicReport>>,
}

impl<I: Iterator> SplitManaged<I> {
    fn next_in_hand(&mut self) -> Option<I::Item> {
        let item = self.items.next();
        if item.is_none()
            && let Some(report) = self.panic.take()
        {
            panicking::resume(report);
        }
        item
    }
}

enum Role<I: Iterator> {
    /// There are no other ranks.
    Only(Sequential<I>),
    Master(Box<Dispatch<Sequential<I>>>),
    Worker {
        source: Sequential<I>,
        world: Rc<World>,
        site: Site,
        chunk: Option<Running>,
    },
    Done,
}

/// The chunk whose items are being handed to the user.
struct Running {
    chunk: Range<u64>,
    since: Instant,
    span: Option<OpenSpan>,
}

impl Running {
    fn begin(link: &Link, chunk: Range<u64>) -> Self {
        link.observers().tell(|| Event::Started { chunk: &chunk });
        Self {
            chunk,
            since: Instant::now(),
            span: link.observers().begin_span(),
        }
    }

    fn finished(self, link: &Link) -> Finished {
        let cost = Cost {
            nanos: u64::try_from(self.since.elapsed().as_nanos()).unwrap_or(u64::MAX),
            slowest: None,
            span: self.span.map(OpenSpan::end),
        };
        link.observers().tell(|| Event::Finished {
            rank: link.rank(),
            chunks: slice::from_ref(&self.chunk),
            cost,
            bytes: 0,
            memory: None,
        });
        // There are no parts: the user keeps the results.
        Finished {
            cost,
            ..Finished::empty(vec![self.chunk], Outcome::Parts(Form::Raw))
        }
    }
}

impl<I: Iterator> Iterator for SplitManaged<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        if let Some(item) = self.next_in_hand() {
            return Some(item);
        }
        match &mut self.role {
            Role::Only(source) => source.next(),
            Role::Master(dispatch) => {
                dispatch.serve(&mut Nobody);
                self.role = Role::Done;
                None
            }
            Role::Worker {
                source,
                world,
                site,
                chunk,
            } => {
                let link = world.link();
                let finished = chunk.take().map(|chunk| chunk.finished(link));
                let Some(range) = ask(link, site, finished, 1) else {
                    link.complete(&Verdict::Complete);
                    self.role = Role::Done;
                    return None;
                };
                let upkeep = thread_context::enter_upkeep();
                let Taken {
                    iter, length, next, ..
                } = source.take(range.clone(), false, &Prefetch::all());
                drop(upkeep);
                if let Next::Panic(Panic { report, .. }) = next {
                    self.panic = Some(report);
                } else if length < range.end - range.start {
                    let outcome = Outcome::Short {
                        length: range.start + length,
                    };
                    let short = Finished::empty(vec![range], outcome);
                    // The answer is a refusal, by which the wait unwinds.
                    ask(link, site, Some(short), 0);
                    return None;
                }
                *chunk = Some(Running::begin(link, range));
                self.items = iter;
                self.next_in_hand()
            }
            Role::Done => None,
        }
    }
}

impl<I: Iterator> Drop for SplitManaged<I> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        match &mut self.role {
            // The other ranks depend on the master, whether it wants items or not.
            Role::Master(dispatch) => drop(dispatch.serve(&mut Nobody)),
            Role::Worker { world, chunk, .. } => {
                let over = Some(Over {
                    length: None,
                    surplus: false,
                });
                let link = world.link();
                let finished = chunk.take().map(|chunk| chunk.finished(link));
                engine::request(link, finished, Wants::default(), over, Vec::new());
                link.complete(&Verdict::Complete);
            }
            Role::Only(_) | Role::Done => {}
        }
    }
}

impl<I: Iterator> fmt::Debug for SplitManaged<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitManaged")
            .field("in_hand", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// Sends a request and waits for the answer: a chunk, or `None` at the end.
fn ask(link: &Link, site: &Site, finished: Option<Finished>, wants: u32) -> Option<Range<u64>> {
    engine::request(link, finished, Wants::chunks(wants), None, Vec::new());
    link.observers().tell(|| Event::Waiting);
    let waiting = || Waiting {
        call: "the split".to_owned(),
        collective: true,
        site: site.clone(),
        awaited: Awaited::All(vec![MASTER]),
        taking: Vec::new(),
    };
    link.wait_for(waiting, || {
        link.insist();
        let message = link.receive(Some(MASTER), Tag::Order)?;
        match decode_message(&message.body) {
            Order::Run { chunk, .. } => Some(Some(chunk)),
            Order::Until { .. } => None,
            Order::Stop(Verdict::Complete) => Some(None),
            Order::Stop(Verdict::Halted(halt)) => panicking::unwind_silently(halt.into_message()),
        }
    })
}

/// This rank's share of `items`: every `size()`-th, from the `rank()`-th on (dlp_mpi's
/// `split_round_robin`). No message is sent.
///
/// Every rank calls it with the same items, which is not checked.
///
/// ```
/// let mine: Vec<_> = parallel_for::split_round_robin(["a", "b", "c"]).collect();
/// assert_eq!(mine, ["a", "b", "c"], "all of them, where there is one rank");
/// ```
pub fn split_round_robin<I: IntoIterator>(items: I) -> SplitRoundRobin<I::IntoIter> {
    let items = items.into_iter();
    if thread_context::in_body() {
        return share(items, 0, 1);
    }
    let world = World::current();
    share(items, world.link().rank(), world.link().size())
}

fn share<I: Iterator>(items: I, rank: usize, size: usize) -> SplitRoundRobin<I> {
    items.skip(rank).step_by(size)
}

/// See [`split_round_robin`].
pub type SplitRoundRobin<I> = std::iter::StepBy<std::iter::Skip<I>>;
