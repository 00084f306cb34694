//! Numbers that travel as they lie in memory.

use bytemuck::Pod;

/// A value without padding or pointers, for which every bit pattern is valid: the calls with slices
/// move such values without a codec.
///
/// All integers and floats are plain, arrays of them, and types of your own that implement
/// [`bytemuck::Pod`](https://docs.rs/bytemuck/latest/bytemuck/trait.Pod.html)
/// (`#[derive(bytemuck::Pod, bytemuck::Zeroable)]` and `#[repr(C)]`). All ranks must have the same
/// byte order and size of `usize`, as is usual in a cluster.
///
/// ```
/// fn bytes<N: parallel_for::Plain>(numbers: &[N]) -> usize {
///     std::mem::size_of_val(numbers)
/// }
/// assert_eq!(bytes(&[1.0, 2.0]), 16);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a plain number type",
    label = "slices travel as they lie in memory, and only numbers can",
    note = "send a `Vec` of it as a value, by the call without `slice` in its name: `send`, `gather`, ..",
    note = "for a `#[repr(C)]` struct of numbers, `#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]`"
)]
pub trait Plain: Pod {}

#[diagnostic::do_not_recommend]
impl<N: Pod> Plain for N {}

/// The numbers as they lie in memory.
pub(crate) fn bytes_of<N: Plain>(numbers: &[N]) -> &[u8] {
    bytemuck::cast_slice(numbers)
}

/// The same, to be overwritten.
pub(crate) fn bytes_of_mut<N: Plain>(numbers: &mut [N]) -> &mut [u8] {
    bytemuck::cast_slice_mut(numbers)
}

/// How many numbers so many bytes are.
///
/// # Errors
/// When they are not a whole number of them, in words.
pub(crate) fn count<N: Plain>(bytes: usize) -> Result<usize, String> {
    const { assert!(size_of::<N>() > 0, "a plain number takes some memory") };
    if bytes.is_multiple_of(size_of::<N>()) {
        Ok(bytes / size_of::<N>())
    } else {
        Err(format!(
            "has {bytes} bytes, which is not a multiple of the size of `{}`",
            std::any::type_name::<N>()
        ))
    }
}

/// So many zeros; memory that is not written yet costs nothing.
pub(crate) fn zeros<N: Plain>(count: usize) -> Vec<N> {
    bytemuck::zeroed_vec(count)
}

/// The numbers that are in some bytes.
pub(crate) fn from_bytes<N: Plain>(bytes: &[u8]) -> Vec<N> {
    bytemuck::pod_collect_to_vec(bytes)
}
