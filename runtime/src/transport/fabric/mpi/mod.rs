//! Ranks over MPI, through the `mpi` crate; the only folder that names it.
//!
//! Invariants: one duplicated communicator, so that no message meets another library's; only the
//! thread that initialised MPI gets here (`MPI_THREAD_FUNNELED`), which `world` ensures; no call
//! that waits for another rank except `MPI_Init`, the duplication beside it, and `MPI_Finalize`.

mod buffers;
mod calls;
mod end;
mod parts;
mod signals;
mod stack;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;

use mpi::Threading;
use mpi::environment::{Universe, is_finalized};
use mpi::topology::{Communicator as _, SimpleCommunicator};

use crate::base::aligned::AlignedBytes;
use crate::base::shared::SharedBytes;
use crate::base::thread_context::Identity;

use super::{Envelope, Fabric, LentBytes, Library, Rank, Start, Started, Tag};
use buffers::Transfer;
use calls::{Channel, call, is_calling};

#[cfg(not(all(unix, target_env = "gnu")))]
compile_error!(
    "the feature `mpi` needs glibc: its `on_exit` tells how a rank ended, so that no job hangs"
);

/// How ranks over MPI are started; `None` in a program that is built without MPI.
pub(crate) const START: Option<Start> = Some(|| {
    let fabric = Box::new(Mpi::start()?);
    let library = &MpiLibrary;
    Ok(Started { fabric, library })
});

/// The library, also before it is started; `None` in a program that is built without MPI.
pub(crate) const LIBRARY: Option<&'static dyn Library> = Some(&MpiLibrary);

/// This process's rank among those that the launcher started.
struct Mpi {
    rank: Rank,
    size: usize,
    channel: Channel,
    /// `None` where the user's program had initialised MPI itself: then it also finalises it.
    universe: RefCell<Option<Universe>>,
    outgoing: RefCell<VecDeque<Transfer<SharedBytes>>>,
    /// What was matched and has not come in completely, in this order.
    incoming: RefCell<Vec<Arriving>>,
}

/// A message of which the library has the beginning: a long one comes in while its sender, too,
/// calls the library now and then.
struct Arriving {
    source: Rank,
    tag: Tag,
    transfer: Transfer<AlignedBytes>,
}

impl Arriving {
    fn fits(&self, source: Option<Rank>, tag: Tag) -> bool {
        self.tag == tag && source.is_none_or(|source| source == self.source)
    }
}

impl Mpi {
    /// Initialises MPI.
    ///
    /// # Errors
    /// When the library grants no threads beside the one that communicates, or no error codes.
    fn start() -> Result<Self, String> {
        let universe = match call(|| mpi::initialize_with_threading(Threading::Funneled)) {
            Some((_, Threading::Single)) => {
                return Err(
                    "this MPI library was built without thread support (MPI_THREAD_FUNNELED)"
                        .to_owned(),
                );
            }
            Some((universe, _)) => Some(universe),
            None => None,
        };
        let world = call(|| SimpleCommunicator::world().duplicate());
        let fabric = Self {
            rank: usize::try_from(world.rank()).expect("MPI counts ranks from 0"),
            size: usize::try_from(world.size()).expect("a fabric has ranks"),
            channel: Channel::new(world)?,
            universe: RefCell::new(universe),
            outgoing: RefCell::default(),
            incoming: RefCell::default(),
        };
        let identity = Identity {
            rank: fabric.rank,
            size: fabric.size,
            host: fabric.processor_name(),
        };
        signals::install(identity);
        Ok(fabric)
    }

    /// The first of the matched messages that has come in completely.
    fn take(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        let mut incoming = self.incoming.borrow_mut();
        // One that is incomplete holds back the later ones of its sender.
        let mut late: Vec<Rank> = Vec::new();
        let index = incoming.iter_mut().position(|message| {
            if !message.fits(source, tag) || late.contains(&message.source) {
                return false;
            }
            let complete = message.transfer.test(&self.channel);
            if !complete {
                late.push(message.source);
            }
            complete
        })?;
        let Arriving {
            source, transfer, ..
        } = incoming.remove(index);
        // What came in with an error is nobody's message.
        self.channel.is_sound().then(|| Envelope {
            source,
            bytes: transfer.open(),
        })
    }

