//! What can be known about the tokens of a macro call in the body of a loop.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Block, Expr, Ident, Lit, Macro, Result, Stmt, Token};

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

/// The variables that string literals among the tokens capture: `{results:?}`.
pub(crate) fn format_captures(tokens: TokenStream) -> Vec<Ident> {
    let given = named_arguments(tokens.clone());
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    let names = captured_names(&text.value());
                    let names = names.into_iter().filter(|name| !given.contains(name));
                    found.extend(names.map(|name| Ident::new(&name, text.span())));
                }
            }
            TokenTree::Group(group) => found.extend(format_captures(group.stream())),
            _ => {}
        }
    }
    found
}

/// `results` in `"{results:?}"`, `"{results}"`, `"{results.x}"`, `"{results[0]}"`; not in
/// `"{{results}}"`.
fn captured_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let ends = after.trim_start().starts_with(['}', ':', '.', '[']);
        if ends && syn::parse_str::<Ident>(name).is_ok() {
            names.push(name.to_owned());
        }
    }
    names
}

/// The names in `name = value`, which a format string means before any variable.
fn named_arguments(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_assigned = matches!(tokens.peek(), Some(TokenTree::Punct(punct))
            if punct.as_char() == '=' && punct.spacing() == proc_macro2::Spacing::Alone);
        if let (TokenTree::Ident(name), true) = (token, is_assigned) {
            names.push(name.to_string());
        }
    }
    names
}
