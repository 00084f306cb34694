//! Plain values as bytes, and bytes as plain values. The one place that reads and makes values of a type that is
//! known only when the program runs.

use std::alloc::{Layout, dealloc};
use std::any::{TypeId, type_name};
use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::slice;

use super::broken;
use super::types::{Bits, bits};
use crate::base::aligned::{AlignedBytes, Block};
use crate::base::shared::SharedBytes;

/// The proof that a type is plain: its values consist of bytes that are all set, own nothing, and need not be dropped.
pub(crate) struct Plain<T> {
    bits: Bits,
    values: PhantomData<fn(T)>,
}

#[expect(clippy::unused_self, reason = "it is the proof")]
impl<T> Plain<T> {
    /// `None` where it is not.
    pub(crate) fn of() -> Option<Self> {
        Some(Self {
            bits: bits(typeid::of::<T>())?,
            values: PhantomData,
        })
    }

    /// How many bytes so many values are; `None` if they are more than fit into memory.
    pub(super) fn length(self, count: usize) -> Option<usize> {
        count.checked_mul(size_of::<T>())
    }

    /// The values as they lie in memory.
    pub(super) fn bytes(self, values: &[T]) -> &[u8] {
        // SAFETY: the memory is that of the slice and borrowed as long. `T` is plain: there is no padding, so all
        // bytes are set; and without interior mutability nobody changes them meanwhile.
        unsafe { slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
    }

    /// The values' memory, to be sent from where it lies.
    pub(super) fn into_bytes(self, values: Vec<T>) -> SharedBytes {
        SharedBytes::of(Memory::from(values))
    }

    /// A copy of the values that are in some bytes.
    ///
    /// # Errors
    /// When they are none, in words.
    pub(super) fn copied(self, bytes: &[u8]) -> Result<Vec<T>, String> {
        let count = self.count(bytes)?;
        let mut values: Vec<T> = Vec::with_capacity(count);
        // SAFETY: `count` values fit into the new vector and are as many bytes as there are, none of which can be in
        // memory that was just allocated. They are values of `T`, as `count` has found out.
        unsafe {
            let place: *mut u8 = values.as_mut_ptr().cast();
            place.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            values.set_len(count);
        }
        Ok(values)
    }

    /// The values that are in a block, which becomes their memory where that fits.
    ///
    /// # Errors
    /// When they are none, in words.
    pub(super) fn taken(self, block: Block) -> Result<Vec<T>, String> {
        let fits = align_of::<T>() == align_of::<u64>();
        let bytes = match block {
            Block::Own(bytes) if fits => bytes,
            block => return self.copied(&block),
        };
        let count = self.count(&bytes)?;
        match AlignedBytes::into_words(bytes) {
            Ok(words) => {
                let bytes = words.capacity() * size_of::<u64>();
                if !bytes.is_multiple_of(size_of::<T>()) {
                    return self.copied(bytemuck::cast_slice(&words));
                }
                let mut words = ManuallyDrop::new(words);
                let start: *mut T = words.as_mut_ptr().cast();
                // SAFETY: the memory was allocated by the global allocator, for words; a `T` is aligned like them; as many as
                // are said to fit are all of it; and `count` of them are the words that are set. They are values of `T`, as
                // `count` has found out. The vector of words is forgotten, so this is their only owner.
                let values = unsafe { Vec::from_raw_parts(start, count, bytes / size_of::<T>()) };
                Ok(values)
            }
            Err(bytes) => self.copied(&bytes),
        }
    }

    /// The values that are in some bytes, where they are, if they can be read there.
    ///
    /// # Errors
    /// When they are none, in words.
    pub(super) fn viewed(
        self,
        bytes: SharedBytes,
    ) -> Result<Result<Viewed<T>, SharedBytes>, String> {
        let count = self.count(&bytes)?;
        if !bytes.as_ptr().cast::<T>().is_aligned() {
            return Ok(Err(bytes));
        }
        Ok(Ok(Viewed {
            bytes,
            count,
            values: PhantomData,
        }))
    }

    /// How many values some bytes are.
    ///
    /// # Errors
    /// When they are none, in words.
    fn count(self, bytes: &[u8]) -> Result<usize, String> {
        if !bytes.len().is_multiple_of(size_of::<T>()) || !self.bits.allow(bytes) {
            let what = format!("are no values of type `{}`", type_name::<T>());
            return Err(broken(&what));
        }
        Ok(bytes.len() / size_of::<T>())
    }
}

impl<T> Clone for Plain<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Plain<T> {}

impl<T> fmt::Debug for Plain<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(type_name::<T>())
    }
}

