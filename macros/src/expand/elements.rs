//! `out[i]` in the body: set through the chunk's updates, or replaced by a copy of the element.

use super::paths::{self, Runtime};
use super::reduce::parsed;
use crate::model::{Loop, Output, Place, Role};
use crate::syntax::unconditional::{self, is_element};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Ident, Item, Macro};

/// How an element of an array is written.
pub(crate) struct Element<'plan> {
    output: &'plan Output,
    index: &'plan Ident,
    always: bool,
}

/// The elements that the body of the loop changes by index.
pub(crate) fn elements<'plan>(body: &Block, each: &'plan Loop) -> Vec<Element<'plan>> {
    let by_index = |output: &&Output| matches!(output.role, Role::Elements | Role::Updates);
    let Some(index) = &each.index else {
        return Vec::new();
    };
    let outputs = each.outputs.iter().filter(by_index);
    let element = |output| Element {
        output,
        index,
        always: unconditional::surely(body, &|expression| {
            is_element(expression, &output.place, index)
        }),
    };
    outputs.map(element).collect()
}

impl Element<'_> {
    /// It lies in a window of the array.
    pub(crate) fn has_window(&self) -> bool {
        self.output.window.is_some()
    }

    /// The iteration works on a copy, or in the window.
    pub(crate) fn is_copied(&self) -> bool {
        self.output.role == Role::Updates
    }

    /// Output: `out[i]`
    fn original(&self) -> TokenStream {
        let (root, fields, index) = (
            &self.output.place.root,
            &self.output.place.fields,
            self.index,
        );
        quote_spanned!(root.span()=> #root #(.#fields)* [#index])
    }

    /// `__out__element`
    pub(crate) fn name(&self) -> Ident {
        paths::element(&self.output.place)
    }

    /// Output: `let mut __out__element = copy(&out[i]);`, or `None` for an element that only
    /// some iterations get to, and that the array may not even have for others; in a window
    /// `let __out__element = __out__updates.element(i, copying());`.
    pub(crate) fn copied(&self) -> TokenStream {
        let name = self.name();
        let here = name.span();
        if self.has_window() {
            let runtime = Runtime(self.output.place.root.span());
            let (window, index) = (paths::updates(&self.output.place), self.index);
            return quote_spanned!(runtime.0=> let #name = #window.element(#index, #runtime::copying()););
        }
        if self.always {
            let copy = self.copy();
            quote_spanned!(here=> let mut #name = #copy;)
        } else {
            quote_spanned!(here=> let mut #name = ::core::option::Option::None;)
        }
    }

    fn copy(&self) -> TokenStream {
        let original = self.original();
        // Elements that can't be cloned are refused at the array.
        let runtime = Runtime(self.output.place.root.span());
        quote_spanned!(runtime.0=> #runtime::copy(&#original))
    }

    /// Output: `__out__element`, or what copies it at its first use
    fn used(&self) -> TokenStream {
        let name = self.name();
        if self.has_window() {
            quote_spanned!(name.span()=> (*#name))
        } else if self.always {
            name.into_token_stream()
        } else {
            let copy = self.copy();
            quote_spanned!(name.span()=> (*#name.get_or_insert_with(|| #copy)))
        }
    }

    /// Output: `__out__updates.put(i, __out__element);`, unless that was in a window
    pub(crate) fn put(&self) -> TokenStream {
        if self.has_window() {
            return TokenStream::new();
        }
        let (name, index) = (self.name(), self.index);
        let updates = paths::updates(&self.output.place);
        let here = name.span();
        if self.always {
            return quote_spanned!(here=> #updates.put(#index, #name););
        }
        quote_spanned! {here=>
            if let ::core::option::Option::Some(#name) = #name {
                #updates.put(#index, #name);
            }
        }
    }

    /// Input: `out[i] = e`
    ///
    /// Output: `{ __out__updates.put(i, e); let _ = &out[i]; }`, which panics where the assignment
    /// would, as a window does by itself
    fn set(&self, value: &Expr) -> Expr {
        let (index, original) = (self.index, self.original());
        let updates = paths::updates(&self.output.place);
        if self.has_window() {
            // The place of a panic.
            let here = Runtime(self.output.place.root.span());
            return parsed(quote_spanned!(here.0=> #updates.put(#index, #value)));
        }
        parsed(quote_spanned! {updates.span()=>
            { #updates.put(#index, #value); let _ = &#original; }
        })
    }
}

/// Replaces the elements in the body.
pub(crate) fn rewrite(body: &mut Block, elements: &[Element<'_>]) {
    if !elements.is_empty() {
        Rewrite { elements }.visit_block_mut(body);
    }
}

struct Rewrite<'plan> {
    elements: &'plan [Element<'plan>],
}

impl Rewrite<'_> {
    fn find(&self, expression: &Expr) -> Option<&Element<'_>> {
        let is_found =
            |element: &&Element<'_>| is_element(expression, &element.output.place, element.index);
        self.elements.iter().find(is_found)
    }

    /// The same among the tokens of a macro.
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rewritten = TokenStream::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let found = self.elements.iter().find_map(|element| {
                let length = matched(&tokens[at..], &element.output.place, element.index)?;
                Some((element, length))
            });
            if let Some((element, length)) = found.filter(|_| !is_field(&tokens[..at])) {
                rewritten.extend(element.used());
                at += length;
            } else {
                rewritten.extend([self.token(token)]);
                at += 1;
            }
        }
        rewritten
    }

    fn token(&self, token: &TokenTree) -> TokenTree {
        let TokenTree::Group(group) = token else {
            return token.clone();
        };
        let inner = self.tokens(group.stream());
        let mut rewritten = proc_macro2::Group::new(group.delimiter(), inner);
        rewritten.set_span(group.span());
        rewritten.into()
    }
}

/// How many of the first tokens are `out[i]`.
fn matched(tokens: &[TokenTree], place: &Place, index: &Ident) -> Option<usize> {
    let path = quote_path(place);
    let same = path.iter().zip(tokens).all(|(a, b)| *a == b.to_string());
    let Some(TokenTree::Group(group)) = tokens.get(path.len()).filter(|_| same) else {
        return None;
    };
    let is_index = group.delimiter() == Delimiter::Bracket && *index == group.stream().to_string();
    is_index.then_some(path.len() + 1)
}

/// The tokens of `self.out`.
fn quote_path(place: &Place) -> Vec<String> {
    let (root, fields) = (&place.root, &place.fields);
    let path = quote_spanned!(root.span()=> #root #(.#fields)*);
    path.into_iter().map(|token| token.to_string()).collect()
}

/// What follows is `.out`, not `..out`.
fn is_field(before: &[TokenTree]) -> bool {
    let dots = before
        .iter()
        .rev()
        .take_while(|token| token.to_string() == ".");
    dots.count() == 1
}

impl VisitMut for Rewrite<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        let replaced = match expression {
            Expr::Assign(assignment) => match self.find(&assignment.left) {
                Some(element) => element.set(&assignment.right),
                None => return,
            },
            _ => match self.find(expression).filter(|element| element.is_copied()) {
                Some(element) => Expr::Verbatim(element.used()),
                None => return,
            },
        };
        *expression = replaced;
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        call.tokens = self.tokens(std::mem::take(&mut call.tokens));
    }

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
