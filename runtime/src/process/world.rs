//! The composition root: which ranks there are, and what this one has to run loops with.
//!
//! Invariant: a world is started by the first use, once in a process with ranks, and belongs to
//! the thread that started it; the launcher's environment and the message-passing library agree on
//! its size, or the program does not run. Other threads of a process with ranks are guests: they know
//! its rank, and reach nobody.

#[cfg(test)]
mod on_threads;
mod recording;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Once, OnceLock};

use crate::base::rank::{MASTER, Rank};
use crate::base::stderr::say;
use crate::base::thread_context::Identity;
use crate::loop_parts::on_error::OnError;
use crate::loop_parts::options::Options;
use crate::loop_parts::schedule::CostMemory;
use crate::observe::{Log, Observers};
use crate::process::agreement::{self, Agreement};
use crate::process::cores::{self, Berth};
use crate::process::crew::Threads;
use crate::process::environment::{self, Environment, variable};
use crate::process::interruption;
use crate::process::launcher::{self, Launch};
use crate::process::lifecycle::{self, watcher};
use crate::process::plan;
use crate::process::progress;
use crate::process::report;
use crate::process::skipped::{List, Skipped};
#[cfg(feature = "tracing")]
use crate::process::spans;
use crate::process::timeline;
use crate::transport::fabric::single::Single;
use crate::transport::fabric::{Fabric, Started, mpi};
use crate::transport::link::Link;
use recording::Recording;

#[cfg(test)]
pub(crate) use on_threads::{enter, run_observed, run_on_threads, run_with};

/// See the module.
#[derive(Debug)]
pub(crate) struct World {
    link: Rc<Link>,
    /// The world of one in which this rank is in loops of its own threads, and the master while it runs what only the
    /// master runs.
    local: Link,
    alone: Cell<usize>,
    warned: Cell<bool>,
    threads: usize,
    /// Whether the items and captured variables of ranks are compared.
    checks: bool,
    /// Whether each rank runs all of its loops by itself.
    keeps_loops: bool,
    recording: Recording,
    /// What is done about iterations that panic, where a loop does not say it.
    on_error: OnError,
    /// What this thread's loops left out.
    skipped: RefCell<List>,
    /// What this thread's loops took.
    costs: RefCell<CostMemory>,
    /// The rank that the present thread's process is, and whose compute threads it uses.
    identity: Arc<Identity>,
    /// A loop of this thread has no compute threads where those of so many others have; `None` where
    /// it always has.
    crews: Option<usize>,
}

/// What guests are told of the process's rank.
#[derive(Debug)]
struct House {
    identity: Arc<Identity>,
    threads: usize,
}

/// The exit code of a program whose variables make no sense.
const WRONG_ENVIRONMENT: i32 = 2;

/// The rank of this process, once it is started.
static HOUSE: OnceLock<House> = OnceLock::new();

thread_local! {
    static CURRENT: RefCell<Option<Rc<World>>> = const { RefCell::new(None) };
}

impl World {
    /// The present thread's world; the first call starts it. A thread that is ending, and runs what its
    /// thread-local values do when they are dropped, has a world of its own for each call.
    pub(crate) fn current() -> Rc<World> {
        let known = CURRENT.try_with(|current| current.borrow().clone());
        if let Ok(Some(world)) = known {
            return world;
        }
        let world = start();
        // Without this value, there is no loop behind this one that could tell the difference.
        let _ = CURRENT.try_with(|current| current.replace(Some(Rc::clone(&world))));
        world
    }

    fn new(
        fabric: Box<dyn Fabric>,
        threads: usize,
        environment: &Environment,
        observers: Observers,
    ) -> Self {
        let patience = environment.patience;
        let link = Rc::new(Link::new(fabric, patience, observers.clone()));
        let identity = Arc::clone(link.identity());
        let local = Link::of(Box::new(Single), Arc::clone(&identity), patience, observers);
        Self {
            link,
            local,
            alone: Cell::new(0),
            warned: Cell::new(false),
            threads,
            checks: environment.checks,
            keeps_loops: environment.local,
            recording: Recording::new(environment),
            on_error: environment.on_error,
            skipped: RefCell::default(),
            costs: RefCell::default(),
            identity,
            crews: None,
        }
    }

    /// That of a thread which is not the one of its process that exchanges messages.
    fn guest(house: &House) -> Self {
        let environment = environment_or_exit();
        let observers = observers(environment, house.identity.rank);
        let mut world = Self::new(Box::new(Single), house.threads, environment, observers);
        world.identity = Arc::clone(&house.identity);
        world.crews = Some(most_crews(environment).min(1));
        world
    }

    /// The ranks that the code which runs now can reach.
    pub(crate) fn link(&self) -> &Link {
        if self.is_alone() {
            &self.local
        } else {
            &self.link
        }
    }

    /// Whether the code that runs now runs on the master only.
    pub(crate) fn is_alone(&self) -> bool {
        self.alone.get() > 0
    }

