//! Ranks over MPI, through the `mpi` crate; the only file that names it.
//!
//! Invariants: one duplicated communicator, so that no message meets another library's; only the
//! thread that initialised MPI gets here (`MPI_THREAD_FUNNELED`), which `world` ensures; no call
//! that waits for another rank except `MPI_Init`, the duplication beside it, and `MPI_Finalize`.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::mem;

use mpi::Threading;
use mpi::datatype::Equivalence as _;
use mpi::environment::{Universe, is_finalized};
use mpi::point_to_point::{Destination as _, Source as _};
use mpi::request::{Request, StaticScope};
use mpi::topology::{Communicator as _, SimpleCommunicator};

use super::{Envelope, Fabric, Rank, Tag};

/// This process's rank among those that the launcher started.
pub(crate) struct Mpi {
    world: SimpleCommunicator,
    /// `None` where the user's program had initialised MPI itself: then it also finalises it.
    universe: RefCell<Option<Universe>>,
    outgoing: RefCell<Vec<Outgoing>>,
}

thread_local! {
    /// Whether this thread is in a call of MPI. A library may end the process from within one, and
    /// then must not be called again.
    static CALLING: Cell<bool> = const { Cell::new(false) };
}

/// Calls MPI.
fn call<R>(mpi: impl FnOnce() -> R) -> R {
    CALLING.set(true);
    let result = mpi();
    CALLING.set(false);
    result
}

/// A message on its way out: the buffer that MPI reads from lives here until MPI is done with it.
struct Outgoing {
    request: Option<Request<'static, [u8]>>,
    _bytes: Vec<u8>,
}

impl Mpi {
    /// Initialises MPI.
    ///
    /// # Errors
    /// When the library grants no threads beside the one that communicates.
    pub(crate) fn start() -> Result<Self, String> {
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
        let world = SimpleCommunicator::world().duplicate();
        Ok(Self {
            world,
            universe: RefCell::new(universe),
            outgoing: RefCell::default(),
        })
    }
}

/// Ends the job from a thread that may be any: the last resort when a process exits in a body.
pub(crate) fn abort_job(code: i32) -> ! {
    call(|| SimpleCommunicator::world().abort(code))
}

/// The MPI library's name and version.
pub(crate) fn library() -> String {
    let version = mpi::environment::library_version().unwrap_or_default();
    version
        .lines()
        .next()
        .unwrap_or("unknown")
        .trim_end_matches('\0')
        .to_owned()
}

/// Whether this thread is in a call of MPI.
pub(crate) fn is_calling() -> bool {
    CALLING.get()
}

/// Whether MPI can't be used any more, because the user's program has finalised it.
pub(crate) fn is_gone() -> bool {
    is_finalized()
}

impl Fabric for Mpi {
    fn rank(&self) -> Rank {
        usize::try_from(self.world.rank()).expect("MPI counts ranks from 0")
    }

    fn size(&self) -> usize {
        usize::try_from(self.world.size()).expect("a fabric has ranks")
    }

    fn processor_name(&self) -> String {
        mpi::environment::processor_name().unwrap_or_else(|_| "unknown host".to_owned())
    }

    fn send(&self, to: Rank, tag: Tag, bytes: Vec<u8>) {
        // SAFETY: the slice covers the vector's initialised bytes. They stay where they are when
        // the vector moves, and the vector lives beside the request in `Outgoing`, which is
        // dropped only after MPI reported the request complete (`is_flushed`) or is leaked.
        let slice: &'static [u8] =
            unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) };
        let to = i32::try_from(to).expect("MPI's ranks are C ints");
        let process = self.world.process_at_rank(to);
        let request = call(|| process.immediate_send_with_tag(StaticScope, slice, tag as i32));
        match call(|| request.test()) {
            Ok(_) => {}
            Err(request) => {
                self.outgoing.borrow_mut().push(Outgoing {
                    request: Some(request),
                    _bytes: bytes,
                });
            }
        }
    }

    fn receive(&self, source: Option<Rank>, tag: Tag) -> Option<Envelope> {
        let tag = tag as i32;
        let (message, status) = match source {
            Some(rank) => {
                let rank = i32::try_from(rank).expect("MPI's ranks are C ints");
                let process = self.world.process_at_rank(rank);
                call(|| process.immediate_matched_probe_with_tag(tag))
            }
            None => call(|| {
                self.world
                    .any_process()
                    .immediate_matched_probe_with_tag(tag)
            }),
        }?;
        let length = usize::try_from(status.count(u8::equivalent_datatype()))
            .expect("a frame's length fits");
        let mut bytes = vec![0; length];
        mpi::request::scope(|scope| {
            let mut request =
                call(|| message.immediate_matched_receive_into(scope, &mut bytes[..]));
            while let Err(pending) = call(|| request.test()) {
                request = pending;
                std::hint::spin_loop();
            }
        });
        let source = usize::try_from(status.source_rank()).expect("MPI counts ranks from 0");
        Some(Envelope { source, bytes })
    }

    fn is_flushed(&self) -> bool {
        let mut outgoing = self.outgoing.borrow_mut();
        outgoing.retain_mut(|message| {
            match message
                .request
                .take()
                .map(|request| call(|| request.test()))
            {
                Some(Err(pending)) => {
                    message.request = Some(pending);
                    true
                }
                Some(Ok(_)) | None => false,
            }
        });
        outgoing.is_empty()
    }

    fn abort(&self, code: i32) -> ! {
        call(|| self.world.abort(code))
    }

    fn finalize(&self) {
        // What is still on its way out belongs to nobody any more; freeing it under MPI would not do.
        mem::forget(self.outgoing.take());
        call(|| drop(self.universe.take()));
    }
}

impl fmt::Debug for Mpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mpi")
            .field("rank", &self.rank())
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}
