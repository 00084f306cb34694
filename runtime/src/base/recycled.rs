//! Memory that is used again, such as that of long messages: new memory is cleared by the system, page by page, when it is first
//! touched, which takes longer than to copy into it.
//!
//! Invariant: no more bytes are kept than was said.

use std::sync::{Mutex, MutexGuard};

use crate::base::lock::lock;

/// Of messages of so many bytes on, it is worth it.
pub(super) const LONG: usize = 64 << 10;

/// So many bytes of messages' memory are kept.
const KEPT: usize = 16 << 20;

/// What is more than so many times as long as what is wanted would be wasted on it.
const WASTE: usize = 4;

const WORD: usize = size_of::<u64>();

/// So many words, with anything in them.
pub(super) fn take(words: usize) -> Vec<u64> {
    let spare = (words >= LONG / WORD).then(|| spare().take(words));
    match spare.flatten() {
        Some(mut memory) => {
            memory.resize(words, 0);
            memory
        }
        None => vec![0; words],
    }
}

/// Nobody needs this memory any more.
pub(super) fn give_back(memory: Vec<u64>) {
    if memory.capacity() >= LONG / WORD {
        spare().give_back(memory);
    }
}

fn spare() -> MutexGuard<'static, Spare<u64>> {
    static SPARE: Mutex<Spare<u64>> = Mutex::new(Spare::new(KEPT));
    lock(&SPARE)
}

/// Memories that nobody uses.
#[derive(Debug)]
pub(crate) struct Spare<T> {
    memories: Vec<Vec<T>>,
    /// So many elements have room in them.
    room: usize,
    /// No more may have.
    most: usize,
}

impl<T> Spare<T> {
    /// For so many bytes at most.
    pub(crate) const fn new(bytes: usize) -> Self {
        Self {
            memories: Vec::new(),
            room: 0,
            most: bytes / size_of::<T>(),
        }
    }

    /// The shortest one with room for so many elements.
    fn take(&mut self, length: usize) -> Option<Vec<T>> {
        let most = length.saturating_mul(WASTE);
        let rooms = self.memories.iter().map(Vec::capacity).enumerate();
        let (place, room) = rooms
            .filter(|(_, room)| (length..=most).contains(room))
            .min_by_key(|&(_, room)| room)?;
        self.room -= room;
        Some(self.memories.swap_remove(place))
    }

    /// The one that was given back last.
    pub(crate) fn take_last(&mut self) -> Option<Vec<T>> {
        let last = self.memories.pop()?;
        self.room -= last.capacity();
        Some(last)
    }

    /// Keeps one that nobody needs any more, where there is room for it.
    pub(crate) fn give_back(&mut self, memory: Vec<T>) {
        let room = self.room + memory.capacity();
        if room <= self.most {
            self.room = room;
            self.memories.push(memory);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_taken_has_room_and_what_is_kept_is_limited(
            steps in proptest::collection::vec((any::<bool>(), 1..(KEPT / WORD)), 0..40),
        ) {
            let mut spare = Spare::<u64>::new(KEPT);
            let mut kept: Vec<usize> = Vec::new();
            for (gives, words) in steps {
                if gives {
                    // Untouched memory costs nothing.
                    let memory = Vec::with_capacity(words);
                    let fits = (kept.iter().sum::<usize>() + memory.capacity()) * WORD <= KEPT;
                    kept.extend(fits.then_some(memory.capacity()));
                    spare.give_back(memory);
                } else {
                    let fits = |room: &&usize| (words..=words * WASTE).contains(*room);
                    let best = kept.iter().filter(fits).min().copied();
                    let taken = spare.take(words).map(|memory| memory.capacity());
                    prop_assert_eq!(taken, best);
                    if let Some(best) = best {
                        let place = kept.iter().position(|&room| room == best).unwrap();
                        kept.swap_remove(place);
                    }
                }
                prop_assert_eq!(spare.room, kept.iter().sum::<usize>());
            }
        }
    }

    #[test]
    fn any_memory_has_the_length_that_was_asked_for() {
        for words in [0, 1, LONG / WORD - 1, LONG / WORD, LONG / WORD + 1, LONG] {
            let memory = take(words);
            assert_eq!(memory.len(), words);
            give_back(memory);
        }
    }
}
