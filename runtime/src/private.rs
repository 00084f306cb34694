//! The complete list of names that expansions of the macro use. Nothing here is a public interface:
//! the macro and this crate have the same version, always.

pub use crate::distribute::{distribute, distribute_from_master, distribute_unshared};
pub use crate::gather::{keyed, mark, part, part_until};
pub use crate::options::{Gather, Options};
#[cfg(feature = "contract")]
pub use crate::ranks::check_communicator;
pub use crate::ranks::{master_only, prints, start, success};
pub use crate::schedule::Schedule;
pub use crate::{__items as items, __master_items as master_items};

/// What `items!` needs in scope.
pub mod probing {
    pub use crate::items::{
        ByHash, BySerde, MasterItems, Probe, ViaCursor, ViaHash, ViaIterator, WithoutDigest,
    };
}

/// The items of a loop that every rank iterates over.
#[macro_export]
#[doc(hidden)]
macro_rules! __items {
    ($items:expr) => {
        match $items {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    ByHash, BySerde, Probe, ViaCursor, ViaHash, ViaIterator, WithoutDigest,
                };
                let digest = (&&&Probe::of(&items)).digest();
                (&&&Probe::of(&items)).kind().source(items, digest)
            }
        }
    };
}

/// The items of a loop that only the master iterates over.
#[macro_export]
#[doc(hidden)]
macro_rules! __master_items {
    ($items:expr) => {
        $crate::__private::probing::MasterItems::new($items)
    };
}
