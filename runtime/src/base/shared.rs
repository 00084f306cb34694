//! Bytes that several may read and nobody changes: a handle of a range of one memory, whoever allocated that.
//!
//! Invariant: they stay where they are as long as there is a handle of them, and nothing but [`SharedBytes::copied`] copies
//! them, unless they are to be a vector again.
//!
//! The crate `bytes` has such a type. But what it compares with `[u8]` is known in each crate that depends on it by
//! way of this one, where the compiler then finds the types of fewer comparisons.

use std::any::Any;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::base::aligned::AlignedBytes;
use crate::base::recycled;

/// See the module.
#[derive(Clone, Default)]
pub(crate) struct SharedBytes {
    /// There is none of no bytes.
    memory: Option<Arc<dyn Memory>>,
    range: Range<usize>,
}

/// What owns bytes.
trait Memory: AsRef<[u8]> + Any + Send + Sync {}

impl<M: AsRef<[u8]> + Any + Send + Sync> Memory for M {}

impl SharedBytes {
    /// All bytes of an owner, who always tells the same ones, and does not move them.
    pub(crate) fn of(owner: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        let range = 0..owner.as_ref().len();
        Self {
            memory: (!range.is_empty()).then(|| Arc::new(owner) as Arc<dyn Memory>),
            range,
        }
    }

    /// A copy of these bytes.
    pub(crate) fn copied(bytes: &[u8]) -> Self {
        if bytes.len() < recycled::LONG {
            return bytes.to_vec().into();
        }
        Self::of(AlignedBytes::from(bytes))
    }

    /// Some of the bytes, where they are.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let Range { start, end } = range;
        assert!(start <= end && end <= self.len(), "it has so many bytes");
        let memory = self.memory.as_ref().filter(|_| start < end);
        memory.map_or_else(Self::default, |memory| Self {
            memory: Some(Arc::clone(memory)),
            range: self.range.start + start..self.range.start + end,
        })
    }
}

impl Deref for SharedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let memory = self.memory.as_deref();
        memory.map_or(&[], |memory| &memory.as_ref()[self.range.clone()])
    }
}

impl From<Vec<u8>> for SharedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::of(bytes)
    }
}

impl From<String> for SharedBytes {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// Without a copy where they are all bytes of a vector that nobody else reads.
impl From<SharedBytes> for Vec<u8> {
    fn from(SharedBytes { memory, range }: SharedBytes) -> Self {
        let Some(memory) = memory else {
            return Self::new();
        };
        let any: &dyn Any = &*memory;
        let vector = any.downcast_ref::<Self>();
        if vector.is_none_or(|vector| vector.len() != range.len()) {
            return (*memory).as_ref()[range].to_vec();
        }
        let memory: Arc<dyn Any + Send + Sync> = memory;
        memory
            .downcast()
            .map_or_else(|_| unreachable!("it is one"), Arc::unwrap_or_clone)
    }
}

impl fmt::Debug for SharedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self[..].fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::aligned::AlignedBytes;

    proptest! {
        #[test]
        fn slices_of_slices_are_the_same_memory(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
            aligned in any::<bool>(),
            cuts in proptest::collection::vec((0..50_usize, 0..50_usize), 0..5),
        ) {
            let mut shared = if aligned {
                SharedBytes::of(AlignedBytes::from(&bytes[..]))
            } else {
                bytes.clone().into()
            };
            let first = shared.as_ptr();
            let (mut from, mut expected) = (0, &bytes[..]);
            for (start, length) in cuts {
                let start = start.min(expected.len());
                let end = (start + length).min(expected.len());
                let slice = shared.slice(start..end);
                prop_assert_eq!(&shared[..], expected);
                from += start;
                expected = &expected[start..end];
                shared = slice;
            }
            prop_assert_eq!(&shared[..], expected);
            prop_assert!(expected.is_empty() || shared.as_ptr() == first.wrapping_add(from));
            prop_assert_eq!(Vec::from(shared.clone()), expected);
            prop_assert_eq!(Vec::from(shared), expected);
        }
    }

    #[test]
    fn a_vector_comes_back_where_it_was() {
        let bytes = vec![7; 100];
        let place = bytes.as_ptr();
        let shared = SharedBytes::from(bytes);
        let copy = Vec::from(shared.clone());
        assert_ne!(copy.as_ptr(), place);
        assert_eq!(shared.as_ptr(), place);
        let back = Vec::from(shared);
        assert_eq!(back.as_ptr(), place);
    }

    #[test]
    fn no_bytes_hold_no_memory() {
        let some = SharedBytes::copied(&[1, 2]);
        let none = [Vec::with_capacity(9).into(), some.slice(2..2)];
        assert!(none.iter().all(|none| none.memory.is_none()));
    }

    #[test]
    #[should_panic(expected = "it has so many bytes")]
    fn a_slice_does_not_reach_behind_its_own_end() {
        let _ = SharedBytes::copied(&[1, 2, 3]).slice(0..2).slice(1..3);
    }
}
