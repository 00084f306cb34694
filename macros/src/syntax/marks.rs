//! The marks of a loop, and its head as messages show it.

use super::shown::shown;
use super::tags::Strip;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, ExprForLoop, Meta};

/// A `#[parallel_for(..)]` inside the function.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) options: TokenStream,
}

impl Mark {
    /// `#[parallel_for]`, `#[parallel_for::parallel_for(gather = all)]`
    pub(crate) fn of(attribute: &Attribute) -> Option<Self> {
        let name = attribute.path().segments.last()?;
        let options = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
        };
        (name.ident == "parallel_for").then(|| Self {
            span: name.ident.span(),
            options,
        })
    }
}

/// `for x in xs.iter()` as the user would write it.
pub(crate) fn head(node: &ExprForLoop) -> String {
    let mut items = node.expr.clone();
    Strip.visit_expr_mut(&mut items);
    let [pattern, items] = [node.pat.to_token_stream(), items.to_token_stream()].map(shown);
    format!("for {pattern} in {items}")
}
