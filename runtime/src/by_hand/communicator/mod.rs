//! Ranks that talk to each other, as users see them.
//!
//! Everything here is made of messages between two ranks (`link/post`). Invariant: a communicator
//! has a number that no other one has, every message carries it, and messages of collective calls
//! carry the number of the call as well; so nothing that one part of a program sends is ever taken
//! by another part, whether it is the user's, a library's, or a parallel loop.

mod address;
mod cartesian;
mod collectives;
mod point_to_point;
mod requests;
pub(crate) mod root;
mod slices;
mod split;
mod waiting;

#[cfg(any(test, feature = "contract"))]
pub(crate) mod contract;

use std::fmt;
use std::rc::Rc;

pub use address::{ANY, Any, Destination, Source, Status};
pub use cartesian::Cartesian;
pub use collectives::Slices;
pub use requests::{ReceiveRequest, SendRequest, wait_all, wait_any};

use crate::base::error::{Error, ErrorKind};
use crate::base::rank::Rank;
use crate::base::thread_context;
use crate::process::world::{World, solitude};
use crate::transport::link::Link;

use waiting::Calling;

/// Some ranks, in an order of their own, that exchange messages and make collective calls.
///
/// [`world`] has all of them. Values are whatever serde can carry
/// ([`Transport`](crate::Transport)); the calls with `slice` in their names and those that end in
/// `_into` move plain numbers ([`Plain`](crate::Plain)) as they lie in memory, at the speed of the
/// message-passing library. Lengths are limited only by memory.
///
/// A clone is the same communicator. It belongs to the thread that made it, the main one, and can't
/// be used in the body of a parallel loop, which may run on any rank.
///
/// # Errors
/// Calls return errors that concern only this call: a rank that does not exist, a value of a
/// different type than expected, a list of the wrong length. Collective calls return such an error
/// on every rank. Errors that concern the whole job end it, with one message for all ranks and exit
/// code 101: ranks that are in different calls, ranks that wait for each other (a deadlock, see
/// below), a rank that failed.
///
/// # Deadlocks
/// A rank that waits for longer than 5 seconds, or `PARALLEL_FOR_DEADLOCK_AFTER`, tells the master
/// for whom it waits and where. If that proves that some ranks can never go on, whatever the others
/// do, the job ends with a list of the waiting ranks, each with its call, its line, and the ranks
/// that it waits for. A slow rank is never mistaken for a stuck one.
///
/// Not found: ranks that wait for the master while it hands out the items of
/// [`split_managed`](crate::split_managed), [`map_ordered`](crate::map_ordered) or
/// [`map_unordered`](crate::map_unordered), and programs that poll with
/// [`test`](ReceiveRequest::test) or [`immediate_probe`](Self::immediate_probe) instead of waiting.
///
/// # What it costs
/// A message takes about a microsecond longer than the library's own. `send` never waits for the
/// receiver: the bytes are kept until they are on their way.
///
/// ```
/// # fn main() -> Result<(), parallel_for::Error> {
/// let world = parallel_for::world();
/// let next = (world.rank() + 1) % world.size();
/// world.send(next, &format!("hello from rank {}", world.rank()))?;
/// let greeting: String = world.receive(parallel_for::ANY)?;
/// assert!(greeting.starts_with("hello from rank"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[doc(alias = "MPI_Comm")]
#[doc(alias = "Intracomm")]
pub struct Communicator {
    group: Rc<Group>,
}

struct Group {
    home: Home,
    /// Which communicator this is; 0 is the world.
    context: u64,
    /// The ranks in the world that belong to it, in its own order.
    members: Vec<Rank>,
    /// This rank's number in it.
    rank: usize,
}

/// Whose messages it exchanges.
#[derive(Clone)]
enum Home {
    /// All ranks.
    Everybody(Rc<World>),
    /// The master, while it runs what only the master runs.
    Alone(Rc<World>),
    /// An iteration of a parallel loop.
    Body(Rc<Link>),
}