    /// Whether a message that was matched has to be handed out first.
    fn is_coming(&self, source: Rank, tag: Tag) -> bool {
        let incoming = self.incoming.borrow();
        incoming
            .iter()
            .any(|message| message.fits(Some(source), tag))
    }
}

/// MPI as a whole.
struct MpiLibrary;

impl Library for MpiLibrary {
    fn version(&self) -> String {
        let version = mpi::environment::library_version().unwrap_or_default();
        version
            .lines()
            .next()
            .unwrap_or("unknown")
            .trim_end_matches('\0')
            .to_owned()
    }

    fn parts(&self) -> Vec<String> {
        parts::list()
    }

    fn is_calling(&self) -> bool {
        is_calling()
    }

    fn is_gone(&self) -> bool {
        is_finalized()
    }

    fn abort(&self, code: i32) -> ! {
        signals::be_silent();
        call(|| SimpleCommunicator::world().abort(code))
    }
}

impl Fabric for Mpi {
    fn rank(&self) -> Rank {
        self.rank
    }

    fn size(&self) -> usize {
        self.size
    }

    fn processor_name(&self) -> String {
        call(mpi::environment::processor_name).unwrap_or_else(|_| "unknown host".to_owned())
    }

    fn send(&self, to: Rank, tag: Tag, bytes: SharedBytes) {
        if !self.channel.is_sound() {
            return;
        }
        if let Some(mut transfer) = Transfer::send(&self.channel, to, tag, bytes)
            && !transfer.test(&self.channel)
        {
            self.outgoing.borrow_mut().push_back(transfer);
        }
    }

    fn lend(&self, frames: &[LentBytes<'_>], meanwhile: &mut dyn FnMut(&[bool])) {
        if self.channel.is_sound() {
            buffers::lend(&self.channel, frames, meanwhile);
        }
    }

    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        while self.channel.is_sound() {
            if let Some(envelope) = self.take(source, tag) {
                return Some(envelope);
            }
            if source.is_some_and(|source| self.is_coming(source, tag)) {
                return None;
            }
            let arrival = self.channel.probe(source, tag)?;
            let source = arrival.source;
            let transfer = Transfer::receive(&self.channel, arrival)?;
            self.incoming.borrow_mut().push(Arriving {
                source,
                tag,
                transfer,
            });
        }
        None
    }

    fn receive_into(&self, source: Rank, tag: Tag, buffer: &mut [u8]) -> Option<usize> {
        if self.is_coming(source, tag) {
            let bytes = self.receive(Some(source), tag)?.bytes;
            buffer[..bytes.len()].copy_from_slice(&bytes);
            return Some(bytes.len());
        }
        if !self.channel.is_sound() {
            return None;
        }
        let arrival = self.channel.probe(Some(source), tag)?;
        buffers::fill(&self.channel, arrival, buffer)
    }

    fn is_flushed(&self) -> bool {
        if !self.channel.is_sound() {
            return true;
        }
        // In turn, and no more than have left: a rank that is ahead of the others has many under way, and asks
        // again and again.
        let mut outgoing = self.outgoing.borrow_mut();
        while let Some(mut transfer) = outgoing.pop_front() {
            if !transfer.test(&self.channel) {
                outgoing.push_back(transfer);
                return false;
            }
        }
        true
    }

    fn failure(&self) -> Option<String> {
        self.channel.failure().map(str::to_owned)
    }

    fn abort(&self, code: i32) -> ! {
        MpiLibrary.abort(code)
    }

    fn finalize(&self) {
        // MPI wants what was begun to be completed before it is finalised.
        let mut incoming = self.incoming.take();
        buffers::soon(|| {
            incoming.retain_mut(|message| !message.transfer.test(&self.channel));
            incoming.is_empty() || !self.channel.is_sound()
        });
        if let Some(universe) = self.universe.take() {
            end::finalize(universe, &MpiLibrary.version());
        }
    }
}

impl fmt::Debug for Mpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mpi")
            .field("rank", &self.rank)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