    /// The world of one of such code.
    pub(crate) fn local(&self) -> &Link {
        &self.local
    }

    /// All ranks, whether they can be reached now or not.
    pub(crate) fn everybody(&self) -> &Link {
        &self.link
    }

    /// The rank that the present thread belongs to.
    pub(crate) fn identity(&self) -> &Arc<Identity> {
        &self.identity
    }

    /// Whether there are other ranks, and the present thread is none that can reach them.
    pub(crate) fn is_guest(&self) -> bool {
        self.identity.size != self.link.size()
    }

    /// How many compute threads a loop with these options has on this rank.
    pub(crate) fn threads(&self, options: &Options) -> usize {
        options.threads.unwrap_or(self.threads)
    }

    /// Whether what ranks compute themselves is compared.
    pub(crate) fn checks(&self) -> bool {
        self.checks
    }

    /// Whether a loop with these options is one of this rank's own threads.
    pub(crate) fn keeps(&self, options: &Options) -> bool {
        let usual = || self.keeps_loops && options.written.is_some();
        options.local.unwrap_or_else(usual)
    }

    /// What is done about iterations that panic, of a loop with these options: the environment speaks of those that the
    /// macro has written, where they say nothing.
    pub(crate) fn on_error(&self, options: &Options) -> OnError {
        let usual = || options.written.map_or(OnError::Stop, |_| self.on_error);
        options.on_error.unwrap_or_else(usual)
    }

    /// Keeps what a loop left out until the program asks; whether that decides on the exit code.
    pub(crate) fn keep_skipped(&self, skipped: Vec<Skipped>, decide: bool) {
        if skipped.is_empty() {
            return;
        }
        if decide {
            lifecycle::mind_skipped();
        }
        self.skipped.borrow_mut().add(skipped, decide);
    }

    /// What loops left out since the last call.
    pub(crate) fn take_skipped(&self) -> Vec<Skipped> {
        self.skipped.borrow_mut().take()
    }

    /// What the loops of this thread took when they ran last.
    pub(crate) fn costs(&self) -> &RefCell<CostMemory> {
        &self.costs
    }

    /// So many compute threads for a loop that begins now; `None` on a thread that is to run it itself,
    /// as enough others run loops. What a body starts would multiply the threads, and if all threads
    /// of a pool of the user's (rayon's) waited for crews whose bodies need that pool, none would ever
    /// go on.
    pub(crate) fn crew(&self, threads: usize) -> Option<Threads> {
        Threads::new(&self.identity, threads, self.crews)
    }

    /// Marks that the other ranks are not here, until the value is dropped.
    pub(crate) fn leave_others(self: Rc<Self>) -> MasterOnly {
        self.alone.set(self.alone.get() + 1);
        MasterOnly { world: Some(self) }
    }

    /// Whether to say that a loop can't reach the other ranks: once.
    pub(crate) fn warns_of_solitude(&self) -> bool {
        self.alone.get() > 0 && self.link.size() > 1 && !self.warned.replace(true)
    }
}

/// The link of one rank to nobody, which needs no world.
pub(crate) fn solitude() -> Link {
    Link::new(Box::new(Single), None, Observers::default())
}

/// While this value lives, the master runs what only the master runs: parallel loops that are
/// reached meanwhile use the master's own threads.
#[derive(Debug)]
pub struct MasterOnly {
    world: Option<Rc<World>>,
}

impl MasterOnly {
    /// In code that runs once anyway there is nothing to mark.
    pub(crate) fn in_body() -> Self {
        Self { world: None }
    }
}

impl Drop for MasterOnly {
    fn drop(&mut self) {
        if let Some(world) = &self.world {
            world.alone.set(world.alone.get() - 1);
        }
    }
}

fn start() -> Rc<World> {
    if let Some(house) = HOUSE.get() {
        return Rc::new(World::guest(house));
    }
    match launcher::detect(variable) {
        Some(launch) if launch.size > 1 => start_ranks(&launch),
        _ => {
            if let Some(tasks) = launcher::forgot_launcher(variable) {
                say(format_args!(
                    "note: one process in a job of {tasks} tasks: forgot `srun` or `mpiexec`?"
                ));
            }
            start_single()
        }
    }
}

fn start_single() -> Rc<World> {
    static WARNED: Once = Once::new();
    let environment = environment_or_exit();
    WARNED.call_once(|| warn(environment::warning(&environment.unknown)));
    let host = Single.processor_name();
    let share = || cores::share(&[Berth::of_this_process(&host)])[0];
    let threads = environment.threads.unwrap_or_else(share);
    let observers = observers(environment, MASTER);
    let mut world = World::new(Box::new(Single), threads, environment, observers);
    if is_main_thread() {
        world.record().unwrap_or_else(|words| refuse(&words));
    } else {
        world.crews = Some(most_crews(environment));
    }
    Rc::new(world)
}

