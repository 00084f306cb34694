//! Single numbers, and tuples and arrays of a few: written as they are, each behind a byte that says which kind of number it is.
//!
//! Invariant: whatever is no such value is refused at once, and what is read is what was written: a number of
//! another kind, or one too few, is an error.

use std::fmt::{self, Display};

use serde::de::{self, DeserializeOwned, DeserializeSeed, SeqAccess, Visitor};
use serde::ser::{self, Impossible, Serialize};

/// The longest tuple: of more numbers the codec is the better one.
const FEW: usize = 16;

/// The bytes of a value that consists of numbers.
pub(super) fn write<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    // Enough for a number, or a pair of the usual ones.
    let mut writer = Writer(Vec::with_capacity(18));
    value.serialize(&mut writer).ok()?;
    Some(writer.0)
}

/// The value of these bytes.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let mut reader = Reader(bytes);
    let value = T::deserialize(&mut reader).map_err(|NoNumbers(words)| words)?;
    if reader.0.is_empty() {
        Ok(value)
    } else {
        Err("more numbers came than it has".to_owned())
    }
}

/// Why a value can't be written or read as numbers.
#[derive(Debug)]
struct NoNumbers(String);

impl Display for NoNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoNumbers {}

impl ser::Error for NoNumbers {
    fn custom<T: Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

impl de::Error for NoNumbers {
    fn custom<T: Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

/// It costs nothing to say so: it is said of every type at first.
fn other() -> NoNumbers {
    NoNumbers(String::new())
}

struct Writer(Vec<u8>);

struct Reader<'a>(&'a [u8]);

/// For each kind of number its byte, the methods of serde, and its type.
macro_rules! numbers {
    ($($kind:literal $write:ident $visit:ident $number:ty),+ $(,)?) => {
        impl<'a> ser::Serializer for &'a mut Writer {
            type Ok = ();
            type Error = NoNumbers;
            type SerializeSeq = Impossible<(), NoNumbers>;
            type SerializeTuple = &'a mut Writer;
            type SerializeTupleStruct = Impossible<(), NoNumbers>;
            type SerializeTupleVariant = Impossible<(), NoNumbers>;
            type SerializeMap = Impossible<(), NoNumbers>;
            type SerializeStruct = Impossible<(), NoNumbers>;
            type SerializeStructVariant = Impossible<(), NoNumbers>;

            $(fn $write(self, number: $number) -> Result<(), NoNumbers> {
                self.0.push($kind);
                self.0.extend_from_slice(&number.to_le_bytes());
                Ok(())
            })+

            fn serialize_bool(self, value: bool) -> Result<(), NoNumbers> {
                self.0.extend_from_slice(&[BOOL, u8::from(value)]);
                Ok(())
            }

            fn serialize_char(self, value: char) -> Result<(), NoNumbers> {
                self.0.push(CHAR);
                self.0.extend_from_slice(&u32::from(value).to_le_bytes());
                Ok(())
            }

            fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), NoNumbers> {
                value.serialize(self)
            }

            fn serialize_tuple(self, length: usize) -> Result<Self, NoNumbers> {
                if length > FEW {
                    return Err(other());
                }
                Ok(self)
            }

            fn serialize_str(self, _: &str) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_bytes(self, _: &[u8]) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_none(self) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_unit(self) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_unit_struct(self, _: &'static str) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_newtype_variant<T: Serialize + ?Sized>(
                self,
                _: &'static str,
                _: u32,
                _: &'static str,
                _: &T,
            ) -> Result<(), NoNumbers> {
                Err(other())
            }

            fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, NoNumbers> {
                Err(other())
            }

            fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, NoNumbers> {
                Err(other())
            }

            fn serialize_tuple_variant(
                self,
                _: &'static str,
                _: u32,
                _: &'static str,
                _: usize,
            ) -> Result<Self::SerializeTupleVariant, NoNumbers> {
                Err(other())
            }

            fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, NoNumbers> {
                Err(other())
            }

            fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, NoNumbers> {
                Err(other())
            }

            fn serialize_struct_variant(
                self,
                _: &'static str,
                _: u32,
                _: &'static str,
                _: usize,
            ) -> Result<Self::SerializeStructVariant, NoNumbers> {
                Err(other())
            }

            fn is_human_readable(&self) -> bool {
                false
            }
        }

        /// What was read, by the method of serde that is to be told.
        #[expect(non_camel_case_types, reason = "the names are those of the methods")]
        enum Number {
            $($visit($number),)+
            Bool(bool),
            Char(char),
        }

        impl Reader<'_> {
            /// The next number: apart from who wants it, so that this is compiled once.
            fn number(&mut self) -> Result<Number, NoNumbers> {
                let [kind] = self.take()?;
                Ok(match kind {
                    $($kind => Number::$visit(<$number>::from_le_bytes(self.take()?)),)+
                    BOOL => {
                        let [value] = self.take()?;
                        Number::Bool(value != 0)
                    }
                    CHAR => match char::from_u32(u32::from_le_bytes(self.take()?)) {
                        Some(value) => Number::Char(value),
                        None => return Err(NoNumbers("a character is none".to_owned())),
                    },
                    _ => return Err(NoNumbers(format!("there is no kind {kind} of numbers"))),
                })
            }
        }

