//! Types whose content changes through a shared reference: atomics, locks, cells, channels. Threads
//! share it, ranks don't, so a body may read it and no more.
//!
//! Which uses are more than reading is for the macro to see, by the methods that are called; whether
//! the variable is of such a type is decided here.

use std::any::type_name;
use std::cell::{Cell, OnceCell, RefCell, UnsafeCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::Stdin;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8,
    AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock};
use std::thread::LocalKey;

/// See the module.
pub trait SharedState {}

macro_rules! shared_state {
    ($([$($parameters:tt)*] $type:ty)+) => {$(
        impl<$($parameters)*> SharedState for $type {}
    )+};
}

shared_state! {
    [] AtomicBool  [] AtomicI8  [] AtomicI16  [] AtomicI32  [] AtomicI64  [] AtomicIsize
    [] AtomicU8  [] AtomicU16  [] AtomicU32  [] AtomicU64  [] AtomicUsize  [T] AtomicPtr<T>
    [T: ?Sized] Mutex<T>  [T: ?Sized] RwLock<T>  [T] OnceLock<T>  [] Once  [] Condvar  [] Barrier
    [T: ?Sized] Cell<T>  [T: ?Sized] RefCell<T>  [T: ?Sized] UnsafeCell<T>  [T] OnceCell<T>
    [T] Sender<T>  [T] SyncSender<T>  [T] Receiver<T>  [T: 'static] LocalKey<T>  [] Stdin
    [T: SharedState + ?Sized] &T  [T: SharedState + ?Sized] &mut T  [T: SharedState + ?Sized] Box<T>
    [T: SharedState + ?Sized] Rc<T>  [T: SharedState + ?Sized] Arc<T>  [T: SharedState, F] LazyLock<T, F>
    [T: SharedState] [T]  [T: SharedState, const LENGTH: usize] [T; LENGTH]
    [T: SharedState] Vec<T>  [T: SharedState] VecDeque<T>  [T: SharedState] Option<T>
    [K, T: SharedState, S] HashMap<K, T, S>  [K, T: SharedState] BTreeMap<K, T>
    [T: SharedState, B] (T, B)  [T: SharedState] (usize, T)
}

/// Stands for the type of a variable, or of the items.
#[derive(Debug)]
pub struct State<T: ?Sized>(PhantomData<fn(&T)>);

impl<T: ?Sized> State<T> {
    /// For the variable behind this pointer.
    pub fn of(_variable: *const T) -> Self {
        Self(PhantomData)
    }
}

/// Types of which a body may do more than reading; implemented for none, since only those are asked
/// about that are shared state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is memory that threads share, but ranks don't, and this loop does more than read it",
    label = "changes that an iteration makes here stay on its rank, and iterations run in any order",
    note = "make what is wanted after the loop an output: push values, sum with `+=`, set flags with `|=`; outputs need no lock, channel or atomic",
    note = "if every rank may have its own, such as a cache of values that can be computed again, or a counter for progress messages, say so: `#[parallel_for(per_rank(x))]` with the variable's name",
    note = "reading is free: `load`, `get`"
)]
pub trait OnlyThreadsShare {}

/// Asks about a variable of a loop on several threads; what these can't share is refused for that.
pub trait IsState<T: ?Sized> {
    /// Never compiles.
    fn parallel_for_used(&self) -> Option<&'static str>
    where
        T: OnlyThreadsShare;
}

impl<T: SharedState + Sync + ?Sized> IsState<T> for &State<T> {
    fn parallel_for_used(&self) -> Option<&'static str>
    where
        T: OnlyThreadsShare,
    {
        None
    }
}

/// Asks about a variable of a loop on one thread.
pub trait IsCell<T: ?Sized> {
    /// Never compiles.
    fn parallel_for_used(&self) -> Option<&'static str>
    where
        T: OnlyThreadsShare;
}

impl<T: SharedState + ?Sized> IsCell<T> for &State<T> {
    fn parallel_for_used(&self) -> Option<&'static str>
    where
        T: OnlyThreadsShare,
    {
        None
    }
}

/// All other types.
pub trait IsNoState {
    /// The type's name, where it is shared state of a library that this crate doesn't know.
    fn parallel_for_used(&self) -> Option<&'static str>;
}

impl<T: ?Sized> IsNoState for State<T> {
    fn parallel_for_used(&self) -> Option<&'static str> {
        let name = type_name::<T>();
        is_foreign(name).then_some(name)
    }
}

/// Stands for the types of an item's variable, and of a part of it.
#[derive(Debug)]
pub struct Part<I: ?Sized, T: ?Sized>(PhantomData<fn(&I, &T)>);

