//! The complete list of names that expansions of the macro use. Nothing here is a public interface:
//! the macro and this crate have the same version, always.

pub use std::borrow::ToOwned;
pub use std::clone::Clone;
pub use std::iter::zip;

pub use crate::base::faithful::compared;
pub use crate::base::fallible::{Fallible, attempt, attempt_all, typed, typed_like};
pub use crate::base::program::main_is_in;
pub use crate::by_hand::prints::{eprint, eprint_line, print, print_line};
#[cfg(feature = "contract")]
pub use crate::by_hand::ranks::{check_communicator, check_fabric};
pub use crate::by_hand::ranks::{main_goes_on, master_only, start, success};
pub use crate::distribute::exits::exits;
pub use crate::distribute::{
    distribute, distribute_from_master, distribute_locally, distribute_locally_unshared,
    distribute_unshared, told, told_kept,
};
pub use crate::loop_parts::arithmetic::{arithmetic, float, table, variable};
pub use crate::loop_parts::captures::nothing_captured;
pub use crate::loop_parts::doubts::{
    appends_nothing, changes_nothing, draws_nothing, lends_nothing, reads_elements, reads_entries,
    reads_in_place, writes_nothing,
};
pub use crate::loop_parts::gather::{
    Either, FloatMethod, FloatMethodByReference, IsCollection, IsKnown, IsOperand, IsOther,
    IsOtherType, IsReducible, Text, array, balance, bit_and, bit_or, bit_xor, called, cleared,
    contribute, contribute_once, copy, copying, difference, folded, gain, greatest, greatest_last,
    iterated, last, least, least_last, length, lose, maximum, minimum, never, own_method,
    own_writer, owned, product, replaying, replaying_locally, scratch, stopping, stopping_locally,
    sum, unaliased, unused, updates, windows,
};
pub use crate::loop_parts::gather::{
    begin, changed, collection, end_block, kept, keyed, known, known_here, lent, mark, open,
    output, part, part_until, pushed_once, pushed_once_unless_left,
};
pub use crate::loop_parts::items::{
    block, collapsed, even, numbered, once, pure, to_the_end, untouched,
};
pub use crate::loop_parts::on_error::OnError;
pub use crate::loop_parts::options::{Checkpoint, Gather, Options, Shown};
pub use crate::loop_parts::schedule::Schedule;
pub use crate::loop_parts::sharing::{captured, shared};
pub use crate::{
    __address as address, __capture as capture, __changed_items as changed_items,
    __changed_items_again as changed_items_again, __dbg as dbg, __eprint as eprint,
    __eprintln as eprintln, __items as items, __items_again as items_again,
    __items_tried as items_tried, __local_items as local_items,
    __local_items_again as local_items_again, __local_items_tried as local_items_tried,
    __master_items as master_items, __master_items_again as master_items_again,
    __ordered as ordered, __passed as passed, __print as print, __println as println,
    __std_method as std_method, __used as used, __used_in_items as used_in_items,
    __used_inside as used_inside,
};
pub use core::format_args;

/// What `capture!`, `ordered!` and `used!` need in scope.
pub mod looking {
    pub use crate::loop_parts::captures::{
        ByElementHash, ByElementSerde, ByElementText, ByHash, ByHasher, ByNumbers, BySerde,
        ByTable, ByTableSerde, ByText, Empty, HasNoOrder, HasOrder, Hidden, Look, TellsElements,
        TellsNothing, TellsText, Unseen,
    };
    pub use crate::loop_parts::shared_state::{
        IsCell, IsCopied, IsLentOn, IsMoved, IsNoState, IsPartOfOwned, IsPartOfShared,
        IsSharedPart, IsState, Part, State,
    };
}

/// Where a variable is, or a field: `raw x.y`, since one of a packed struct has no reference. What a
/// macro has declared may be a constant, which has no place.
#[macro_export]
#[doc(hidden)]
macro_rules! __address {
    (raw $place:expr) => {
        &raw const $place
    };
    ($place:expr) => {
        ::core::ptr::from_ref(&$place)
    };
}

