//! The code of a loop as a number, by which ranks notice that they run different builds of a program.
//!
//! Invariant: it depends on the tokens that the user wrote, and on nothing else: not on spans, white space and
//! comments, on our tags, or on the compiler.

use super::tags;
use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ExprForLoop;

/// The code of a loop as it is written, marks included.
pub(crate) fn of(node: &ExprForLoop) -> u64 {
    let mut code = Code(Code::BASIS);
    code.stream(node.to_token_stream());
    code.0
}

/// The same where the attribute of the function has these options.
pub(crate) fn under(code: u64, options: &TokenStream) -> u64 {
    let mut code = Code(code);
    code.stream(options.clone());
    code.0
}

/// FNV-1a, which is the same in all versions of all compilers.
struct Code(u64);

impl Code {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;

    fn stream(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match (&token, tokens.peek()) {
                (TokenTree::Punct(hash), Some(TokenTree::Group(attribute)))
                    if hash.as_char() == '#' && tags::are_in(attribute.stream()) =>
                {
                    tokens.next();
                }
                (TokenTree::Punct(first), Some(TokenTree::Punct(second))) => {
                    self.punct(first.as_char(), is_operator(first, second));
                }
                (TokenTree::Punct(last), _) => self.punct(last.as_char(), false),
                (TokenTree::Ident(name), _) => self.token(b'n', &name.to_string()),
                (TokenTree::Literal(value), _) => self.token(b'v', &value.to_string()),
                (TokenTree::Group(group), _) => {
                    let ends = match group.delimiter() {
                        Delimiter::Parenthesis => "()",
                        Delimiter::Brace => "{}",
                        Delimiter::Bracket => "[]",
                        Delimiter::None => "",
                    };
                    self.token(b'(', ends);
                    self.stream(group.stream());
                    self.token(b')', ends);
                }
            }
        }
    }

    fn punct(&mut self, character: char, joined: bool) {
        let kind = if joined { b'j' } else { b'p' };
        self.token(kind, character.encode_utf8(&mut [0; 4]));
    }

    fn token(&mut self, kind: u8, text: &str) {
        // No text contains the last byte, so no two tokens are like one.
        let bytes = [kind].into_iter().chain(text.bytes()).chain([0xff]);
        self.0 = bytes.fold(self.0, |code, byte| {
            (code ^ u64::from(byte)).wrapping_mul(Self::PRIME)
        });
    }
}

/// Whether two characters are written as one operator, or as the start of one: `a && b` is no `a & &b`. In the
/// arguments of macros others touch by chance: `x=-1`.
fn is_operator(first: &Punct, second: &Punct) -> bool {
    let pair = (first.as_char(), second.as_char());
    let is_known = pair.0 == pair.1 || matches!(pair, (_, '=') | ('-' | '=', '>'));
    is_known && first.spacing() == Spacing::Joint
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> u64 {
        of(&syn::parse_str(text).expect("a loop"))
    }

    #[test]
    fn layout_and_comments_do_not_count() {
        assert_eq!(
            code("for x in xs { sum += f(&x); log!(x=-1, a&&b); }"),
            code(
                "for x in xs {\n    // Adds.\n    sum += f( & x ) ;\n    log!(x = -1, a && b);\n}"
            ),
        );
    }

    #[test]
    fn tags_do_not_count() {
        let text = "for x in xs { let y = x; for z in 0..y { sum += z; if y == 3 { return; } } }";
        let mut function: syn::ItemFn = syn::parse_str(&format!(
            "fn f() {{ let before = 1; for a in b {{ }} {text} }}"
        ))
        .expect("a function");
        tags::number(&mut function);
        let syn::Stmt::Expr(syn::Expr::ForLoop(tagged), _) = &function.block.stmts[2] else {
            panic!("it is the third statement");
        };
        assert!(tags::id(tagged).is_some());
        assert_eq!(of(tagged), code(text));
    }

    #[test]
    fn every_token_counts() {
        let loops = [
            "for x in xs { sum += x; }",
            "for y in xs { sum += y; }",
            "for x in xs { sum += x }",
            "for x in xs { sum += { x }; }",
            "for x in xs { sum += (x); }",
            "for x in xs { sum += x1; }",
            "for x in xs { sum += x + 1; }",
            "for x in xs { sum += x + 1_u8; }",
            "for x in xs { sum += x - 1; }",
            "for x in xs { sum += x & &1; }",
            "for x in xs { sum += x && 1; }",
            "for x in xs { log!(x & &1); }",
            "for x in xs { log!(x && 1); }",
            "for x in xs { log!(\"x\"); }",
            "for x in xs { log!('x'); }",
            "#[parallel_for] for x in xs { sum += x; }",
            "#[parallel_for(threads = 2)] for x in xs { sum += x; }",
        ];
        let mut codes = loops.map(code).to_vec();
        let options = |text: &str| text.parse::<TokenStream>().expect("tokens");
        codes.push(under(codes[0], &options("gather = all")));
        codes.push(under(codes[0], &options("gather = master")));
        assert_eq!(codes[0], under(codes[0], &TokenStream::new()));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), loops.len() + 2);
    }

    #[test]
    fn the_number_is_the_same_in_every_version() {
        assert_eq!(code("for x in xs { sum += x; }"), 6_739_187_597_298_652_248);
    }
}
