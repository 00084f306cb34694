//! The variables that format strings capture: `{results:?}`.
//!
//! Invariant: a text counts only where a macro may format it, as the text of `println!` and not as an
//! argument of `template.replace("{name}", name)`.

use super::macros;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Ident, Lit, Macro};

/// What the format string of the call captures; of a macro that isn't known, all texts that it is
/// given.
pub(crate) fn of_call(call: &Macro) -> Vec<Ident> {
    of_macro(&macros::name(call), &call.tokens)
}

/// The same of all macro calls among the tokens.
pub(crate) fn captures(tokens: TokenStream) -> Vec<Ident> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        if let Some([TokenTree::Ident(name), TokenTree::Punct(bang)]) = before(&tokens, at)
            && bang.as_char() == '!'
        {
            found.extend(of_macro(&name.to_string(), &group.stream()));
        }
        found.extend(captures(group.stream()));
    }
    found
}

/// The variables that the tokens mention: by their names, and as captures.
pub(crate) fn mentioned(tokens: &TokenStream) -> Vec<Ident> {
    let mut mentioned = macros::variables(tokens.clone());
    mentioned.extend(captures(tokens.clone()));
    mentioned
}

/// The two tokens before this one.
fn before(tokens: &[TokenTree], at: usize) -> Option<&[TokenTree; 2]> {
    tokens[..at].last_chunk()
}

fn of_macro(name: &str, tokens: &TokenStream) -> Vec<Ident> {
    let texts = texts(tokens.clone());
    // The place of the format string among the arguments, or the first one that it can have.
    let (first, only_one) = match name {
        "concat" | "dbg" | "matches" | "try" | "vec" => return Vec::new(),
        "anyhow" | "bail" | "eprint" | "eprintln" | "format" | "format_args" | "panic"
        | "print" | "println" | "todo" | "unimplemented" | "unreachable" => (0, true),
        "assert" | "debug_assert" | "ensure" | "write" | "writeln" => (1, true),
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => (2, true),
        _ => (0, false),
    };
    let given = named_arguments(tokens.clone());
    // Commas in the arguments before it, of generics, only make it a later one.
    let is_place = |at: usize| {
        if only_one && first == 0 {
            at == 0
        } else {
            at >= first
        }
    };
    let mut formats = texts.into_iter().filter(|(at, _)| is_place(*at));
    let count = if only_one { 1 } else { usize::MAX };
    let names = |(_, text): (usize, syn::LitStr)| {
        let names = captured_names(&text.value()).into_iter();
        let names = names.filter(|name| !given.contains(name));
        names
            .map(|name| Ident::new(&name, text.span()))
            .collect::<Vec<_>>()
    };
    formats.by_ref().take(count).flat_map(names).collect()
}

/// The arguments that are texts, with their places.
fn texts(tokens: TokenStream) -> Vec<(usize, syn::LitStr)> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let arguments = tokens.split(is_comma).enumerate();
    let text = |(at, argument): (usize, &[TokenTree])| match argument {
        // Also the last of `target: "x"` or of the tokens of a macro with a syntax of its own.
        [.., TokenTree::Literal(literal)] => match Lit::new(literal.clone()) {
            Lit::Str(text) => Some((at, text)),
            _ => None,
        },
        _ => None,
    };
    arguments.filter_map(text).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_count_where_a_macro_may_format_them() {
        for (code, expected) in [
            ("println!(\"{sum}\")", 1),
            ("println!(\"{{sum}} {} {x}\", sum, x = 3)", 0),
            ("assert_eq!(*x, id::<u64, u64>(3), \"{sum}\")", 1),
            ("assert!(text.contains(\"{sum}\"))", 0),
            ("format!(\"{}\", template.replace(\"{sum}\", \"{x}\"))", 0),
            ("own!({ x => println!(\"{sum}\") })", 1),
            ("tell!(level = 3; \"{sum}\")", 1),
            ("info!(target: \"{x}\", \"{sum}\")", 2),
            ("template.replace(\"{sum}\", text)", 0),
        ] {
            let tokens: TokenStream = code.parse().expect("tokens");
            assert_eq!(captures(tokens).len(), expected, "{code}");
        }
    }
}
