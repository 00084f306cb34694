//! The items of the body of a loop that can be left: a `static` that would be two in two copies of
//! the body, a `struct` whose values would be of two types.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{ExprForLoop, Ident, Item, ReturnType, Stmt};

/// Macros that make items.
const ITEMS: [&str; 2] = ["lazy_static", "thread_local"];

/// Takes the items of the body's own block out of it, to stand once in front of both copies.
///
/// They stay where something might find another one of their name there, or come to lie before the
/// definition of a macro that they use.
pub(crate) fn taken(node: &mut ExprForLoop, output: &ReturnType) -> Vec<Stmt> {
    let statements = &mut node.body.stmts;
    let is_hidden = |statement: &Stmt| match statement {
        Stmt::Item(Item::Macro(_)) => true,
        Stmt::Item(item) => name(item).is_some_and(|name| mentions(output.to_token_stream(), name)),
        _ => false,
    };
    if statements.iter().any(is_hidden) {
        return Vec::new();
    }
    statements
        .extract_if(.., |statement| is_item(statement))
        .collect()
}

fn is_item(statement: &Stmt) -> bool {
    match statement {
        Stmt::Item(_) => true,
        Stmt::Macro(call) => {
            let name = call.mac.path.segments.last();
            name.is_some_and(|name| ITEMS.iter().any(|item| name.ident == item))
        }
        _ => false,
    }
}

/// The name that a type may have.
fn name(item: &Item) -> Option<&Ident> {
    Some(match item {
        Item::Enum(item) => &item.ident,
        Item::Mod(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    })
}

fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}
