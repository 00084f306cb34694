//! What a `write!` of the body writes, where the target is written to elsewhere.
//!
//! Invariant: the target is given the same pieces in the same order, and the same failure, as by the `write!` itself.

use std::fmt::{self, Display, Formatter, Write};

use serde::{Deserialize, Serialize};

/// The pieces of a formatted text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    all: String,
    /// Where pieces end.
    ends: Vec<usize>,
    /// The last of the arguments that were written can't be, by its own `Display`.
    fails: bool,
}

impl Text {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What `write!` calls.
    pub fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) {
        self.fails = Write::write_fmt(&mut Pieces(self), arguments).is_err();
    }
}

struct Pieces<'a>(&'a mut Text);

impl Write for Pieces<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0.all.push_str(piece);
        self.0.ends.push(self.0.all.len());
        Ok(())
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut start = 0;
        for &end in &self.ends {
            f.write_str(&self.all[start..end])?;
            start = end;
        }
        if self.fails { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write as _};

    use proptest::prelude::*;

    use super::*;

    /// Takes whole pieces, up to a number of bytes.
    struct Limited(Vec<String>, usize);

    impl Write for Limited {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            let taken: usize = self.0.iter().map(String::len).sum();
            if taken + piece.len() > self.1 {
                return Err(fmt::Error);
            }
            self.0.push(piece.to_owned());
            Ok(())
        }
    }

    struct Broken(bool);

    impl Display for Broken {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str("so far")?;
            if self.0 { Err(fmt::Error) } else { Ok(()) }
        }
    }

    proptest! {
        #[test]
        fn a_target_is_written_to_as_by_the_macro(
            (word, number, limit, breaks) in (".{0,9}", any::<i64>(), 0..60_usize, any::<bool>())
        ) {
            let broken = Broken(breaks);
            let mut text = Text::new();
            writeln!(text, "{word:>6} {number:+} {broken}, {word:?}");

            let (mut here, mut there) = (Limited(Vec::new(), limit), Limited(Vec::new(), limit));
            let wrote = writeln!(here, "{word:>6} {number:+} {broken}, {word:?}");
            prop_assert_eq!(Write::write_fmt(&mut there, format_args!("{text}")), wrote);
            prop_assert_eq!(here.0.concat(), there.0.concat());

            let (mut here, mut there) = ([0; 30], [0; 30]);
            if !breaks {
                let cut = |bytes: &mut [u8; 30], text: &dyn Display| -> io::Result<()> {
                    write!(&mut bytes[..limit.min(30)], "{text}")
                };
                let wrote = cut(&mut here, &format!("{word:>6} {number:+} {broken}, {word:?}\n"));
                prop_assert_eq!(cut(&mut there, &text).is_ok(), wrote.is_ok());
                prop_assert_eq!(here, there);
            }
        }
    }
}
