//! Memory that is new to the process, and read before it is written.
//!
//! A system gives such memory when it is touched, page by page: for a read, a page of zeros that everybody shares, and for
//! the write that follows, another one in its place, of which the cores of all threads have to hear. That takes several times
//! as long as to give a page for a write at once, and keeps the threads from giving each other pages.

/// The least that systems give at once, in bytes.
const PAGE: usize = 4096;

/// The places of one chunk, from the first on: how many are in use, and how many bytes are on pages that are given.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fresh {
    used: usize,
    given: usize,
}

impl Fresh {
    /// So many more of the places are about to be read, and then written.
    #[inline]
    pub(super) fn write_first<T>(&mut self, places: &mut [T], more: usize) {
        self.used = self.used.saturating_add(more).min(places.len());
        let bytes = places.as_mut_ptr().cast::<u8>();
        while self.given < self.used * size_of::<T>() {
            // SAFETY: all bytes of those in use are of the places, which are borrowed for changes.
            unsafe { rewrite(bytes.add(self.given)) };
            let address = bytes.addr() + self.given;
            self.given += PAGE - address % PAGE;
        }
    }
}

/// Writes the byte that is there.
///
/// # Safety
/// The byte is borrowed for changes.
#[inline]
unsafe fn rewrite(byte: *mut u8) {
    // Where this is not known, it takes longer. A compiler would read the byte only, of which it needs not even know
    // that it is set.
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the instruction leaves the byte as it is, whatever that is, and touches nothing else but flags.
    unsafe {
        std::arch::asm!("lock or byte ptr [{}], 0", in(reg) byte, options(nostack));
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = byte;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay_as_they_are_and_each_page_is_written_once() {
        let mut places: Vec<u16> = (0..10_000).collect();
        let expected = places.clone();
        let start = places.as_ptr().addr();
        let mut fresh = Fresh::default();
        for (block, more) in [
            (1, 700),
            (2, 700),
            (14, 8_400),
            (15, 1_000),
            (15, usize::MAX),
        ] {
            fresh.write_first(&mut places, more);
            let used = 2 * 10_000.min(700 * block);
            assert!(fresh.given >= used && fresh.given < used + PAGE);
            assert!((start + fresh.given).is_multiple_of(PAGE));
        }
        assert_eq!(places, expected);
        let mut none = Fresh::default();
        none.write_first::<u64>(&mut [], 1);
        none.write_first(&mut [(), ()], 2);
        assert_eq!(none.given, 0);
    }
}
