//! From the pointer to a captured variable to a reference: the one place that needs `unsafe`.

/// The variable itself, unless it lies in a packed struct.
pub(super) fn aligned<'a, T>(pointer: *const T) -> Option<&'a T> {
    if !pointer.is_aligned() {
        return None;
    }
    // SAFETY: only expansions call this, with the address of a place that the body of their loop
    // captures by shared reference, or of a constant's value that lives as long as the statement. So the
    // place is initialised, and while the loop is entered nobody changes or moves it; the reference is
    // not kept beyond that.
    Some(unsafe { &*pointer })
}