/// Plain values in memory that others may read, too. Private to this file, where they are made of aligned bytes that are values.
pub(super) struct Viewed<T> {
    bytes: SharedBytes,
    count: usize,
    values: PhantomData<fn(T)>,
}

impl<T> Viewed<T> {
    pub(super) fn values(&self) -> &[T] {
        // SAFETY: the bytes are aligned and `count` values, as `Plain::viewed` has found out; they stay where they are, and
        // nobody changes them, as long as the handle is borrowed.
        unsafe { slice::from_raw_parts(self.bytes.as_ptr().cast(), self.count) }
    }

    /// Overwrites as many places.
    pub(super) fn copy_to(&self, places: &mut [T]) {
        let values = self.values();
        assert!(values.len() == places.len(), "each has its place");
        // SAFETY: there are as many places as values. They are plain, so a copy of their bytes is as good as they are, and
        // what is overwritten needs no drop; and the places are borrowed for change, so they are other memory.
        unsafe {
            values
                .as_ptr()
                .copy_to_nonoverlapping(places.as_mut_ptr(), places.len());
        }
    }

    /// Puts copies behind the values of a list.
    pub(super) fn append_to(&self, list: &mut Vec<T>) {
        let values = self.values();
        list.reserve(values.len());
        // SAFETY: there is room for so many values. They are plain, so a copy of their bytes is as good as they are.
        unsafe {
            let end = list.as_mut_ptr().add(list.len());
            end.copy_from_nonoverlapping(values.as_ptr(), values.len());
            list.set_len(list.len() + values.len());
        }
    }
}

/// The memory of a vector of plain values, whatever their type.
struct Memory {
    start: NonNull<u8>,
    length: usize,
    layout: Layout,
}

impl<T> From<Vec<T>> for Memory {
    fn from(values: Vec<T>) -> Self {
        let mut values = ManuallyDrop::new(values);
        Self {
            start: NonNull::from(values.as_mut_slice()).cast(),
            length: size_of_val(values.as_slice()),
            layout: Layout::array::<T>(values.capacity()).expect("it was allocated"),
        }
    }
}

// SAFETY: it owns its memory, nobody changes that, and the global allocator takes it back on any thread.
unsafe impl Send for Memory {}

// SAFETY: nobody changes its memory, so any number of threads may read it.
unsafe impl Sync for Memory {}

impl AsRef<[u8]> for Memory {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: these bytes are those of the vector that this was made of: allocated until `self` is dropped, and all
        // set since its values are plain, which only `Plain::into_bytes` vouches for, the one caller.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        if self.layout.size() > 0 {
            // SAFETY: the vector allocated this memory by the global allocator, with the layout of an array of its capacity,
            // and was forgotten; its values need no drop.
            unsafe { dealloc(self.start.as_ptr(), self.layout) }
        }
    }
}

/// A slice of which the type of the elements is known when the program runs.
pub(super) struct AnySlice<'a> {
    start: NonNull<()>,
    length: usize,
    element: TypeId,
    borrowed: PhantomData<&'a mut ()>,
}

impl<'a> AnySlice<'a> {
    pub(super) fn of<T>(slice: &'a mut [T]) -> Self {
        Self {
            length: slice.len(),
            start: NonNull::from(slice).cast(),
            element: typeid::of::<T>(),
            borrowed: PhantomData,
        }
    }

    /// The slice, if its elements are of this type.
    pub(super) fn downcast<E: 'static>(self) -> Option<&'a mut [E]> {
        let start = self.start.cast::<E>().as_ptr();
        // SAFETY: the slice has this length, is borrowed for `'a`, and its elements have the identity of `E`, which no two
        // types have but those that differ in lifetimes alone. `E` has none, so it is the type of the elements.
        (self.element == TypeId::of::<E>())
            .then(|| unsafe { slice::from_raw_parts_mut(start, self.length) })
    }
}

/// A list of which the type of the elements is known when the program runs.
pub(super) struct AnyList<'a> {
    list: NonNull<()>,
    element: TypeId,
    borrowed: PhantomData<&'a mut ()>,
}

impl<'a> AnyList<'a> {
    pub(super) fn of<T>(list: &'a mut Vec<T>) -> Self {
        Self {
            list: NonNull::from(list).cast(),
            element: typeid::of::<T>(),
            borrowed: PhantomData,
        }
    }

    /// The list, if its elements are of this type.
    pub(super) fn downcast<E: 'static>(self) -> Option<&'a mut Vec<E>> {
        // SAFETY: the list is borrowed for `'a`, and its elements have the identity of `E`, which no two types have but
        // those that differ in lifetimes alone. `E` has none, so it is the type that the list was made of.
        (self.element == TypeId::of::<E>()).then(|| unsafe { self.list.cast().as_mut() })
    }
}
