//! The one list of plain types.

use std::any::TypeId;
use std::collections::HashMap;
use std::num::Wrapping;
use std::sync::OnceLock;

/// Which bytes are values of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bits {
    /// All are.
    Any,
    /// Each is 0 or 1.
    Bools,
    /// Each four are a Unicode scalar value.
    Chars,
}

impl Bits {
    /// Whether these are values.
    pub(super) fn allow(self, bytes: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Bools => bytes.iter().all(|&byte| byte <= 1),
            Self::Chars => bytes
                .as_chunks()
                .0
                .iter()
                .all(|&scalar| char::from_u32(u32::from_ne_bytes(scalar)).is_some()),
        }
    }
}

/// `None` of a type that is not plain.
pub(super) fn bits(of: TypeId) -> Option<Bits> {
    static TYPES: OnceLock<HashMap<TypeId, Bits>> = OnceLock::new();
    TYPES.get_or_init(all).get(&of).copied()
}

/// Collects types; those that have padding are left out.
struct Types(HashMap<TypeId, Bits>);

impl Types {
    fn add<T: 'static>(&mut self, bits: Bits, used: usize) {
        if used == size_of::<T>() {
            self.0.insert(TypeId::of::<T>(), bits);
        }
    }
}

fn all() -> HashMap<TypeId, Bits> {
    let mut types = Types(HashMap::new());
    bools_and_chars(&mut types);
    numbers(&mut types);
    tuples(&mut types);
    types.0
}

/// Arrays of all lengths for which serde knows them.
macro_rules! arrays {
    ($types:ident, $bits:expr, $element:ty) => {
        arrays!($types, $bits, $element:
            1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32);
    };
    ($types:ident, $bits:expr, $element:ty: $($length:literal)+) => {
        $($types.add::<[$element; $length]>($bits, size_of::<[$element; $length]>());)+
    };
}

fn bools_and_chars(types: &mut Types) {
    types.add::<bool>(Bits::Bools, size_of::<bool>());
    types.add::<char>(Bits::Chars, size_of::<char>());
    arrays!(types, Bits::Bools, bool);
    arrays!(types, Bits::Chars, char);
}

macro_rules! each {
    ($do:ident, $types:ident: $($number:ident)+) => { $($do!($types, $number);)+ };
}

fn numbers(types: &mut Types) {
    macro_rules! number {
        ($types:ident, $number:ident) => {
            $types.add::<$number>(Bits::Any, size_of::<$number>());
            $types.add::<Wrapping<$number>>(Bits::Any, size_of::<$number>());
            arrays!($types, Bits::Any, $number);
            // Matrices.
            arrays!($types, Bits::Any, [$number; 2]: 2 3 4);
            arrays!($types, Bits::Any, [$number; 3]: 2 3 4);
            arrays!($types, Bits::Any, [$number; 4]: 2 3 4);
        };
    }
    each!(number, types: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);
}

/// Pairs of all numbers, triples of the usual ones, and longer tuples of one of them.
fn tuples(types: &mut Types) {
    macro_rules! tuple {
        ($types:ident, $($part:ident)+) => {
            $types.add::<($($part,)+)>(Bits::Any, 0 $(+ size_of::<$part>())+);
        };
    }
    macro_rules! pairs {
        ($types:ident, $first:ident) => {
            pairs!($types, $first: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);
        };
        ($types:ident, $first:ident: $($second:ident)+) => {
            tuple!($types, $first);
            $(tuple!($types, $first $second);)+
        };
    }
    macro_rules! triples {
        ($types:ident, $first:ident) => {
            triples!($types, $first: u32 u64 usize i32 i64 f32 f64);
            tuple!($types, $first $first $first $first);
            tuple!($types, $first $first $first $first $first);
            tuple!($types, $first $first $first $first $first $first);
        };
        ($types:ident, $first:ident: $($second:ident)+) => {
            $(triples!(@ $types, $first $second: u32 u64 usize i32 i64 f32 f64);)+
        };
        (@ $types:ident, $first:ident $second:ident: $($third:ident)+) => {
            $(tuple!($types, $first $second $third);)+
        };
    }
    each!(pairs, types: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);
    each!(triples, types: u32 u64 usize i32 i64 f32 f64);
}
