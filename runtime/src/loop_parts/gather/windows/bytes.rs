//! The memory of snapshots, which is used again, also by later loops: what is given back to the system costs more to
//! get anew than to copy into.

use std::cell::RefCell;
use std::mem::{self, MaybeUninit};
use std::sync::Mutex;

use crate::base::lock::lock;
use crate::base::recycled::Spare;

/// Memory for copies, bit by bit.
pub(super) type Bytes = Vec<MaybeUninit<u8>>;

/// So many bytes wait to be used again.
const MOST: usize = 8 << 20;

/// So many bytes stay in a core's cache, with what is read for them.
pub(super) const AT_HAND: usize = 256 << 10;

/// More are not kept for one thread alone.
const MOST_OWN: usize = 4 * AT_HAND;

thread_local! {
    /// What this thread had last, and has in its cache.
    static OWN: RefCell<Bytes> = const { RefCell::new(Bytes::new()) };
}

static SPARE: Mutex<Spare<MaybeUninit<u8>>> = Mutex::new(Spare::new(MOST));

/// One that is empty; the memory that was kept last, if there is any.
pub(super) fn take() -> Bytes {
    if let Ok(own) = OWN.try_with(RefCell::take)
        && own.capacity() > 0
    {
        return own;
    }
    lock(&SPARE).take_last().unwrap_or_default()
}

/// Keeps one for later.
pub(super) fn keep(bytes: &mut Bytes) {
    if bytes.capacity() == 0 {
        return;
    }
    let mut bytes = mem::take(bytes);
    bytes.clear();
    if bytes.capacity() <= MOST_OWN
        && let Ok(other) = OWN.try_with(|own| own.replace(mem::take(&mut bytes)))
    {
        bytes = other;
    }
    if bytes.capacity() > 0 {
        lock(&SPARE).give_back(bytes);
    }
}
