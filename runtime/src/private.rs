//! The complete list of names that expansions of the macro use. Nothing here is a public interface:
//! the macro and this crate have the same version, always.

pub use crate::distribute::exits::exits;
pub use crate::distribute::{distribute, distribute_from_master, distribute_unshared};
pub use crate::doubts::{
    appends_nothing, changes_nothing, draws_nothing, lends_nothing, reads_elements, reads_entries,
    reads_in_place, writes_nothing,
};
pub use crate::fallible::{Fallible, attempt, typed};
pub use crate::gather::{
    array, balance, bit_and, bit_or, bit_xor, cleared, contribute, copy, difference, folded,
    greatest, greatest_last, last, least, least_last, maximum, minimum, owned, product, scratch,
    sum, updates,
};
pub use crate::gather::{begin, collection, keyed, mark, output, part, part_until};
pub use crate::items::{left_once, numbered, once, still};
pub use crate::options::{Gather, Options};
#[cfg(feature = "contract")]
pub use crate::ranks::{check_communicator, check_fabric};
pub use crate::ranks::{master_only, prints, start, success};
pub use crate::schedule::Schedule;
pub use crate::sharing::{captured, shared};
pub use crate::{
    __items as items, __items_again as items_again, __master_items as master_items,
    __master_items_again as master_items_again,
};

/// What `items!` needs in scope.
pub mod probing {
    pub use crate::items::{
        ByHash, BySerde, CopiedByClone, CopiedValues, IsLent, IsOwned, Probe, ViaCursor, ViaHash,
        ViaIterator, ViaLent, ViaMutable, WithoutCopies, WithoutDigest, iterable, shipped,
    };
}

/// The items of a loop that every rank iterates over.
#[macro_export]
#[doc(hidden)]
macro_rules! __items {
    ($items:expr) => {
        match $crate::__private::probing::iterable($items) {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    ByHash, BySerde, Probe, ViaCursor, ViaHash, ViaIterator, ViaLent, ViaMutable,
                    WithoutDigest,
                };
                let digest = (&&&Probe::of(&items)).digest();
                (&&&&&Probe::of(&items)).kind().source(items, digest)
            }
        }
    };
}

/// The items of a loop that every rank iterates over, and that an iteration may leave.
#[macro_export]
#[doc(hidden)]
macro_rules! __items_again {
    ($items:expr) => {
        match $crate::__private::probing::iterable($items) {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    ByHash, BySerde, CopiedByClone, CopiedValues, Probe, ViaCursor, ViaHash,
                    ViaIterator, ViaLent, ViaMutable, WithoutCopies, WithoutDigest,
                };
                let digest = (&&&Probe::of(&items)).digest();
                let copies = (&&&Probe::of(&items)).copies();
                (&&&&&Probe::of(&items))
                    .kind()
                    .source_again(items, digest, copies)
            }
        }
    };
}

/// The items of a loop that only the master iterates over.
#[macro_export]
#[doc(hidden)]
macro_rules! __master_items {
    ($items:expr) => {
        $crate::__private::probing::shipped($items)
    };
}

/// The items of a loop that only the master iterates over, and that an iteration may leave.
#[macro_export]
#[doc(hidden)]
macro_rules! __master_items_again {
    ($items:expr) => {
        match $items {
            items => {
                #[allow(unused_imports, reason = "which trait is needed depends on the type")]
                use $crate::__private::probing::{IsLent, IsOwned, Probe};
                let owner = (&&Probe::of(&items)).owner();
                $crate::__private::probing::shipped(owner.given(items))
            }
        }
    };
}
