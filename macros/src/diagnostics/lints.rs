//! Warnings about code that may be meant as it stands, or may give every rank something else.
//!
//! Stable Rust has no way for a macro to warn. It warns of the use of what is deprecated, though,
//! so each lint is a deprecated function, and `#[allow(deprecated)]` on the user's function turns
//! it off.

use crate::model::LintKind;

/// How to turn a lint off.
const ALLOW: &str = "`#[allow(deprecated)]` on the function turns this warning off";

/// The name of the lint, and its text.
pub(crate) fn lint(kind: &LintKind) -> (&'static str, String) {
    let (name, what, help) = words(kind);
    (name, format!("{what}\nhelp: {help}\nnote: {ALLOW}"))
}

#[expect(clippy::too_many_lines, reason = "a catalogue, an entry for each lint")]
fn words(kind: &LintKind) -> (&'static str, String, String) {
    match kind {
        LintKind::Guard(place, method) => (
            "rank_local_effect",
            format!(
                "`{place}.{method}()`: changes that an iteration makes to `{place}` stay on its \
                 rank, and iterations run in any order"
            ),
            "this is right for a cache of values that can be computed again; anything that later \
             code or another iteration needs has to be an output"
                .to_owned(),
        ),
        LintKind::HeldStream(name) => (
            "stream_locked_around_the_loop",
            format!(
                "`{name}` holds the lock of a standard stream while this loop runs: a body that prints \
                 on another thread would wait for it forever, so each rank runs its iterations on one thread"
            ),
            "take the lock after the loop, or `drop` it before".to_owned(),
        ),
        LintKind::ProcessSetup(name) => (
            "other_values_on_each_rank",
            format!(
                "`{name}` before the loop runs on every rank, and each gets a different value: iterations on \
                 different ranks would work with different values"
            ),
            "ask once, for all: `let value = parallel_for::on_master(|| ..);`".to_owned(),
        ),
        LintKind::Random(name) => (
            "unseeded_randomness",
            format!(
                "`{name}` draws from a generator of the thread or the system: the numbers of an \
                 iteration depend on where it runs, and on what ran there before"
            ),
            "for the same numbers on any rank, make a generator per iteration, by its number: \
             `let mut rng = parallel_for::random(seed, i);`"
                .to_owned(),
        ),
        LintKind::RandomSetup(name) => (
            "other_values_on_each_rank",
            format!(
                "`{name}` before the loop runs on every rank, each of which draws different \
                 numbers: iterations on different ranks would work with different values"
            ),
            "draw them once, `let seed = parallel_for::on_master(|| ..);`, or use a fixed seed"
                .to_owned(),
        ),
        LintKind::GlobalSeed(name) => (
            "seed_of_one_thread",
            format!(
                "`{name}` seeds the generator of this thread only: the iterations run on other \
                 threads, in any order"
            ),
            "make a generator per iteration inside the body, by its number: \
             `let mut rng = parallel_for::random(seed, i);`, or \
             `fastrand::Rng::with_seed(i)`"
                .to_owned(),
        ),
        LintKind::Listing(name) => (
            "other_order_on_each_rank",
            format!(
                "`{name}` lists files in no particular order, which may differ between ranks"
            ),
            "collect the paths into a `Vec` and sort it before the loop, or list them once: \
             `let paths = parallel_for::on_master(|| ..);`"
                .to_owned(),
        ),
        LintKind::HashOrder(table) => (
            "other_order_on_each_rank",
            format!("`{table}` is a hash table, whose order differs between ranks"),
            "collect the items into a `Vec` and sort it before the loop, or use a `BTreeMap` or \
             `BTreeSet`"
                .to_owned(),
        ),
        LintKind::FileInSetup(name) => (
            "setup_file_access",
            format!(
                "`{name}` before the loop runs on every rank: all of them change the same file, \
                 some after others have moved on"
            ),
            "do it once, `parallel_for::on_master(|| ..);`, or after the loop; a rank that needs a \
             file of its own can name it by `parallel_for::rank()`"
                .to_owned(),
        ),
        LintKind::Clock(name) => (
            "time_in_a_search",
            format!(
                "`{name}` in a loop that can be left: its iterations run at the same time, in any \
                 order, and the one that leaves it runs twice, so their results must not depend on \
                 when they run"
            ),
            "let each result depend on its item alone; a loop that waits, or retries until a \
             deadline, is not a search: leave it without `#[parallel_for]`"
                .to_owned(),
        ),
        LintKind::FileInTail(name) => (
            "setup_file_access",
            format!(
                "`{name}` after the loop runs on every rank, as each goes on with the outputs: all \
                 of them change the same file at the same time"
            ),
            "do it once, `parallel_for::on_master(|| ..);`, or let `main` do it; a rank that needs a \
             file of its own can name it by `parallel_for::rank()`"
                .to_owned(),
        ),
        LintKind::TemporaryInSetup(name) => (
            "setup_temporary_file",
            format!(
                "`{name}` before the loop runs on every rank: each makes one of its own, which the \
                 iterations of other ranks don't see, and removes it when it is done"
            ),
            "make it inside the body; or once, with a name that all ranks know: \
             `let path = parallel_for::on_master(|| ..);`"
                .to_owned(),
        ),
        LintKind::StdinInSetup => (
            "setup_stdin",
            "standard input before the loop belongs to the master; the other ranks find it empty"
                .to_owned(),
            "read it once, for all: `let text = parallel_for::on_master(|| ..);`".to_owned(),
        ),
    }
}
