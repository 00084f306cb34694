//! A serde serializer whose output is a 64-bit number.
//!
//! Invariant: equal values have equal fingerprints on every rank. The entries of a map count in any
//! order, because hash maps that are equal have different orders in different processes; so do the
//! elements of a hash set, which to serde is a list, and is known by the type that is collected.

use std::any::type_name;
use std::fmt::Display;
use std::hash::{BuildHasher as _, Hash};

use foldhash::fast::FixedState;
use serde::ser::{self, Serialize, Serializer};

/// The number so far.
#[derive(Clone, Debug)]
pub(crate) struct Fingerprint {
    state: u64,
    /// Whether the elements of all lists count in any order.
    any_order: bool,
    /// So many plain values are still read.
    left: usize,
    /// Whether the value is to write itself for people.
    for_people: bool,
    /// How many places were met that may have another form in another value: lists, maps, variants, and nothing.
    variable: usize,
}

impl Fingerprint {
    /// The fingerprint of a value; 0 for one that serde refuses to write.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> u64 {
        Self::taken_of(value, false)
    }

    /// The same for a value and its copy that was built anew, in which hash sets may have another
    /// order.
    pub(crate) fn of_any_order<T: Serialize + ?Sized>(value: &T) -> u64 {
        Self::taken_of(value, true)
    }

    /// The fingerprint of the first plain values in a value; of more in no order, their number counts.
    pub(crate) fn of_first<T: Serialize + ?Sized>(value: &T, most: usize) -> u64 {
        let mut taken = Self::new(false, most);
        let _ = value.serialize(&mut taken); // Where it stops early, what was read counts.
        taken.state
    }

    /// Whether nothing in the elements of this list but the list itself could have another form in another one: in all
    /// of them the same plain values and texts come one after the other.
    pub(crate) fn has_fixed_elements<T: Serialize + ?Sized>(list: &T) -> bool {
        let mut taken = Self::new(false, usize::MAX);
        taken.for_people = false;
        list.serialize(&mut taken).is_ok() && taken.variable == 1
    }

    fn new(any_order: bool, left: usize) -> Self {
        Self {
            state: 0,
            any_order,
            left,
            for_people: true,
            variable: 0,
        }
    }

    fn taken_of<T: Serialize + ?Sized>(value: &T, any_order: bool) -> u64 {
        let mut taken = Self::new(any_order, usize::MAX);
        value.serialize(&mut taken).map_or(0, |()| taken.state)
    }

    fn inner(&self) -> Self {
        Self {
            for_people: self.for_people,
            ..Self::new(self.any_order, self.left)
        }
    }

    fn add(&mut self, value: impl Hash) -> Result<(), Refused> {
        self.left = self.left.checked_sub(1).ok_or(Refused)?;
        self.state = FixedState::with_seed(self.state).hash_one(value);
        Ok(())
    }

    fn add_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    /// Adds what may be something else in another value.
    fn add_variable(&mut self, value: impl Hash) -> Result<(), Refused> {
        self.variable += 1;
        self.add(value)
    }

    /// So many elements come one after the other.
    fn several(&mut self, length: usize) -> &mut Self {
        if length == 0 {
            self.variable += 1;
        }
        self
    }

    fn elements(
        &mut self,
        length: Option<usize>,
        any_order: bool,
    ) -> Result<Elements<'_>, Refused> {
        self.add_variable(length)?;
        Ok(Elements {
            list: self,
            any_order,
            sum: 0,
        })
    }
}

/// Whether a type yields what is in a hash table, in the order of that.
fn has_hash_order(name: &str) -> bool {
    const SIGNS: [&str; 6] = [
        "HashSet",
        "HashMap",
        "hash::set::",
        "hash::map::",
        "DashSet",
        "hashbrown::",
    ];
    let name = name.trim_start_matches(['&', ' ']);
    let (outermost, inner) = name.split_once('<').unwrap_or((name, ""));
    if outermost == "alloc::vec::Vec" {
        // The usual one, once for each row of a table.
        return false;
    }
    if outermost.starts_with("core::iter::adapters::") {
        return has_hash_order(inner);
    }
    SIGNS.iter().any(|sign| outermost.contains(sign))
}

/// serde's reason does not matter here.
#[derive(Debug)]
pub(crate) struct Refused;