/// How many threads of one process may run loops on crews: less than a pool of the usual size has, and
/// none where that has one thread, as under launchers that bind each rank to a core.
fn most_crews(environment: &Environment) -> usize {
    const MOST: usize = 4;
    let cores = std::thread::available_parallelism().map_or(1, Into::into);
    let pool = environment.rayon_threads.unwrap_or(cores).min(cores);
    (pool - 1).min(MOST)
}

/// What the variables of this process say.
fn environment_or_exit() -> &'static Environment {
    match Environment::of_this_process() {
        Ok(environment) => environment,
        Err(words) => refuse(words),
    }
}

/// Who looks on at what this rank does.
fn observers(environment: &Environment, rank: Rank) -> Observers {
    let log = environment.log.then(|| Box::new(Log { rank }) as _);
    let shows = (rank == MASTER)
        .then(|| progress::observer(environment.progress))
        .flatten();
    let reports = report::observer(environment, rank);
    #[cfg(feature = "tracing")]
    let spans = Some(spans::observer(rank));
    #[cfg(not(feature = "tracing"))]
    let spans = None;
    let pictures = timeline::observer(environment.timeline.as_ref(), rank);
    let plans = plan::observer(environment.plan.as_ref());
    let all = log.into_iter().chain(shows).chain(reports).chain(plans);
    let observers = Observers::new(all.chain(pictures).chain(spans).collect());
    if rank == MASTER && environment.wants_spans() {
        observers.take_spans();
    }
    observers
}

/// Ends this process because of its variables.
fn refuse(words: &str) -> ! {
    say(format_args!("error: {words}"));
    std::process::exit(WRONG_ENVIRONMENT)
}

fn warn(words: Option<String>) {
    if let Some(words) = words {
        say(format_args!("warning: {words}"));
    }
}

/// Whether the program is built with a library for ranks.
pub(crate) fn has_library() -> bool {
    mpi::START.is_some()
}

fn start_ranks(launch: &Launch) -> Rc<World> {
    if variable(environment::PLAN).is_some() {
        launch
            .refuse("PARALLEL_FOR_PLAN measures one process: start the program without a launcher");
    }
    let Some(start) = mpi::START else {
        launch.refuse(&launch.without_mpi())
    };
    assert!(
        is_main_thread(),
        "parallel-for was first used on another thread than the main one, but MPI must be started there\n\
         help: call `parallel_for::rank()` at the start of `main`, and reach parallel loops on the main thread"
    );
    let words = mpi::LIBRARY.and_then(|library| {
        let (version, parts) = (library.version(), library.parts());
        launch.without_pmix(&version, &parts, variable)
    });
    if let Some(words) = words {
        launch.refuse(&words);
    }
    interruption::look();
    let Started { fabric, library } = start().unwrap_or_else(|words| launch.refuse(&words));
    if fabric.size() == 1 {
        launch.refuse(&launch.wrong_vendor(&library.version()));
    }
    let environment = Environment::of_this_process();
    // One that makes no sense is told to all ranks, and by then they have a link.
    let usual = Environment::default();
    let sensible = environment.as_ref().unwrap_or(&usual);
    let observers = observers(sensible, fabric.rank());
    let mut world = World::new(fabric, 1, sensible, observers);
    // One reference is never given back: the exit handler needs the link after everything else.
    let forever: &'static Rc<Link> = Box::leak(Box::new(Rc::clone(&world.link)));
    lifecycle::watch(forever, library);
    forever.listen_for_silence(sensible.silence_after, sensible.lost_after);
    // What is wrong with a journal is wrong with the variables.
    let introduced = environment.clone().and_then(|it| {
        let recorded = world.record();
        recorded.map(|()| it)
    });
    let agreement = agreement(&world.link, introduced);
    world.threads = agreement.threads[world.link.rank()];
    if let Some(neighbour) = agreement.neighbours[world.link.rank()].clone() {
        watcher::watch(neighbour, &world.identity.host, library);
    }
    let house = House {
        identity: Arc::clone(&world.identity),
        threads: world.threads,
    };
    HOUSE.set(house).expect("a process starts its ranks once");
    Rc::new(world)
}

/// What holds for all ranks, when they have the same idea of what they run.
fn agreement(link: &Link, environment: Result<Environment, String>) -> Agreement {
    match agreement::agree(link, environment) {
        Ok(mut agreement) => {
            warn(agreement.warning.take().filter(|_| link.is_master()));
            agreement
        }
        Err(words) if link.is_master() => refuse(&words),
        Err(_) => std::process::exit(WRONG_ENVIRONMENT),
    }
}

/// Whether this is the thread that runs `main`; where the system does not tell, its name decides.
fn is_main_thread() -> bool {
    match std::fs::read_link("/proc/thread-self") {
        Ok(path) => {
            path.file_name().and_then(|id| id.to_str()) == Some(&std::process::id().to_string())
        }
        Err(_) => std::thread::current().name() == Some("main"),
    }
}
