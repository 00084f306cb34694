//! Code as messages show it: on one line, with spaces where a user would write them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::Ident;

/// `x = f(x, &y[0..3]);`
pub(crate) fn shown(tokens: TokenStream) -> String {
    let mut printer = Printer::default();
    printer.all(tokens);
    printer.text
}

#[derive(Default)]
struct Printer {
    text: String,
    /// What the last token leaves to the next one.
    before: Before,
    /// Between the bars of a closure.
    in_bars: bool,
}

/// The place of a token by the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    /// Nothing, or what the next token sticks to.
    #[default]
    Nothing,
    /// An operand: an operator may follow, or what it is called with.
    Operand,
    /// A keyword, a separator or an operator of two sides.
    Gap,
}

impl Printer {
    fn all(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) => {
                    self.space();
                    self.text.push_str(&word.to_string());
                    self.before = if is_keyword(&word) {
                        Before::Gap
                    } else {
                        Before::Operand
                    };
                }
                TokenTree::Literal(literal) => {
                    self.space();
                    self.text.push_str(&literal.to_string());
                    self.before = Before::Operand;
                }
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Punct(first) => {
                    let mut marks = String::from(first.as_char());
                    let mut is_joint = first.spacing() == Spacing::Joint;
                    while let Some(TokenTree::Punct(next)) =
                        tokens.peek().filter(|_| is_joint && joins(&marks))
                        && goes_on(&marks, next.as_char())
                    {
                        marks.push(next.as_char());
                        is_joint = next.spacing() == Spacing::Joint;
                        tokens.next();
                    }
                    let is_called = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                    self.marks(&marks, is_called);
                }
            }
        }
    }

    fn space(&mut self) {
        if self.before != Before::Nothing && !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    fn group(&mut self, delimiter: Delimiter, inside: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let is_block = delimiter == Delimiter::Brace;
        if is_block || self.before == Before::Gap {
            self.space();
        }
        if is_block && inside.is_empty() {
            self.text.push_str("{}");
        } else {
            self.text.push_str(open);
            self.before = Before::Nothing;
            self.all(inside);
            self.text.push_str(close);
        }
        self.before = if is_block {
            Before::Gap
        } else {
            Before::Operand
        };
    }

    fn marks(&mut self, marks: &str, is_called: bool) {
        let follows_operand = self.before == Before::Operand;
        match marks {
            "," | ";" | "?" => {
                self.text.push_str(marks);
                self.before = if marks == "?" {
                    Before::Operand
                } else {
                    Before::Gap
                };
            }
            ":" => {
                self.text.push(':');
                self.before = Before::Gap;
            }
            "." | "::" | ".." | "..=" => {
                if self.before == Before::Gap {
                    self.space();
                }
                self.text.push_str(marks);
                self.before = Before::Nothing;
            }
            "!" if follows_operand && is_called => {
                self.text.push('!');
                self.before = Before::Operand;
            }
            "|" if self.in_bars || !follows_operand => {
                if !self.in_bars {
                    self.space();
                }
                self.text.push('|');
                self.in_bars = !self.in_bars;
                self.before = if self.in_bars {
                    Before::Nothing
                } else {
                    Before::Gap
                };
            }
            "&" | "&&" | "*" | "-" | "!" | "'" | "#" if !follows_operand => {
                self.space();
                self.text.push_str(marks);
                self.before = Before::Nothing;
            }
            _ => {
                self.space();
                self.text.push_str(marks);
                self.before = Before::Gap;
            }
        }
    }
}

/// `&` of `&mut`, `|` of `||`: not all that stands together is one mark.
fn joins(marks: &str) -> bool {
    !matches!(marks, "," | ";" | "?" | "'" | "#")
}

fn goes_on(marks: &str, next: char) -> bool {
    match next {
        '=' => marks != "&&" && marks != "||" && marks != "::",
        '>' => matches!(marks, "-" | "=" | ">"),
        '<' => marks == "<",
        '.' | ':' | '&' | '|' => marks.ends_with(next) && (marks.len() == 1 || next == '.'),
        _ => false,
    }
}

fn is_keyword(word: &Ident) -> bool {
    const KEYWORDS: [&str; 15] = [
        "as", "break", "dyn", "else", "for", "if", "in", "let", "loop", "match", "move", "mut",
        "ref", "return", "while",
    ];
    KEYWORDS.contains(&&*word.to_string())
}

#[cfg(test)]
mod tests {
    use super::shown;
    use proc_macro2::TokenStream;

    #[test]
    fn code_is_spaced_as_users_write_it() {
        for code in [
            "for x in xs.iter().map(|x| x + 1)",
            "for (i, x) in (0..n).zip(&rows[1..])",
            "total = next(total, *x, &mut y, -1.5);",
            "if !seen.contains(&key) && a < b { seen.push(key); } else {}",
            "state.sum += -x * 2.0 - y[i + 1]?;",
            "println!(\"{done} of {n}\", n = xs.len());",
            "let Some(last) = known.last() else { return };",
            "match x { 0 => {} n if n >= 3 || *y => f(n), _ => ::std::mem::swap(&mut a, b) }",
            "let lengths: Lengths = lines.iter().map(|(a, b)| a..=b).collect();",
            "out[i] = out[i - 1] as u64;",
            "x <<= 1; y = &&z; for x in &mut xs {}",
            "let all = || f();",
        ] {
            let tokens: TokenStream = code.parse().expect("tokens");
            assert_eq!(shown(tokens), code);
        }
    }
}
