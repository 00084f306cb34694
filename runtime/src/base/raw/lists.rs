//! Lists of lists of plain values, and of texts: as many lists.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::num::Wrapping;
use std::sync::OnceLock;

use super::memory::{AnyList, AnySlice, Plain};
use super::{Packer, Unpacker};

/// The proof that values of a type are lists of plain values, or texts.
pub(crate) struct Lists<T> {
    way: Way,
    values: PhantomData<fn(T)>,
}

/// How lists of one type are written and taken out.
#[derive(Clone, Copy, Debug)]
struct Way {
    pack: fn(AnySlice<'_>, &mut Packer),
    /// To the end of the list.
    unpack: fn(AnyList<'_>, &mut Unpacker) -> Result<(), String>,
}

impl<T> Lists<T> {
    /// `None` where they are not.
    pub(super) fn of() -> Option<Self> {
        Some(Self {
            way: way(typeid::of::<T>())?,
            values: PhantomData,
        })
    }

    pub(super) fn pack(&self, packer: &mut Packer, list: &mut [T]) {
        (self.way.pack)(AnySlice::of(list), packer);
    }

    pub(super) fn unpack(&self, unpacker: &mut Unpacker) -> Result<Vec<T>, String> {
        let mut list = Vec::new();
        (self.way.unpack)(AnyList::of(&mut list), unpacker)?;
        Ok(list)
    }
}

impl<T> fmt::Debug for Lists<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }
}

/// Not by a generic function: this is compiled once, not for each loop.
fn way(of: TypeId) -> Option<Way> {
    static WAYS: OnceLock<HashMap<TypeId, Way>> = OnceLock::new();
    WAYS.get_or_init(all).get(&of).copied()
}

fn all() -> HashMap<TypeId, Way> {
    let mut ways = HashMap::new();
    macro_rules! of_numbers {
        ($($number:ident)+) => {$(
            of_lists_of::<$number>(&mut ways);
            of_lists_of::<Wrapping<$number>>(&mut ways);
            of_lists_of::<[$number; 2]>(&mut ways);
            of_lists_of::<[$number; 3]>(&mut ways);
            of_lists_of::<[$number; 4]>(&mut ways);
            of_lists_of::<($number, $number)>(&mut ways);
        )+};
    }
    of_numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);
    of_lists_of::<bool>(&mut ways);
    of_lists_of::<char>(&mut ways);
    of_lists_of::<(usize, f64)>(&mut ways);
    let of_texts = Way {
        pack: |list, packer| pack_each(list, packer, |text: &mut String, packer| packer.text(text)),
        unpack: |list, unpacker| unpack_each(list, unpacker, Unpacker::text),
    };
    ways.insert(TypeId::of::<String>(), of_texts);
    ways
}

fn of_lists_of<E: 'static>(ways: &mut HashMap<TypeId, Way>) {
    let way = Way {
        pack: |list, packer| {
            pack_each::<Vec<E>>(list, packer, |list, packer| packer.plain(plain(), list));
        },
        unpack: |list, unpacker| {
            unpack_each::<Vec<E>>(list, unpacker, |unpacker| unpacker.plain(plain()))
        },
    };
    ways.insert(TypeId::of::<Vec<E>>(), way);
}

fn plain<E>() -> Plain<E> {
    Plain::of().expect("what is in the list of lists is in that of plain types")
}

fn pack_each<L: 'static>(list: AnySlice<'_>, packer: &mut Packer, pack: fn(&mut L, &mut Packer)) {
    let list = list.downcast::<L>().expect("it was found by its type");
    packer.number(list.len());
    for element in list {
        pack(element, packer);
    }
}

fn unpack_each<L: 'static>(
    list: AnyList<'_>,
    unpacker: &mut Unpacker,
    unpack: fn(&mut Unpacker) -> Result<L, String>,
) -> Result<(), String> {
    let list = list.downcast::<L>().expect("it was found by its type");
    let count = unpacker.number_of_lists()?;
    list.reserve_exact(count);
    for _ in 0..count {
        list.push(unpack(unpacker)?);
    }
    Ok(())
}
