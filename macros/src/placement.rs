//! The item under the attribute: a function with a body, or an error.

use crate::diagnostics::placement as messages;
use crate::expand::fallback::compile_errors;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned as _;
use syn::{Error, Expr, Item, ItemFn, Stmt, TraitItemFn, parse2};

/// The function, or what to emit instead: the item unchanged, with the error.
pub(crate) fn parse(item: &TokenStream) -> Result<ItemFn, TokenStream> {
    parse2::<ItemFn>(item.clone()).map_err(|syntax| {
        let error = compile_errors(&refusal(item).unwrap_or(syntax));
        // Where an expression is expected, there is room for one only.
        let expression = parse2::<Expr>(item.clone());
        expression.map_or_else(|_| quote!(#error #item), |node| quote!({ #error #node }))
    })
}

fn refusal(item: &TokenStream) -> Option<Error> {
    if let Ok(method) = parse2::<TraitItemFn>(item.clone()) {
        return Some(messages::no_body(method.sig.ident.span()));
    }
    let statement = syn::parse::Parser::parse2(syn::Block::parse_within, item.clone()).ok()?;
    match statement.first()? {
        Stmt::Item(item) => Some(match item {
            Item::Struct(item) => messages::not_a_function(item.ident.span(), "a struct"),
            Item::Enum(item) => messages::not_a_function(item.ident.span(), "an enum"),
            Item::Trait(item) => messages::not_a_function(item.ident.span(), "a trait"),
            Item::Mod(item) => messages::not_a_function(item.ident.span(), "a module"),
            Item::Impl(item) => messages::not_a_function(item.impl_token.span, "an `impl`"),
            // A syntax error in a function is better explained by the parser.
            Item::Fn(_) | Item::Verbatim(_) => return None,
            item => messages::not_a_function(item.span(), "this item"),
        }),
        Stmt::Expr(Expr::ForLoop(node), _) => Some(messages::on_the_loop(node.for_token.span)),
        Stmt::Expr(Expr::Closure(node), _) => Some(messages::not_a_function(
            node.inputs_begin.span,
            "a closure",
        )),
        Stmt::Local(local) => Some(messages::not_a_function(local.let_token.span, "a `let`")),
        Stmt::Expr(node, _) => Some(messages::not_a_function(node.span(), "an expression")),
        Stmt::Macro(node) => Some(messages::not_a_function(node.span(), "a macro call")),
    }
}
