//! What people are told of a journal. Pure.

use std::fmt::Display;
use std::ops::Range;
use std::path::Path;

use super::program::Program;
use super::progress::of;
use super::recovery::Unreadable;
use crate::base::phrases::{grouped, somewhere_in};

/// The folder can't be used at all.
pub(super) fn unusable(folder: &Path, error: &dyn Display) -> String {
    format!(
        "the checkpoint in {} can't be used: {error}\n\
         help: name a folder that this program may write to in PARALLEL_FOR_CHECKPOINT",
        folder.display()
    )
}

/// Another job has it.
pub(super) fn locked(folder: &Path) -> String {
    format!(
        "another job is using the checkpoint in {}\n\
         help: wait for its end, or give each job a folder of its own",
        folder.display()
    )
}

/// The file can't be locked, so nobody notices another job.
pub(super) fn unlockable(folder: &Path, error: &dyn Display) -> String {
    format!(
        "note: the checkpoint in {} can't be locked ({error}): see to it that no other job uses it",
        folder.display()
    )
}

/// Its file can't be read.
pub(super) fn unreadable(folder: &Path, reason: &Unreadable) -> String {
    let file = folder.join("journal");
    let file = file.display();
    match reason {
        Unreadable::Foreign => format!(
            "{file} is no journal of parallel-for\n\
             help: name an empty folder, or one that does not exist yet, in PARALLEL_FOR_CHECKPOINT"
        ),
        Unreadable::OtherVersion => format!(
            "{file} was written by another version of parallel-for\n\
             help: go on with the program that wrote it, or delete the folder to begin anew"
        ),
        Unreadable::Damaged { position } => format!(
            "{file} is damaged: the record at byte {position} was on the disk, and has changed since\n\
             help: restore the file from a backup, or delete the folder to begin anew; look after the disk"
        ),
        Unreadable::Failed(error) => unusable(folder, error),
    }
}

/// The program is another one; nothing, where it is the same, or what differs is trusted.
pub(super) fn other_program(
    folder: &Path,
    now: &Program,
    then: &Program,
    trusted: bool,
) -> Option<String> {
    let folder = folder.display();
    if now.version != then.version {
        return Some(format!(
            "the checkpoint in {folder} was written with version {} of parallel-for, and this program has version {}\n\
             help: go on with the program that wrote it, or delete the folder to begin anew",
            then.version, now.version
        ));
    }
    let difference = if trusted {
        return None;
    } else if now.arguments != then.arguments {
        let shown = |program: &Program| match &program.arguments[..] {
            [] => "no arguments".to_owned(),
            arguments => format!("the arguments `{}`", arguments.join(" ")),
        };
        format!(
            "was begun with {}, and now there are {}",
            shown(then),
            shown(now)
        )
    } else if now.file != then.file {
        "was begun by another build of the program".to_owned()
    } else {
        return None;
    };
    Some(format!(
        "the checkpoint in {folder} {difference}\n\
         help: delete the folder to begin anew; or set PARALLEL_FOR_CHECKPOINT_TRUST=1 to go on, where the results of the \
         loops that are kept are the same: their own code, items and variables are compared in any case"
    ))
}

/// A loop is another one than was kept in its place.
pub(super) fn other_loop(folder: &Path, difference: &str) -> String {
    format!(
        "the checkpoint in {} does not fit: {difference}\n\
         help: undo what has changed since, or delete the folder to begin anew",
        folder.display()
    )
}

/// The next start won't be able to compare these of a loop.
pub(super) fn unseen_then(site: &str, what: &[String]) -> String {
    let what = listed(what);
    format!(
        "note: the next start can't tell whether {what} of the loop at {site} changed meanwhile: {UNSEEN}"
    )
}

/// This start can't compare them.
pub(super) fn unseen_now(folder: &Path, site: &str, what: &[String]) -> String {
    let (folder, what) = (folder.display(), listed(what));
    format!(
        "the checkpoint in {folder} can't be used: whether {what} of the loop at {site} changed since, can't be told: {UNSEEN}"
    )
}

const UNSEEN: &str = "there is no `Hash`, `Serialize` or `Debug`, or it shows what differs in every process\n\
    help: derive one of them, or use what the value is made from in its place, such as the number that a closure captures; \
    `per_rank(..)` says of a variable that no result depends on it; and PARALLEL_FOR_CHECKPOINT_TRUST=1 takes all that can't \
    be compared for the same";

/// `a, b and c`
fn listed(names: &[String]) -> String {
    match names {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// The items of some iterations are others than they were.
pub(super) fn other_items(folder: &Path, site: &str, chunk: &Range<u64>) -> String {
    let place = somewhere_in(chunk);
    other_loop(
        folder,
        &format!("the loop at {site} has another item in {place}"),
    )
}

/// A crash has torn the end.
pub(super) fn torn(folder: &Path, bytes: u64) -> String {
    format!(
        "note: the last {} bytes of the checkpoint in {} were not written whole, as after a crash: what they held runs again",
        grouped(bytes),
        folder.display()
    )
}

/// How much need not run again: loops that are over, which had so many iterations, and so many of a loop here.
pub(super) fn resumed(
    (loops, iterations): (u64, u64),
    now: Option<(&str, u64, Option<u64>)>,
) -> String {
    let loops = (loops > 0).then(|| {
        let (plural, are) = if loops == 1 { ("", "is") } else { ("s", "are") };
        format!(
            "{} loop{plural} that {are} over ({})",
            grouped(loops),
            of(iterations, None)
        )
    });
    let now = now.map(|(site, kept, length)| format!("{} of the loop at {site}", of(kept, length)));
    let all: Vec<_> = loops.into_iter().chain(now).collect();
    format!("resumed: {}", all.join(", and "))
}

/// Nothing more can be kept.
pub(super) fn broken(folder: &Path) -> String {
    format!(
        "the checkpoint in {} keeps nothing more; what it has can be used, and the job goes on without it",
        folder.display()
    )
}