/// All ranks.
///
/// In the body of a parallel loop, and in code that only the master runs, it is a world of one.
/// The first use of this crate in a process with ranks starts MPI and must be on the main thread.
///
/// # Panics
/// Panics on threads other than the main one, if there are several ranks.
///
/// ```
/// let world = parallel_for::world();
/// assert_eq!((world.rank(), world.size()), (0, 1)); // Without a launcher.
/// ```
#[must_use]
#[doc(alias = "MPI_COMM_WORLD")]
#[doc(alias = "COMM_WORLD")]
#[track_caller]
pub fn world() -> Communicator {
    let home = if thread_context::in_body() {
        Home::Body(Rc::new(solitude()))
    } else {
        let world = World::current();
        assert!(
            !world.is_guest(),
            "messages between ranks, on a thread other than the main one, which alone exchanges them\n\
             help: exchange messages on the main thread; parallel loops, `rank()` and `size()` work on every thread"
        );
        if world.is_alone() {
            Home::Alone(world)
        } else {
            Home::Everybody(world)
        }
    };
    let link = home.link();
    let (members, rank) = ((0..link.size()).collect(), link.rank());
    let group = Group {
        home,
        context: 0,
        members,
        rank,
    };
    Communicator {
        group: Rc::new(group),
    }
}

impl Home {
    fn link(&self) -> &Link {
        match self {
            Home::Everybody(world) => world.everybody(),
            Home::Alone(world) => world.local(),
            Home::Body(link) => link,
        }
    }
}

impl Communicator {
    /// This process's number in it, from 0.
    #[must_use]
    #[doc(alias = "MPI_Comm_rank")]
    #[doc(alias = "Get_rank")]
    pub fn rank(&self) -> usize {
        self.group.rank
    }

    /// How many ranks it has.
    #[must_use]
    #[doc(alias = "MPI_Comm_size")]
    #[doc(alias = "Get_size")]
    pub fn size(&self) -> usize {
        self.group.members.len()
    }

    /// Whether this is its rank 0.
    #[must_use]
    pub fn is_master(&self) -> bool {
        self.rank() == 0
    }

    /// The name of the machine that this rank runs on.
    #[must_use]
    #[doc(alias = "MPI_Get_processor_name")]
    #[doc(alias = "Get_processor_name")]
    pub fn processor_name(&self) -> String {
        self.group.home.link().identity().host.clone()
    }

    /// The link, where this communicator can be used now.
    fn link(&self) -> Result<&Link, Error> {
        let misuse = |words| Err(Error::new(ErrorKind::Misuse, words));
        match &self.group.home {
            Home::Body(_) if !thread_context::in_body() => misuse(
                "this communicator was made in the body of a parallel loop, and ended with it",
            ),
            Home::Everybody(_) | Home::Alone(_) if thread_context::in_body() => misuse(
                "a communicator in the body of a parallel loop: which rank runs an iteration, and \
                 when, is not known, so no other rank could answer\n\
                 help: exchange messages before or after the loop",
            ),
            Home::Everybody(world) if world.is_alone() && self.size() > 1 => misuse(
                "this code runs on the master only, and the other ranks of this communicator are \
                 not here\n\
                 help: what comes after the loop of an annotated `main`, and the closure of \
                 `on_master`, run on the master alone: exchange messages in a function of its own, \
                 or before the loop",
            ),
            home => {
                let link = home.link();
                match link.failure() {
                    None => Ok(link),
                    Some(words) => Err(Error::new(ErrorKind::Library, words)),
                }
            }
        }
    }

    /// The world's number of one of its ranks.
    fn member(&self, calling: Calling, rank: usize) -> Result<Rank, Error> {
        self.group.members.get(rank).copied().ok_or_else(|| {
            let size = self.size();
            let ranks = if size == 1 { "rank" } else { "ranks" };
            let alone = match &self.group.home {
                Home::Everybody(_) => "",
                Home::Alone(_) | Home::Body(_) => {
                    "\nhelp: in the body of a loop, and in code that only the master runs, the world is \
                     this rank alone: exchange messages elsewhere"
                }
            };
            let words = format!(
                "there is no rank {rank}: this communicator has {size} {ranks}, \
                 numbered from 0{alone}"
            );
            calling.error(ErrorKind::NoSuchRank, &words)
        })
    }

    /// Its own number of one of the world's ranks.
    fn number_of(&self, rank: Rank) -> usize {
        let members = &self.group.members;
        // In the world, and often elsewhere, both are the same.
        if members.get(rank) == Some(&rank) {
            return rank;
        }
        members
            .iter()
            .position(|&member| member == rank)
            .expect("messages of a communicator come from its ranks")
    }
}

impl fmt::Debug for Communicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Communicator")
            .field("rank", &self.rank())
            .field("size", &self.size())
            .field("context", &self.group.context)
            .finish_non_exhaustive()
    }
}