        impl<'de> de::Deserializer<'de> for &mut Reader<'_> {
            type Error = NoNumbers;

            fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoNumbers> {
                match self.number()? {
                    $(Number::$visit(number) => visitor.$visit(number),)+
                    Number::Bool(value) => visitor.visit_bool(value),
                    Number::Char(value) => visitor.visit_char(value),
                }
            }

            fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, NoNumbers> {
                visitor.visit_newtype_struct(self)
            }

            fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, NoNumbers> {
                visitor.visit_seq(Elements { reader: self, length })
            }

            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
                unit_struct seq tuple_struct map struct enum identifier ignored_any
            }

            fn is_human_readable(&self) -> bool {
                false
            }
        }
    };
}

const BOOL: u8 = 0;
const CHAR: u8 = 1;

numbers! {
    2 serialize_i8 visit_i8 i8,
    3 serialize_i16 visit_i16 i16,
    4 serialize_i32 visit_i32 i32,
    5 serialize_i64 visit_i64 i64,
    6 serialize_i128 visit_i128 i128,
    7 serialize_u8 visit_u8 u8,
    8 serialize_u16 visit_u16 u16,
    9 serialize_u32 visit_u32 u32,
    10 serialize_u64 visit_u64 u64,
    11 serialize_u128 visit_u128 u128,
    12 serialize_f32 visit_f32 f32,
    13 serialize_f64 visit_f64 f64,
}

impl ser::SerializeTuple for &mut Writer {
    type Ok = ();
    type Error = NoNumbers;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoNumbers> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), NoNumbers> {
        Ok(())
    }
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], NoNumbers> {
        let (taken, rest) = self
            .0
            .split_first_chunk()
            .ok_or_else(|| NoNumbers("fewer numbers came than it has".to_owned()))?;
        self.0 = rest;
        Ok(*taken)
    }
}

/// The elements of a tuple that are left.
struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    length: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = NoNumbers;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, NoNumbers> {
        if self.length == 0 {
            return Ok(None);
        }
        self.length -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.length)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;
    use std::num::{NonZeroU8, Wrapping};

    use super::*;

    fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let bytes = write(value).expect("it consists of numbers");
        assert_eq!(read::<T>(&bytes).as_ref(), Ok(value));
        for end in 0..bytes.len() {
            assert!(read::<T>(&bytes[..end]).is_err());
        }
        assert!(read::<T>(&[&*bytes, &[BOOL, 1]].concat()).is_err());
    }

    #[test]
    fn numbers_come_back() {
        comes_back(&true);
        comes_back(&'ß');
        comes_back(&(i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN));
        comes_back(&(u8::MAX, u16::MAX, u32::MAX, u64::MAX, u128::MAX));
        comes_back(&(1.5_f32, f64::NEG_INFINITY, usize::MAX, isize::MIN));
        comes_back(&Wrapping(7_u16));
        comes_back(&NonZeroU8::MAX);
        comes_back(&[[1.0, 2.0], [3.0, 4.0]]);
        comes_back(&((1_u8, 'a'), [true, false]));
        let bits = |x: f64| read::<f64>(&write(&x).unwrap()).unwrap().to_bits();
        for x in [
            -0.0,
            f64::MIN_POSITIVE / 2.0,
            f64::from_bits(0x7ff0_0000_0000_0001),
        ] {
            assert_eq!(bits(x), x.to_bits());
        }
    }

    #[test]
    fn what_is_not_of_numbers_is_left_to_others() {
        assert_eq!(write(&vec![1]), None);
        assert_eq!(write(&"text"), None);
        assert_eq!(write(&Some(1)), None);
        assert_eq!(write(&()), None);
        assert_eq!(write(&(1, "text")), None);
        assert_eq!(write(&[0_u8; FEW + 1]), None);
    }

    #[test]
    fn another_kind_of_number_is_not_read() {
        assert!(read::<u8>(&write(&300_u16).unwrap()).is_err());
        assert!(read::<bool>(&write(&1_u8).unwrap()).is_err());
        assert!(read::<(u8, u8)>(&write(&1_u8).unwrap()).is_err());
        assert!(read::<u8>(&[77, 0]).is_err());
        assert!(read::<char>(&[CHAR, 255, 255, 255, 255]).is_err());
    }
}
