//! Texts in JSON that may stand in a page.

use std::fmt::{self, Display, Write as _};

/// A string literal, without anything that would end a script.
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for letter in self.0.chars() {
            match letter {
                '"' | '\\' => write!(f, "\\{letter}")?,
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{0}'..='\u{1f}' => {
                    write!(f, "\\u{:04x}", u32::from(letter))?;
                }
                _ => f.write_char(letter)?,
            }
        }
        f.write_char('"')
    }
}

/// Things with a comma between each two.
pub(super) struct Listed<I>(pub(super) I);

impl<I: Iterator<Item: Display> + Clone> Display for Listed<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, one) in self.0.clone().enumerate() {
            if number > 0 {
                f.write_char(',')?;
            }
            one.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_early() {
        let nasty = "a\"b\\c</script>\n\u{2028}é";
        let text = r#""a\"b\\c\u003c/script\u003e\u000a\u2028é""#;
        assert_eq!(Text(nasty).to_string(), text);
        assert_eq!(Listed([1, 2, 3].iter()).to_string(), "1,2,3");
    }
}
