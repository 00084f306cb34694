//! The function as it was written, without our marks and tags: under errors, and for the sequential
//! build.

use crate::syntax::marks::Mark;
use crate::syntax::spelling;
use crate::syntax::tags::Strip;
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Error, ExprMethodCall, Ident, Item, ItemFn};

/// The function stays, so that nothing that uses it breaks as well. Where it is there under a
/// condition only, so are the errors.
pub(crate) fn with_errors(
    mut function: ItemFn,
    error: Error,
    condition: Option<&TokenStream>,
) -> TokenStream {
    Misspelt(&error).visit_block_mut(&mut function.block);
    let function = as_written(function);
    let condition = condition.map(|condition| quote!(#[cfg(#condition)]));
    let errors = error.into_iter().map(|error| compile_errors(&error));
    quote!(#function #(#condition #errors)*)
}

/// Methods that an error is about and that are nearly spelt like appends: as these, so that the compiler
/// doesn't miss them a second time.
struct Misspelt<'error>(&'error Error);

impl VisitMut for Misspelt<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let span = call.method.span();
        let is_here = |error: Error| {
            let (one, other) = (error.span(), span);
            (one.start(), one.end()) == (other.start(), other.end())
        };
        if let Some(append) = spelling::meant(&call.method.to_string())
            && self.0.clone().into_iter().any(is_here)
        {
            call.method = Ident::new(append, span);
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

/// Output: `compile_error! { ".." }`
pub(crate) fn compile_errors(error: &Error) -> TokenStream {
    // Without `::core`, which syn puts before it: in edition 2015 that is a user's module.
    let is_path = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ':',
        TokenTree::Ident(ident) => ident == "core",
        _ => false,
    };
    let tokens = error.to_compile_error().into_iter();
    tokens.filter(|token| !is_path(token)).collect()
}

pub(crate) fn as_written(mut function: ItemFn) -> TokenStream {
    strip_marks(&mut function);
    Strip.visit_block_mut(&mut function.block);
    quote!(#function)
}

/// Input: `#[parallel_for] for x in xs { .. }`
///
/// Output: `for x in xs { .. }`
pub(crate) fn strip_marks(function: &mut ItemFn) {
    struct Marks;

    impl VisitMut for Marks {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
            attributes.retain(|attribute| Mark::of(attribute).is_none());
        }

        // On a nested function it is an attribute of its own.
        fn visit_item_mut(&mut self, _: &mut Item) {}
    }

    Marks.visit_block_mut(&mut function.block);
}
