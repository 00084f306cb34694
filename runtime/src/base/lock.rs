//! Locks under which no code of the user's runs.
//!
//! Invariant: whoever unwinds under one leaves nothing half done behind, so what it guards is good for others.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the lock guards.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
