//! Memory of long messages, used again: new memory is cleared by the system, page by page, when it is first touched, which takes
//! longer than to copy a message.
//!
//! Invariant: at most [`KEPT`] bytes are kept.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Of so many bytes on, it is worth it.
pub(super) const LONG: usize = 64 << 10;

const KEPT: usize = 16 << 20;

/// What is more than so many times as long as what is wanted would be wasted on it.
const WASTE: usize = 4;

const WORD: usize = size_of::<u64>();

/// So many words, with anything in them.
pub(super) fn take(words: usize) -> Vec<u64> {
    let spare = (words * WORD >= LONG).then(|| spare().take(words));
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
    if memory.capacity() * WORD >= LONG {
        spare().give_back(memory);
    }
}

fn spare() -> MutexGuard<'static, Spare> {
    static SPARE: Mutex<Spare> = Mutex::new(Spare::new());
    SPARE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Memories that nobody uses.
#[derive(Debug)]
struct Spare {
    memories: Vec<Vec<u64>>,
    /// The words that they have room for.
    words: usize,
}

impl Spare {
    const fn new() -> Self {
        Self {
            memories: Vec::new(),
            words: 0,
        }
    }

    /// The shortest one with room for so many words.
    fn take(&mut self, words: usize) -> Option<Vec<u64>> {
        let most = words.saturating_mul(WASTE);
        let rooms = self.memories.iter().map(Vec::capacity).enumerate();
        let (place, room) = rooms
            .filter(|(_, room)| (words..=most).contains(room))
            .min_by_key(|&(_, room)| room)?;
        self.words -= room;
        Some(self.memories.swap_remove(place))
    }

    fn give_back(&mut self, memory: Vec<u64>) {
        let words = self.words + memory.capacity();
        if words * WORD <= KEPT {
            self.words = words;
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
            let mut spare = Spare::new();
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
                prop_assert_eq!(spare.words, kept.iter().sum::<usize>());
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