impl Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the value can't be serialised")
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(_reason: T) -> Self {
        Self
    }
}

/// The number tells types apart whose values would hash alike, such as `1_u8` and `1_u64`.
macro_rules! add_plain {
    ($($number:literal $method:ident: $type:ty)*) => {$(
        fn $method(self, value: $type) -> Result<(), Refused> {
            self.add(($number, value))
        }
    )*};
}

impl<'a> Serializer for &'a mut Fingerprint {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    add_plain! {
        0 serialize_bool: bool  1 serialize_char: char  2 serialize_str: &str
        4 serialize_i8: i8  5 serialize_i16: i16  6 serialize_i32: i32  7 serialize_i64: i64  8 serialize_i128: i128
        9 serialize_u8: u8  10 serialize_u16: u16  11 serialize_u32: u32  12 serialize_u64: u64  13 serialize_u128: u128
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Refused> {
        self.add_variable((3, bytes))
    }

    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        self.add((value.to_bits(), 0))
    }

    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        self.add((value.to_bits(), 0))
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.add_variable(false)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.add_variable(true)?;
        self.add_value(value)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.add_variable(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Refused> {
        self.add_variable(())
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
    ) -> Result<(), Refused> {
        self.add_variable(index)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.add_value(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.add_variable(index)?;
        self.add_value(value)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Elements<'a>, Refused> {
        let any_order = self.any_order;
        self.elements(length, any_order)
    }

    fn collect_seq<I>(self, elements: I) -> Result<(), Refused>
    where
        I: IntoIterator<Item: Serialize>,
    {
        let any_order = self.any_order || has_hash_order(type_name::<I>());
        let elements = elements.into_iter();
        let length = match elements.size_hint() {
            (least, Some(most)) if least == most => Some(least),
            _ => None,
        };
        let mut list = self.elements(length, any_order)?;
        for element in elements {
            ser::SerializeSeq::serialize_element(&mut list, &element)?;
        }
        ser::SerializeSeq::end(list)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self, Refused> {
        Ok(self.several(length))
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Self, Refused> {
        Ok(self.several(length))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self, Refused> {
        self.add_variable(index)?;
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Entries<'a>, Refused> {
        self.add_variable(length)?;
        let entry = self.inner();
        Ok(Entries {
            map: self,
            entry,
            sum: 0,
        })
    }

    fn serialize_struct(self, _name: &'static str, length: usize) -> Result<Self, Refused> {
        Ok(self.several(length))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self, Refused> {
        self.add_variable(index)?;
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        self.for_people
    }
}

/// The entries of a map, added up so that their order does not count.
pub(crate) struct Entries<'a> {
    map: &'a mut Fingerprint,
    entry: Fingerprint,
    sum: u64,
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.entry = self.map.inner();
        self.entry.add_value(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.entry.add_value(value)?;
        self.map.left = self.entry.left;
        self.sum = self.sum.wrapping_add(self.entry.state);
        Ok(())
    }

    fn end(self) -> Result<(), Refused> {
        self.map.add(self.sum)
    }
}

/// The elements of a list, in their order or added up.
pub(crate) struct Elements<'a> {
    list: &'a mut Fingerprint,
    any_order: bool,
    sum: u64,
}

impl ser::SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        if !self.any_order {
            return self.list.add_value(value);
        }
        let mut element = self.list.inner();
        element.add_value(value)?;
        self.list.left = element.left;
        self.sum = self.sum.wrapping_add(element.state);
        Ok(())
    }

    fn end(self) -> Result<(), Refused> {
        self.list.add(self.sum)
    }
}

/// Everything whose elements come one after the other.
macro_rules! add_in_order {
    ($($trait:ident $method:ident ($($name:ident: $type:ty)?))*) => {$(
        impl ser::$trait for &mut Fingerprint {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, $($name: $type,)? value: &T) -> Result<(), Refused> {
                self.add_value(value)
            }

            fn end(self) -> Result<(), Refused> {
                Ok(())
            }
        }
    )*};
}

add_in_order! {
    SerializeTuple serialize_element()
    SerializeTupleStruct serialize_field()
    SerializeTupleVariant serialize_field()
    SerializeStruct serialize_field(_key: &'static str)
    SerializeStructVariant serialize_field(_key: &'static str)
}

#[cfg(test)]
mod tests;
