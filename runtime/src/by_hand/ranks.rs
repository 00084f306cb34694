//! What programs ask of their ranks by hand; the functions at the crate's root.

use std::panic::Location;

use crate::base::program;
use crate::base::rank::MASTER;
use crate::base::stderr::say;
use crate::base::thread_context;
use crate::base::wire::Transport;
use crate::process::world::{self, MasterOnly, World};
use crate::protocol::message::Call;
use crate::transport::collectives;

/// This process's number among the ranks, from 0; rank 0 is the master.
///
/// Without a launcher there is one rank. It can be called everywhere, also in a loop's body, where
/// it tells which rank runs the iteration, and on threads of your own. The first use of this crate in a
/// process with ranks starts MPI and must be on the main thread.
///
/// ```
/// assert!(parallel_for::rank() < parallel_for::size());
/// ```
#[must_use]
#[doc(alias = "MPI_Comm_rank")]
#[doc(alias = "Get_rank")]
pub fn rank() -> usize {
    thread_context::identity().map_or_else(
        || World::current().identity().rank,
        |identity| identity.rank,
    )
}

/// How many ranks there are; 1 without a launcher.
///
/// ```
/// assert_eq!(parallel_for::size(), 1);
/// ```
#[must_use]
#[doc(alias = "MPI_Comm_size")]
#[doc(alias = "Get_size")]
pub fn size() -> usize {
    thread_context::identity().map_or_else(
        || World::current().identity().size,
        |identity| identity.size,
    )
}

/// Whether this is rank 0, the one that has the outputs and prints.
///
/// ```
/// assert!(parallel_for::is_master());
/// ```
#[must_use]
pub fn is_master() -> bool {
    rank() == 0
}

/// The name of the machine that this rank runs on.
///
/// ```
/// assert!(!parallel_for::processor_name().is_empty());
/// ```
#[must_use]
#[doc(alias = "MPI_Get_processor_name")]
#[doc(alias = "hostname")]
pub fn processor_name() -> String {
    let host = || World::current().identity().host.clone();
    thread_context::identity().map_or_else(host, |identity| identity.host.clone())
}

/// How many threads run bodies on this rank, unless a loop says otherwise: the cores that the rank
/// may use, divided among the ranks that may use them, or `PARALLEL_FOR_THREADS`.
///
/// In a body it is 1: loops that are reached there run sequentially.
///
/// ```
/// assert!(parallel_for::threads() >= 1);
/// ```
#[must_use]
pub fn threads() -> usize {
    if thread_context::in_body() {
        1
    } else {
        World::current().threads(&crate::loop_parts::options::Options::DEFAULT)
    }
}

/// Ends the program, with exit code 2 and one line on the master that says how to start it, if
/// there are fewer ranks than `needed`.
///
/// ```
/// parallel_for::require_ranks(1);
/// ```
pub fn require_ranks(needed: usize) {
    let size = size();
    if size >= needed {
        return;
    }
    if is_master() {
        let program = std::env::args().next().unwrap_or_default();
        let how = if world::has_library() {
            ""
        } else {
            ", once it is built with `--features mpi`"
        };
        say(format_args!(
            "error: this needs {needed} ranks, not {size}: `mpiexec -n {needed} {program}`{how}"
        ));
    }
    std::process::exit(2)
}

/// Concatenates lists: those that [`gather`](crate::gather) returns, when each rank's value is a
/// list.
///
/// ```
/// assert_eq!(parallel_for::flatten([vec![1, 2], vec![], vec![3]]), [1, 2, 3]);
/// ```
pub fn flatten<T>(lists: impl IntoIterator<Item: IntoIterator<Item = T>>) -> Vec<T> {
    lists.into_iter().flatten().collect()
}

/// Runs `f` once, on the master, and gives every rank its value.
///
/// Use it for effects that must not happen on every rank: reading standard input, drawing a seed,
/// creating a folder. Parallel loops inside `f` use the master's threads only. In a loop's body and
/// in code that only the master runs, it just runs `f`.
///
/// # Panics
/// Panics when `f` does, and as [`broadcast`](crate::broadcast).
///
/// ```
/// let lines = parallel_for::on_master(|| vec!["read", "once"].join(" "));
/// assert_eq!(lines, "read once");
/// ```
#[track_caller]
pub fn on_master<T: Transport>(f: impl FnOnce() -> T) -> T {
    let site = Location::caller().into();
    if thread_context::in_body() {
        return f();
    }
    let world = World::current();
    let link = world.link();
    collectives::enter(link, Call::OnMaster, &site);
    let value = link.is_master().then(|| {
        let _alone = std::rc::Rc::clone(&world).leave_others();
        f()
    });
    let value = collectives::broadcast(link, value);
    collectives::leave(link);
    value
}

/// Whether the annotated function's own prints appear here: once for all ranks.
pub(crate) fn prints() -> bool {
    thread_context::runs_once() || rank() == MASTER
}

/// Makes sure that the ranks know of each other from the start of `main` on.
pub fn start() {
    if !thread_context::in_body() {
        World::current();
    }
}

/// On the master a mark that what follows runs there alone; elsewhere `None`.
#[must_use]
pub fn master_only() -> Option<MasterOnly> {
    if thread_context::in_body() {
        return Some(MasterOnly::in_body());
    }
    let world = World::current();
    world.link().is_master().then(|| world.leave_others())
}

/// Likewise after the last loop of a function `main` in this module: `None` where a rank leaves a
/// program's `main`. A function of that name in a module goes on on every rank.
#[must_use]
pub fn main_goes_on(module: &str) -> Option<Option<MasterOnly>> {
    if program::has_main(module) {
        master_only().map(Some)
    } else {
        Some(None)
    }
}

/// What a function returns on ranks that have nothing to say: success.
#[diagnostic::on_unimplemented(
    message = "a function that returns `{Self}` needs the loop's outputs on every rank",
    label = "with `gather = master` the other ranks have nothing to return here",
    note = "let it return `()` or `Result<(), E>`, or write `gather = all`"
)]
pub trait Success {
    /// The value that says so.
    fn success() -> Self;
}

impl Success for () {
    fn success() -> Self {}
}

impl<T: Success, E> Success for Result<T, E> {
    fn success() -> Self {
        Ok(T::success())
    }
}

impl<T: Success> Success for Option<T> {
    fn success() -> Self {
        Some(T::success())
    }
}

impl Success for std::process::ExitCode {
    fn success() -> Self {
        Self::SUCCESS
    }
}

/// The value that says so, of the function's own type.
#[must_use]
pub fn success<T: Success>() -> T {
    T::success()
}

/// Runs a part of the contract suite on the fabric of this program.
#[cfg(feature = "contract")]
pub fn check_fabric(part: &str) {
    crate::transport::fabric::contract::run(World::current().everybody().uncounted_fabric(), part);
}

/// Runs the contract suite of communicators on the world.
#[cfg(feature = "contract")]
pub fn check_communicator() {
    crate::by_hand::communicator::contract::check(&crate::by_hand::communicator::world());
}
