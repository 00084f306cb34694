//! The tokens of macro calls in the body of a loop, as far as they can be known.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Block, Expr, Ident, Macro, Result, Stmt, Token};

/// Macros whose arguments are expressions, evaluated where they stand.
const KNOWN: [&str; 32] = [
    "anyhow",
    "assert",
    "assert_eq",
    "assert_ne",
    "bail",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "ensure",
    "eprint",
    "eprintln",
    "error",
    "format",
    "format_args",
    "info",
    "log",
    "matches",
    "panic",
    "print",
    "println",
    "todo",
    "trace",
    "try",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// The last segment of the macro's path.
pub(crate) fn name(call: &Macro) -> String {
    let segment = call.path.segments.last();
    segment.map_or_else(String::new, |segment| {
        segment.ident.to_string().replace("r#", "")
    })
}

/// The arguments of a macro that is known to evaluate them as they stand.
pub(crate) fn known_arguments(call: &Macro) -> Option<Vec<Expr>> {
    let is_known = KNOWN.contains(&&*name(call));
    is_known.then(|| expressions.parse2(call.tokens.clone()).ok())?
}

/// The tokens as expressions or statements: a guess, good enough to tell the `break` of a loop
/// that is written out in them from one that leaves it.
pub(crate) fn guessed_statements(call: &Macro) -> Option<Vec<Stmt>> {
    let tokens = || call.tokens.clone();
    let arguments = expressions.parse2(tokens());
    let as_statements =
        |arguments: Vec<Expr>| arguments.into_iter().map(|e| Stmt::Expr(e, None)).collect();
    let statements = arguments.map(as_statements);
    statements
        .or_else(|_| Block::parse_within.parse2(tokens()))
        .ok()
}

/// `a, name = b`, and the `value; length` of `vec!`. The names given to format arguments are no
/// variables and are left out.
fn expressions(input: ParseStream<'_>) -> Result<Vec<Expr>> {
    let mut expressions = Vec::new();
    while !input.is_empty() {
        if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
            input.parse::<Ident>()?;
            input.parse::<Token![=]>()?;
        }
        expressions.push(input.parse()?);
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        } else if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(expressions)
}

/// The identifiers among the tokens that can be variables: not `.field`, not `module::`.
pub(crate) fn variables(tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    let mut after_dots = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let dots_before = std::mem::take(&mut after_dots);
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '.' => after_dots = dots_before + 1,
            TokenTree::Ident(ident) if dots_before != 1 => {
                let is_module = matches!(tokens.peek(), Some(TokenTree::Punct(punct))
                    if punct.as_char() == ':' && punct.spacing() == proc_macro2::Spacing::Joint);
                if !is_module {
                    found.push(ident);
                }
            }
            TokenTree::Group(group) => found.extend(variables(group.stream())),
            _ => {}
        }
    }
    found
}

/// Macros that define statics.
const STATICS: [&str; 2] = ["lazy_static", "thread_local"];

/// The statics that a call defines: `thread_local! { static CACHE: Cell<u64> = .. }`
pub(crate) fn defined_statics(call: &Macro) -> Vec<Ident> {
    let mut defined = Vec::new();
    let mut is_next = false;
    let tokens = call.tokens.clone().into_iter();
    for token in tokens.filter(|_| STATICS.contains(&&*name(call))) {
        match token {
            TokenTree::Ident(word) if word == "static" => is_next = true,
            TokenTree::Ident(word) if word == "ref" => {}
            TokenTree::Ident(word) if is_next => {
                defined.push(word);
                is_next = false;
            }
            _ => is_next = false,
        }
    }
    defined
}
