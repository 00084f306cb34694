//! Parallel maps without the macro.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use crate::crew::Pooled;
use crate::dispatch::Dispatch;
use crate::distribute::distribute;
use crate::gather;
use crate::items::{Chunk, Digest, Sequential, Source as _};
use crate::options::Options;
use crate::panicking;
use crate::place;
use crate::protocol::drive::{self, Parcel};
use crate::protocol::message::{Call, Entry, Site, Verdict};
use crate::wire::{self, Transport};
use crate::world::World;

/// `f` of every item, in the order of the items, on all threads of all ranks; every rank gets all
/// results.
///
/// It is the annotated loop `for item in items { results.push(f(item)); }` as a function: the same
/// schedule, the same messages, the same order.
///
/// # Panics
/// Panics on every rank when `f` panics for some item, with the message for the lowest one, or
/// when the ranks disagree on the items.
///
/// ```
/// assert_eq!(parallel_for::map(1..=4, |i| i * i), [1, 4, 9, 16]);
/// ```
#[track_caller]
pub fn map<I, R, F>(items: I, f: F) -> Vec<R>
where
    I: IntoIterator<IntoIter: Send>,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    let mut results = Vec::new();
    let source = Sequential::new(items.into_iter(), Digest::none());
    distribute(
        Options::DEFAULT,
        source,
        |chunk, mut part: Vec<R>| {
            part.extend(chunk.map(&f));
            gather::part(part)
        },
        &mut results,
    );
    results
}

/// `f` of every item, in the order in which the results arrive; an iterator on the master, and an
/// empty one on the other ranks (dlp_mpi's `map_unordered`).
///
/// The other ranks compute, on all their threads, while the master consumes: it hands out items
/// and receives results whenever `next` is called, and computes none itself. With one rank, the
/// results are computed on all threads before the first is returned.
///
/// # Panics
/// As [`map`]; `next` panics on the master.
///
/// ```
/// let mut squares: Vec<u32> = parallel_for::map_unordered(1..=4, |i| i * i).collect();
/// squares.sort();
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
#[track_caller]
pub fn map_unordered<I, R, F>(items: I, f: F) -> MapUnordered<I::IntoIter, R>
where
    I: IntoIterator<IntoIter: Send>,
    R: Transport,
    F: Fn(I::Item) -> R + Sync,
{
    let site: Site = Location::caller().into();
    let world = (!place::in_body())
        .then(World::current)
        .filter(|world| world.link().size() > 1);
    let Some(world) = world else {
        return MapUnordered {
            ready: map(items, f).into(),
            dispatch: None,
        };
    };
    let link = world.link();
    let source = Sequential::new(items.into_iter(), Digest::none());
    let length = source.length();
    link.enter(|number| Entry {
        number,
        call: Call::Loop,
        site: site.clone(),
        length,
        fingerprint: 0,
    });
    let threads = world.threads(&Options::DEFAULT);
    if link.is_master() {
        let dispatch = Dispatch::new(Rc::clone(&world), site, source, (link.size() - 1) * threads);
        return MapUnordered {
            ready: VecDeque::new(),
            dispatch: Some(dispatch),
        };
    }
    let body = |chunk: Chunk<_>, mut part: Vec<R>| {
        part.extend(chunk.map(&f));
        gather::part(part)
    };
    let verdict =
        drive::work::<_, Vec<R>, _, _>(link, source, body, &Pooled::new(world.pools(), threads));
    link.complete();
    if let Verdict::Halted(halt) = verdict {
        panicking::unwind_silently(halt.into_message());
    }
    MapUnordered {
        ready: VecDeque::new(),
        dispatch: None,
    }
}

/// See [`map_unordered`].
pub struct MapUnordered<I: Iterator, R: Transport> {
    ready: VecDeque<R>,
    /// On the master, until everything is done.
    dispatch: Option<Dispatch<Sequential<I>>>,
}

impl<I: Iterator, R: Transport> MapUnordered<I, R> {
    /// Serves the other ranks until there is a result, or none left.
    fn refill(&mut self) {
        let Some(dispatch) = &self.dispatch else {
            return;
        };
        let arrived = RefCell::new(VecDeque::new());
        let deliver = |parcel: Parcel| {
            let parts: Vec<Vec<R>> = wire::decode(parcel.parts.format, &parcel.parts.bytes)
                .unwrap_or_else(|reason| panic!("{reason}"));
            arrived.borrow_mut().extend(parts.into_iter().flatten());
        };
        let all = dispatch.serve(deliver, || !arrived.borrow().is_empty());
        if all {
            self.dispatch = None;
        }
        self.ready = arrived.into_inner();
    }
}

impl<I: Iterator, R: Transport> Iterator for MapUnordered<I, R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if self.ready.is_empty() {
            self.refill();
        }
        self.ready.pop_front()
    }
}

impl<I: Iterator, R: Transport> Drop for MapUnordered<I, R> {
    fn drop(&mut self) {
        // The other ranks run what they were promised, whether the master wants it or not.
        while self.dispatch.is_some() && !std::thread::panicking() {
            self.refill();
        }
    }
}

impl<I: Iterator, R: Transport> fmt::Debug for MapUnordered<I, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapUnordered")
            .field("ready", &self.ready.len())
            .finish_non_exhaustive()
    }
}