/// What a variable holds that the body captures.
#[macro_export]
#[doc(hidden)]
macro_rules! __capture {
    ($captures:ident, $name:literal, $($place:tt)+) => {
        match $crate::__private::address!($($place)+) {
            variable => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::looking::{
                    ByElementHash, ByElementSerde, ByElementText, ByHash, ByHasher, ByNumbers,
                    BySerde, ByTable, ByTableSerde, ByText, Empty, Hidden, Look, TellsElements,
                    TellsNothing, TellsText, Unseen,
                };
                let way = (&&&&&&&&&&&&&Look::of(variable)).parallel_for_way();
                let steady = (&&&Look::of(variable)).parallel_for_steady();
                $captures.add($name, variable, way, steady);
            }
        }
    };
}

/// The order of a variable that the body captures: `in_order`, or `floats_in_order`.
#[macro_export]
#[doc(hidden)]
macro_rules! __ordered {
    ($captures:ident . $how:ident, $name:literal, $($place:tt)+) => {
        match $crate::__private::address!($($place)+) {
            variable => {
                #[allow(unused_imports, reason = "which trait is needed depends on the type")]
                use $crate::__private::looking::{HasNoOrder, HasOrder, Look};
                let order = (&&Look::of(variable)).parallel_for_order();
                $captures.$how($name, variable, &order);
            }
        }
    };
}

/// A variable of which a loop does more than reading, asked by the trait for several threads, `IsState`,
/// or for one, `IsCell`.
#[macro_export]
#[doc(hidden)]
macro_rules! __used {
    ($asked:ident, $($place:tt)+) => {{
        #[allow(unused_imports, reason = "which trait is needed depends on the type")]
        use $crate::__private::looking::{$asked, IsNoState, State};
        (&&State::of($crate::__private::address!($($place)+))).parallel_for_used()
    }};
}

/// A variable that the body gives to a function by value.
#[macro_export]
#[doc(hidden)]
macro_rules! __passed {
    ($($place:tt)+) => {{
        #[allow(unused_imports, reason = "which trait is needed depends on the type")]
        use $crate::__private::looking::{IsCopied, IsLentOn, IsMoved, State};
        (&&&State::of($crate::__private::address!($($place)+))).parallel_for_passed()
    }};
}

/// A place of which the body does more than reading, and that only the body can name.
#[macro_export]
#[doc(hidden)]
macro_rules! __used_inside {
    ($place:expr) => {
        match &$place {
            place => {
                #[allow(unused_imports, reason = "which trait is needed depends on the type")]
                use $crate::__private::looking::{IsCell, IsNoState, State};
                let _ = || (&&State::of(place)).parallel_for_used();
                place
            }
        }
    };
}

/// A part of an item of which the body does more than reading, and the variable that has it.
#[macro_export]
#[doc(hidden)]
macro_rules! __used_in_items {
    ($item:expr, $($part:tt)+) => {{
        #[allow(unused_imports, reason = "which trait is needed depends on the type")]
        use $crate::__private::looking::{IsPartOfOwned, IsPartOfShared, IsSharedPart, Part};
        (&&Part::of(
            $crate::__private::address!($item),
            $crate::__private::address!($($part)+),
        ))
            .parallel_for_used()
    }};
}

/// What `items!` needs in scope.
pub mod probing {
    pub use crate::loop_parts::items::{
        ByHash, BySerde, ByText, CopiedByClone, CopiedValues, IsLent, IsOwned, Probe,
        ViaCallingThread, ViaCursor, ViaHash, ViaIterator, ViaLent, ViaMutable, ViaState,
        WithoutCopies, WithoutDigest, WithoutTries, all, iterable, shipped,
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
                    ByHash, BySerde, ByText, Probe, ViaCallingThread, ViaCursor, ViaHash,
                    ViaIterator, ViaLent, ViaMutable, ViaState, WithoutDigest,
                };
                let digest = (&&&&Probe::of(&items)).parallel_for_digest();
                (&&&&&&&Probe::of(&items))
                    .parallel_for_kind()
                    .source(items, digest)
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
                    ByHash, BySerde, ByText, CopiedByClone, CopiedValues, Probe, ViaCallingThread,
                    ViaCursor, ViaHash, ViaIterator, ViaLent, ViaMutable, ViaState, WithoutCopies,
                    WithoutDigest,
                };
                let digest = (&&&&Probe::of(&items)).parallel_for_digest();
                let copies = (&&&Probe::of(&items)).parallel_for_copies();
                (&&&&&&&Probe::of(&items))
                    .parallel_for_kind()
                    .source_again(items, digest, copies)
            }
        }
    };
}

