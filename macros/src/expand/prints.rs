//! Prints of the function: in code that every rank runs, outside of its distributed loops, evaluated on every rank and
//! written once; in iterations, written where they run. All of them go past what is drawn on the terminal.
//!
//! Invariant: who writes is decided when they run, by what the thread is at.

use super::paths::Runtime;
use crate::syntax::macros;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprAsync, ExprClosure, Ident, Item, ItemMacro, Macro, Path, Token};

const PRINTS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Macros that the function defines hide the standard library's.
#[derive(Default)]
struct Own(Vec<String>);

impl<'ast> Visit<'ast> for Own {
    fn visit_item_macro(&mut self, definition: &'ast ItemMacro) {
        self.0.extend(definition.ident.iter().map(Ident::to_string));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if matches!(item, Item::Macro(_)) {
            visit::visit_item(self, item);
        }
    }
}

/// The prints of a function.
pub(crate) struct Prints {
    own: Own,
    found: bool,
}

impl Prints {
    /// Those of the function with this block.
    pub(crate) fn of(function: &Block) -> Self {
        let mut own = Own::default();
        own.visit_block(function);
        Self { own, found: false }
    }

    /// Gives every print of the block the form that writes on one rank.
    pub(crate) fn once(&mut self, block: &mut Block) {
        self.visit_block_mut(block);
    }

    /// `println`, `std::println`
    fn name(&self, path: &Path) -> Option<String> {
        let is_std = match path.segments.len() {
            1 => path.leading_colon.is_none(),
            2 => path.segments[0].ident == "std",
            _ => false,
        };
        let name = path.segments.last()?.ident.to_string();
        let is_own = path.segments.len() == 1 && self.own.0.contains(&name);
        (is_std && !is_own && PRINTS.contains(&&*name)).then_some(name)
    }

    /// The arguments of a macro that evaluates them as they stand, with the prints among them.
    fn arguments(&mut self, tokens: TokenStream) -> TokenStream {
        let around = std::mem::take(&mut self.found);
        let rewritten = (|input: ParseStream<'_>| self.rewritten(input)).parse2(tokens.clone());
        let found = std::mem::replace(&mut self.found, around);
        self.found |= found;
        // What has no print in it stays as it was written.
        rewritten.ok().filter(|_| found).unwrap_or(tokens)
    }

    /// `a, name = b; c`
    fn rewritten(&mut self, input: ParseStream<'_>) -> syn::Result<TokenStream> {
        let mut rewritten = TokenStream::new();
        while !input.is_empty() {
            if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                input.parse::<Ident>()?.to_tokens(&mut rewritten);
                input.parse::<Token![=]>()?.to_tokens(&mut rewritten);
            }
            let mut argument: Expr = input.parse()?;
            self.visit_expr_mut(&mut argument);
            argument.to_tokens(&mut rewritten);
            if input.peek(Token![;]) {
                input.parse::<Token![;]>()?.to_tokens(&mut rewritten);
            } else if !input.is_empty() {
                input.parse::<Token![,]>()?.to_tokens(&mut rewritten);
            }
        }
        Ok(rewritten)
    }
}

impl VisitMut for Prints {
    // Input:
    //     println!("{x}")
    //
    // Output:
    //     ::parallel_for::__private::println!("{x}")
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let name = self.name(&call.path);
        let is_own = call
            .path
            .get_ident()
            .is_some_and(|name| self.own.0.iter().any(|own| name == own));
        if macros::known_arguments(call).is_some() && !is_own {
            call.tokens = self.arguments(std::mem::take(&mut call.tokens));
        }
        let Some(name) = name else { return };
        self.found = true;
        // `dbg!` says where it stands: where the user's path begins.
        let here = call.path.segments[0].ident.span();
        let (runtime, name) = (Runtime(here), format_ident!("{name}", span = here));
        let path = quote_spanned!(here=> #runtime::#name);
        if let Ok(path) = syn::parse2(path) {
            call.path = path;
        }
    }

    // They may run anywhere, any number of times; nested items are no part of the function.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
