use std::panic::{self, AssertUnwindSafe};
use std::sync::Barrier;
use std::sync::atomic::AtomicBool;
use std::thread::{self, ThreadId};
use std::time::Duration;

use super::*;

fn identity() -> Arc<Identity> {
    Arc::new(Identity {
        rank: 0,
        size: 1,
        host: String::new(),
    })
}

/// Closures are jobs.
struct Calls<F>(F);

impl<F: Fn()> Job for Calls<F> {
    fn run(&self) {
        (self.0)();
    }
}

fn run<R>(
    identity: &Arc<Identity>,
    threads: usize,
    job: impl Fn() + Sync,
    main: impl FnOnce() -> R,
) -> R {
    let crew = Threads::new(identity, threads, None).unwrap();
    let (mut main, mut result) = (Some(main), None);
    crew.work_beside(&Calls(job), &mut || {
        result = main.take().map(|main| main());
    });
    result.unwrap()
}

/// The compute threads of the present thread.
fn ids(identity: &Arc<Identity>, threads: usize) -> Vec<ThreadId> {
    let ids = std::sync::Mutex::new(Vec::new());
    let all = Barrier::new(threads + 1);
    let job = || {
        ids.lock().unwrap().push(thread::current().id());
        all.wait();
    };
    run(identity, threads, job, || {
        all.wait();
    });
    ids.into_inner().unwrap()
}

#[test]
fn all_threads_work_at_the_same_time_and_beside_the_present_one() {
    let barrier = Barrier::new(4);
    let meet = || {
        barrier.wait();
    };
    let seven = run(&identity(), 3, meet, || {
        meet();
        7
    });
    assert_eq!(seven, 7);
}

#[test]
fn a_loop_is_run_by_the_threads_of_the_one_before() {
    let identity = identity();
    let first = ids(&identity, 2);
    let both = ids(&identity, 3);
    assert!(first.iter().all(|id| both.contains(id)));
    assert!(ids(&identity, 1).iter().all(|id| both.contains(id)));
    assert!(
        ids(&tests::identity(), 1)
            .iter()
            .all(|id| !both.contains(id)),
        "threads know one rank for all their life"
    );
}

#[test]
fn threads_share_no_compute_threads() {
    let (identity, meeting) = (identity(), Barrier::new(4));
    let mine = || {
        let seen = ids(&identity, 1);
        // Each of the two loops waits for the other one.
        let meet = || {
            meeting.wait();
        };
        run(&identity, 1, meet, meet);
        seen
    };
    let (a, b) = thread::scope(|scope| {
        let (a, b) = (scope.spawn(mine), scope.spawn(mine));
        (a.join().unwrap(), b.join().unwrap())
    });
    assert_ne!(a, b);
}

#[test]
fn also_unwinding_waits_for_all_threads() {
    let done = [const { AtomicBool::new(false) }; 2];
    let next = AtomicUsize::new(0);
    let begun = Barrier::new(3);
    let job = || {
        begun.wait();
        thread::sleep(Duration::from_millis(50));
        done[next.fetch_add(1, Ordering::Relaxed)].store(true, Ordering::Relaxed);
    };
    let identity = identity();
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        run(&identity, 2, job, || {
            begun.wait();
            panic::resume_unwind(Box::new("main"))
        });
    }));
    assert_eq!(result.unwrap_err().downcast_ref(), Some(&"main"));
    assert!(done.iter().all(|done| done.load(Ordering::Relaxed)));
    assert_eq!(ids(&identity, 2).len(), 2, "the threads are still there");
}

#[test]
fn a_panic_of_a_thread_is_that_of_the_present_one_once_all_are_back() {
    let (identity, at) = (identity(), AtomicUsize::new(0));
    let begun = Barrier::new(3);
    let job = || {
        begun.wait();
        if at.fetch_add(1, Ordering::Relaxed) == 0 {
            panic::resume_unwind(Box::new("thread"));
        }
        thread::sleep(Duration::from_millis(20));
        at.fetch_add(1, Ordering::Relaxed);
    };
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        run(&identity, 2, job, || {
            begun.wait();
        });
    }));
    assert_eq!(result.unwrap_err().downcast_ref(), Some(&"thread"));
    assert_eq!(at.load(Ordering::Relaxed), 3);
    assert_eq!(ids(&identity, 2).len(), 2);
}

#[test]
fn a_crew_within_a_crew_has_threads_of_its_own() {
    let identity = identity();
    let inner = run(&identity, 1, || (), || ids(&identity, 2));
    assert_eq!(inner.len(), 2);
}

#[test]
fn there_are_no_more_crews_at_work_than_wanted() {
    let crew = Threads::new(&identity(), 1, None);
    assert!(Threads::new(&identity(), 1, Some(1)).is_none());
    assert!(Threads::new(&identity(), 1, None).is_some());
    drop(crew);
}

#[test]
fn a_thread_that_did_not_come_is_not_waited_for() {
    let (identity, gate) = (identity(), Barrier::new(2));
    for _ in 0..200 {
        // Most often no thread is awake yet.
        run(&identity, 2, || (), || ());
    }
    let meet = || {
        gate.wait();
    };
    run(&identity, 1, meet, meet);
}

/// Nobody is to run it.
struct Deserted(AtomicBool);

impl Job for Deserted {
    fn run(&self) {
        unreachable!("it could print, and wait for its lender");
    }

    fn expect_nobody(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn threads_stay_away_while_their_lender_holds_the_lock_of_a_stream() {
    let identity = identity();
    let lock = std::io::stderr().lock();
    for again in [false, true] {
        let (crew, job) = (
            Threads::new(&identity, 2, None).unwrap(),
            Deserted(AtomicBool::new(false)),
        );
        // Long enough for the threads to wake.
        crew.work_beside(&job, &mut || thread::sleep(Duration::from_millis(300)));
        assert!(!again || job.0.load(Ordering::Relaxed));
    }
    drop(lock);
    assert_eq!(ids(&identity, 2).len(), 2);
}
