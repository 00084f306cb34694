//! The values of `return` in the closure that runs a chunk. They are never computed there, but they
//! keep their types: the type of `n` in `let n = 1; .. return Some(n);` may come from nowhere else,
//! and both copies of the loop have to agree on it.

use super::ends::takes_block;
use super::paths::{self, Runtime};
use crate::model::End;
use crate::syntax::{ends, tags};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, GenericArgument, PathArguments, ReturnType, Type, parse_quote};

/// The return type of the function, and the captured variables in the values.
#[derive(Debug)]
pub(crate) struct Returned<'plan> {
    output: &'plan ReturnType,
    ends: &'plan [End],
}

impl<'plan> Returned<'plan> {
    pub(crate) fn new(output: &'plan ReturnType, ends: &'plan [End]) -> Self {
        Self { output, ends }
    }

    /// Whether a block runs where its end is evaluated.
    pub(crate) fn takes_block(&self, end: &Expr) -> bool {
        takes_block(self.ends, end)
    }

    fn find(&self, end: &Expr) -> Option<&'plan End> {
        let id = tags::end_id(end);
        self.ends.iter().find(|of| Some(of.id) == id)
    }

    /// The types of the captured variables, to be noted before the loop, where another may have
    /// borrowed them: behind an endless loop nothing is borrowed.
    ///
    /// Output: `let __path__typed = typed_like(); if false { loop {} __path__typed.like(&path); }`
    pub(crate) fn types(&self) -> TokenStream {
        let mut seen: Vec<&Ident> = Vec::new();
        for name in self.ends.iter().flat_map(|of| &of.captured) {
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        let runtime = Runtime::hidden();
        if seen.is_empty() {
            return TokenStream::new();
        }
        let types: Vec<Ident> = seen.iter().map(|name| paths::typed(name)).collect();
        quote_spanned! {runtime.0=>
            #(let #types = #runtime::typed_like();)*
            #[allow(unreachable_code, clippy::all, clippy::pedantic, reason = "for the types alone")]
            if false {
                loop {}
                #(#types.like(&#seen);)*
            }
        }
    }

    /// Behind a `break`, and behind an endless loop in a closure that nobody calls: nothing of it
    /// runs, nothing is captured but types, and only the types are checked.
    ///
    /// Input:
    ///     return Err(path)
    ///
    /// Output:
    ///     let _ = || -> Result<(), Error> {
    ///         loop {}
    ///         ..
    ///         return Err(path);
    ///     };
    pub(crate) fn typed(&self, end: &Expr, mut whole: TokenStream) -> TokenStream {
        let captured = self.find(end).map_or(&[][..], |of| &of.captured);
        let (own, variables): (Vec<&Ident>, Vec<_>) = captured.iter().partition(|n| *n == "self");
        let types = variables.iter().map(|name| paths::typed(name));
        let hidden = Span::mixed_site();
        // A closure can't have a `self` of its own.
        let own = own.first().map(|own| {
            let (name, its_type) = (Ident::new("__self", hidden), paths::typed(own));
            whole = renamed(std::mem::take(&mut whole), &name);
            quote_spanned!(hidden=> let mut #name = #its_type.value();)
        });
        // An `Err` doesn't say what stands for the `impl Trait`, which is any type then.
        let (fails, jumps) = match end {
            Expr::Return(end) => (end.expr.as_deref().is_some_and(ends::is_failure), false),
            _ => (true, true),
        };
        let unsaid = if fails {
            Unsaid::Value
        } else {
            Unsaid::Nothing
        };
        let output = without_impl(self.output, unsaid);
        let end = jumps.then(|| quote_spanned!(hidden=> loop {}));
        quote_spanned! {hidden=>
            let _ = || -> #output {
                loop {}
                #own
                #(let mut #variables = #types.value();)*
                #whole;
                #end
            };
        }
    }
}

/// `self.path` as `__self.path`
fn renamed(tokens: TokenStream, name: &Ident) -> TokenStream {
    let rename = |token| match token {
        TokenTree::Ident(word) if word == "self" => TokenTree::Ident(name.clone()),
        TokenTree::Group(group) => {
            let mut inside = Group::new(group.delimiter(), renamed(group.stream(), name));
            inside.set_span(group.span());
            TokenTree::Group(inside)
        }
        token => token,
    };
    tokens.into_iter().map(rename).collect()
}

/// Which parts of a return type some code says nothing about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsaid {
    /// Code that only fails: `Err(e)` and `?` don't say what stands for the value.
    Value,
    Nothing,
}

/// `Result<impl Iterator, impl Display>` as `Result<_, _>`, or as `Result<(), _>` where the value is
/// not said, and any type will do.
pub(crate) fn without_impl(output: &ReturnType, unsaid: Unsaid) -> Type {
    let mut output = match output {
        ReturnType::Type(_, ty) => Type::clone(ty),
        ReturnType::Default => parse_quote!(()),
    };
    if unsaid == Unsaid::Value
        && let Some(value) = first_argument(&mut output)
    {
        Replace(parse_quote!(())).visit_type_mut(value);
    }
    Replace(parse_quote!(_)).visit_type_mut(&mut output);
    output
}

struct Replace(Type);

impl VisitMut for Replace {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::ImplTrait(_) => *ty = self.0.clone(),
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }
}

/// `T` of `Result<T, E>` and `Option<T>`
fn first_argument(ty: &mut Type) -> Option<&mut Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &mut path.path.segments.last_mut()?.arguments
    else {
        return None;
    };
    arguments
        .args
        .iter_mut()
        .find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
}