/// The items of a loop that every rank iterates over, and whose iterations may run again where they panicked.
#[macro_export]
#[doc(hidden)]
macro_rules! __items_tried {
    ($items:expr) => {
        match $crate::__private::probing::iterable($items) {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    ByHash, BySerde, ByText, CopiedByClone, CopiedValues, Probe, ViaCallingThread,
                    ViaCursor, ViaHash, ViaIterator, ViaLent, ViaMutable, ViaState, WithoutDigest,
                    WithoutTries,
                };
                let digest = (&&&&Probe::of(&items)).parallel_for_digest();
                let copies = (&&&Probe::of(&items)).parallel_for_copies();
                (&&&&&&&Probe::of(&items))
                    .parallel_for_kind()
                    .source(items, digest)
                    .copied_by(copies)
            }
        }
    };
}

/// The items of a loop that the threads of one process run: they may be changed.
#[macro_export]
#[doc(hidden)]
macro_rules! __local_items {
    ($items:expr) => {
        match $crate::__private::probing::iterable($items) {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    Probe, ViaCallingThread, ViaCursor, ViaHash, ViaIterator, ViaLent, ViaState,
                    WithoutDigest,
                };
                let digest = Probe::of(&items).parallel_for_digest();
                (&&&&&&&Probe::of(&items))
                    .parallel_for_kind()
                    .source(items, digest)
            }
        }
    };
}

/// The same of a loop that an iteration may leave.
#[macro_export]
#[doc(hidden)]
macro_rules! __local_items_again {
    ($items:expr) => {
        match $crate::__private::probing::iterable($items) {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    CopiedByClone, CopiedValues, Probe, ViaCallingThread, ViaCursor, ViaHash,
                    ViaIterator, ViaLent, ViaMutable, ViaState, WithoutCopies, WithoutDigest,
                };
                let digest = Probe::of(&items).parallel_for_digest();
                let copies = (&&&Probe::of(&items)).parallel_for_copies();
                (&&&&&&&Probe::of(&items))
                    .parallel_for_kind()
                    .source_again(items, digest, copies)
            }
        }
    };
}

/// The same of a loop that goes on after a panic: each item is its own.
#[macro_export]
#[doc(hidden)]
macro_rules! __local_items_tried {
    ($items:expr) => {
        match $crate::__private::probing::iterable($items) {
            items => {
                #[allow(
                    unused_imports,
                    reason = "which traits are needed depends on the type"
                )]
                use $crate::__private::probing::{
                    CopiedByClone, CopiedValues, Probe, ViaCallingThread, ViaCursor, ViaHash,
                    ViaIterator, ViaLent, ViaMutable, ViaState, WithoutDigest, WithoutTries,
                };
                let digest = Probe::of(&items).parallel_for_digest();
                let copies = (&&&Probe::of(&items)).parallel_for_copies();
                (&&&&&&&Probe::of(&items))
                    .parallel_for_kind()
                    .source(items, digest)
                    .copied_by(copies)
            }
        }
    };
}

/// All items of a loop that changes them.
#[macro_export]
#[doc(hidden)]
macro_rules! __changed_items {
    ($items:expr) => {
        $crate::__private::probing::all($crate::__private::local_items!($items))
    };
}

/// The same of a loop that an iteration may leave.
#[macro_export]
#[doc(hidden)]
macro_rules! __changed_items_again {
    ($items:expr) => {
        match $items {
            items => {
                #[allow(unused_imports, reason = "which trait is needed depends on the type")]
                use $crate::__private::probing::{IsLent, IsOwned, Probe};
                let owner = (&&Probe::of(&items)).owner();
                $crate::__private::changed_items!(owner.given(items))
            }
        }
    };
}

/// The items of a loop that only the master iterates over.
#[macro_export]
#[doc(hidden)]
macro_rules! __master_items {
    ($items:expr) => {
        $crate::__private::probing::shipped($items, $crate::__private::compared(0, 0))
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
                $crate::__private::probing::shipped(
                    owner.given(items),
                    $crate::__private::compared(0, 0),
                )
            }
        }
    };
}