impl<I: ?Sized, T: ?Sized> Part<I, T> {
    /// For the variables behind these pointers.
    pub fn of(_item: *const I, _part: *const T) -> Self {
        Self(PhantomData)
    }
}

/// What others have as well.
pub trait HeldByOthers {}

impl<T: ?Sized> HeldByOthers for &T {}
impl<T: ?Sized> HeldByOthers for Rc<T> {}
impl<T: ?Sized> HeldByOthers for Arc<T> {}
impl<T> HeldByOthers for Sender<T> {}
impl<T> HeldByOthers for SyncSender<T> {}

/// Types of which a body may do more than reading; implemented for none, as [`OnlyThreadsShare`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is memory that threads share, but ranks don't, and this loop changes it through its items",
    label = "changes that an iteration makes to its item stay on its rank",
    note = "make what is wanted after the loop an output: push values, sum with `+=`; elements that change can be updated in place, `for x in &mut xs`, where they are plain values",
    note = "reading is free: `load`, `get`"
)]
pub trait NotOfItems {}

/// Asks about a part of an item.
pub trait IsPartOfShared<T: ?Sized> {
    /// Never compiles.
    fn parallel_for_used(&self)
    where
        T: NotOfItems,
    {
    }
}

impl<I: HeldByOthers + ?Sized, T: SharedState + ?Sized> IsPartOfShared<T> for &Part<I, T> {}

/// Asks about a part that leads elsewhere, of an item that the iteration has for itself.
pub trait IsSharedPart<T: ?Sized> {
    /// Never compiles.
    fn parallel_for_used(&self)
    where
        T: NotOfItems,
    {
    }
}

impl<I: ?Sized, T: SharedState + HeldByOthers + ?Sized> IsSharedPart<T> for &&Part<I, T> {}

/// Parts of items that the iteration has for itself, and plain values.
pub trait IsPartOfOwned {
    /// Anything goes.
    fn parallel_for_used(&self) {}
}

impl<I: ?Sized, T: ?Sized> IsPartOfOwned for Part<I, T> {}

/// Channels and the like of well-known libraries, by the names of their types.
fn is_foreign(name: &str) -> bool {
    const ENDS: [&str; 8] = [
        "Sender<",
        "SenderRef<",
        "Receiver<",
        "AtomicCell<",
        "SegQueue<",
        "ArrayQueue<",
        "DashMap<",
        "DashSet<",
    ];
    // A type of the user's that contains one in its parameters is not one itself.
    let name = name.trim_start_matches(['&', ' ']);
    let outermost = name.split_inclusive('<').next().unwrap_or(name);
    let inside = outermost.ends_with("Arc<") || outermost.ends_with("Vec<");
    let name = if inside {
        &name[outermost.len()..]
    } else {
        name
    };
    let outermost = name.split_inclusive('<').next().unwrap_or(name);
    ENDS.iter().any(|end| outermost.ends_with(end))
}

/// A variable that is given away by value is copied.
pub trait IsCopied {
    /// Anything goes.
    fn parallel_for_passed(&self) {}
}

impl<T: Copy> IsCopied for &State<T> {}

/// A reference is lent on.
pub trait IsLentOn {
    /// Anything goes.
    fn parallel_for_passed(&self) {}
}

impl<T: ?Sized> IsLentOn for &&State<&mut T> {}

/// It would be moved, and the next iteration finds nothing.
pub trait IsMoved<T: ?Sized> {
    /// Never compiles.
    fn parallel_for_passed(&self)
    where
        T: EachIterations,
    {
    }
}

impl<T: ?Sized> IsMoved<T> for State<T> {}

/// Types of which each iteration has its own; implemented for none, since only those are asked about that
/// an iteration would take away from the others.
#[diagnostic::on_unimplemented(
    message = "an iteration moves this `{Self}` away, but all iterations share it",
    label = "moved here, out of what all iterations share",
    note = "pass a copy, `.clone()`, or a reference, `&`",
    note = "code that runs once, when the loop is left, can go after the loop; a returned value may be moved: `return Some(value)`"
)]
pub trait EachIterations {}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn channels_of_libraries_are_known_by_their_names() {
        for name in [
            "crossbeam_channel::channel::Sender<u64>",
            "&flume::Sender<u64>",
            "alloc::sync::Arc<tokio::sync::mpsc::unbounded::UnboundedSender<u8>>",
            "alloc::vec::Vec<crossbeam_utils::atomic::atomic_cell::AtomicCell<u8>>",
        ] {
            assert!(is_foreign(name), "{name}");
        }
        for name in [
            "http::Client",
            "mail::SenderList",
            "alloc::vec::Vec<u64>",
            "app::Pool<flume::Sender<u64>>",
        ] {
            assert!(!is_foreign(name), "{name}");
        }
    }
}
