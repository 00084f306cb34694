//! A second stack for a thread, on which handlers of signals run when its own is used up, and where that one ends.
//!
//! Invariant: the second stack is there for as long as the thread may need it, and a thread that has one keeps it.

use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::ptr;

/// Enough for handlers that write how the program got there; what is not used costs no memory.
const SIZE: usize = 256 << 10;

/// What the kernel keeps free below a main thread's stack.
const GAP: usize = 1 << 20;

thread_local! {
    static SECOND: RefCell<Option<Second>> = const { RefCell::new(None) };
    /// Below which address the thread's own stack is used up, and down to which one; 0 where that is not known.
    static LIMIT: Cell<usize> = const { Cell::new(0) };
    static GUARD: Cell<usize> = const { Cell::new(0) };
}

/// The memory of a second stack.
struct Second {
    _memory: Vec<u8>,
}

impl Drop for Second {
    fn drop(&mut self) {
        let none = libc::stack_t {
            ss_sp: ptr::null_mut(),
            ss_flags: libc::SS_DISABLE,
            ss_size: SIZE,
        };
        // SAFETY: it is only read. From here on no handler uses the memory, which is freed after this.
        unsafe { libc::sigaltstack(&raw const none, ptr::null_mut()) };
    }
}

/// Gives the present thread a second stack, unless it has one.
pub(super) fn prepare() {
    let (lowest, guard) = limits().unwrap_or_default();
    LIMIT.set(lowest);
    GUARD.set(if guard == 0 { GAP } else { guard });
    let mut present = MaybeUninit::<libc::stack_t>::uninit();
    // SAFETY: it is written to in this call, and read where that succeeded.
    let has_one = unsafe {
        libc::sigaltstack(ptr::null(), present.as_mut_ptr()) != 0
            || present.assume_init().ss_flags & libc::SS_DISABLE == 0
    };
    if has_one {
        return;
    }
    let mut memory = vec![0; SIZE];
    let stack = libc::stack_t {
        ss_sp: memory.as_mut_ptr().cast(),
        ss_flags: 0,
        ss_size: SIZE,
    };
    let second = Second { _memory: memory };
    // First: what can't be kept is not used.
    if SECOND.try_with(|kept| kept.replace(Some(second))).is_ok() {
        // SAFETY: so many bytes are there, which nobody else uses, until this thread has no second stack any more.
        unsafe { libc::sigaltstack(&raw const stack, ptr::null_mut()) };
    }
}

/// Whether a fault at this address is one of using up the present thread's stack.
pub(super) fn is_below(address: usize) -> bool {
    let (limit, guard) = (LIMIT.get(), GUARD.get());
    limit != 0 && (limit.saturating_sub(guard)..limit).contains(&address)
}

/// The lowest address of the present thread's stack, and how many bytes below nobody may use.
fn limits() -> Option<(usize, usize)> {
    let mut attributes = MaybeUninit::uninit();
    // SAFETY: it is initialised by the first call where that succeeds, read by the second, and destroyed once; the
    // others are written to in these calls only.
    unsafe {
        let thread = libc::pthread_self();
        if libc::pthread_getattr_np(thread, attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let (mut address, mut size, mut guard) = (ptr::null_mut(), 0, 0);
        let attributes = attributes.as_mut_ptr();
        let found = libc::pthread_attr_getstack(attributes, &raw mut address, &raw mut size);
        let guarded = libc::pthread_attr_getguardsize(attributes, &raw mut guard);
        libc::pthread_attr_destroy(attributes);
        (found == 0 && guarded == 0).then(|| (address.addr(), guard))
    }
}
