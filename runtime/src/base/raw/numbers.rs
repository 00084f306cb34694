//! The one list of types that are numbers, lists or tables of numbers, or references to these: what their operators,
//! `[i]`, `len` and `push` do is for the standard library to say.
//!
//! Invariant: it has no arrays `[N; 3]`: for these a user can write a method `len` that comes before that of slices.

use std::any::TypeId;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Calls a macro with all numbers, after what comes before.
macro_rules! numbers {
    ($macro:ident: $($before:tt)*) => {
        $macro!($($before)* u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char)
    };
}

/// Whether values of a type hold numbers and nothing else.
pub(crate) fn holds_numbers<T: ?Sized>() -> bool {
    hold_numbers(typeid::of::<T>())
}

fn hold_numbers(values: TypeId) -> bool {
    static TYPES: OnceLock<HashSet<TypeId>> = OnceLock::new();
    TYPES.get_or_init(lists).contains(&values) || hold_rows(values)
}

fn lists() -> HashSet<TypeId> {
    let mut types = HashSet::new();
    macro_rules! add {
        ($($number:ident)+) => {$(
            behind::<$number>(&mut types);
            behind::<[$number]>(&mut types);
            behind::<Vec<$number>>(&mut types);
        )+};
    }
    numbers!(add:);
    types
}

/// Whether their elements are `Vec`s of numbers.
pub(crate) fn holds_rows<T: ?Sized>() -> bool {
    hold_rows(typeid::of::<T>())
}

fn hold_rows(values: TypeId) -> bool {
    static TYPES: OnceLock<HashSet<TypeId>> = OnceLock::new();
    TYPES.get_or_init(tables).contains(&values)
}

fn tables() -> HashSet<TypeId> {
    let mut types = HashSet::new();
    macro_rules! add {
        ($($number:ident)+) => {$(
            behind::<[Vec<$number>]>(&mut types);
            behind::<Vec<Vec<$number>>>(&mut types);
        )+};
    }
    numbers!(add:);
    types
}

/// Whether it is a float, or refers to one that can be changed.
pub(crate) fn is_float<T: ?Sized>() -> bool {
    let floats = [
        TypeId::of::<f32>(),
        TypeId::of::<f64>(),
        TypeId::of::<&mut f32>(),
        TypeId::of::<&mut f64>(),
    ];
    floats.contains(&typeid::of::<T>())
}

/// Whether items are numbers, lists of them, or pairs of numbers, which may have a number.
pub(crate) fn are_numbers<T>() -> bool {
    static PAIRS: OnceLock<HashSet<TypeId>> = OnceLock::new();
    let items = typeid::of::<T>();
    hold_numbers(items) || PAIRS.get_or_init(pairs).contains(&items)
}

fn counted<T: 'static>(types: &mut HashSet<TypeId>) {
    types.insert(TypeId::of::<T>());
    types.insert(TypeId::of::<(usize, T)>());
}

fn pairs() -> HashSet<TypeId> {
    let mut types = HashSet::new();
    macro_rules! add {
        ($first:ident: $($second:ident)+) => {$(
            counted::<($first, $second)>(&mut types);
            counted::<($first, &$second)>(&mut types);
            counted::<(&$first, $second)>(&mut types);
            counted::<(&$first, &$second)>(&mut types);
        )+};
    }
    macro_rules! with {
        ($($first:ident)+) => { $(numbers!(add: $first:);)+ };
    }
    numbers!(with:);
    types
}

fn behind<T: ?Sized + 'static>(types: &mut HashSet<TypeId>) {
    types.insert(TypeId::of::<T>());
    types.insert(TypeId::of::<&T>());
    types.insert(TypeId::of::<&mut T>());
}
