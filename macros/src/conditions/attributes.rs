//! The attributes of a statement, and the conditions of `#[cfg(..)]` and `#[cfg_attr(..)]`.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, Meta, Stmt, Token, parse_quote};

/// `stats` of `#[cfg(stats)]` and `#[cfg(not(stats))]`: equal if the condition is the same.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) condition: TokenStream,
    negated: bool,
    /// The attributes that a `cfg_attr` gives where it is met.
    pub(super) given: Option<Vec<Attribute>>,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.condition.to_string() == other.condition.to_string()
    }
}

impl Asked {
    /// A `cfg_attr` counts where it gives a mark of ours, or another `cfg`.
    pub(super) fn of(attribute: &Attribute) -> Option<Self> {
        let Meta::List(list) = &attribute.meta else {
            return None;
        };
        if list.path.is_ident("cfg") {
            return Some(parse(list.tokens.clone(), None));
        }
        if !list.path.is_ident("cfg_attr") {
            return None;
        }
        let split = |input: ParseStream<'_>| {
            let condition = input.parse::<Meta>()?;
            input.parse::<Token![,]>()?;
            let given = Punctuated::<Meta, Token![,]>::parse_terminated(input)?;
            Ok((condition, given))
        };
        let (condition, given) = split.parse2(list.tokens.clone()).ok()?;
        let counts = |meta: &Meta| {
            let name = meta
                .path()
                .segments
                .last()
                .map(|name| name.ident.to_string());
            matches!(name.as_deref(), Some("parallel_for" | "cfg" | "cfg_attr"))
        };
        if !given.iter().any(counts) {
            return None;
        }
        let given = given.iter().map(|meta| parse_quote!(#[#meta]));
        Some(parse(condition.to_token_stream(), Some(given.collect())))
    }

    pub(super) fn is_met(&self, is_true: bool) -> bool {
        is_true != self.negated
    }

    pub(super) fn span(&self) -> Span {
        self.condition.span()
    }
}

fn parse(condition: TokenStream, given: Option<Vec<Attribute>>) -> Asked {
    // `true` and `false` are conditions as well.
    let negated = match syn::parse2::<Meta>(condition.clone()) {
        Ok(Meta::List(list)) if list.path.is_ident("not") => Some(list.tokens),
        _ => None,
    };
    Asked {
        negated: negated.is_some(),
        condition: negated.unwrap_or(condition),
        given,
    }
}

/// A copy of the statement's own attributes.
pub(super) fn own(statement: &mut Stmt) -> Vec<Attribute> {
    attributes(statement, |attributes| attributes.clone())
}

/// The statement's own attributes; syn keeps those of `x += e` with the `x`. Those of items are the
/// compiler's affair.
pub(super) fn attributes<T>(
    statement: &mut Stmt,
    with: impl FnOnce(&mut Vec<Attribute>) -> T,
) -> T {
    match statement {
        Stmt::Local(local) => with(&mut local.attrs),
        Stmt::Macro(call) => with(&mut call.attrs),
        Stmt::Item(_) => with(&mut Vec::new()),
        Stmt::Expr(expression, _) => of_expression(expression, with),
    }
}

fn of_expression<T>(mut expression: &mut Expr, with: impl FnOnce(&mut Vec<Attribute>) -> T) -> T {
    loop {
        expression = match expression {
            Expr::Assign(node) => &mut node.left,
            Expr::Binary(node) => &mut node.left,
            Expr::Cast(node) => &mut node.expr,
            _ => break,
        };
    }
    let mut first = First {
        with: Some(with),
        made: None,
    };
    first.visit_expr_mut(expression);
    match (first.made, first.with) {
        (Some(made), _) => made,
        (None, Some(with)) => with(&mut Vec::new()),
        (None, None) => unreachable!("what was called has made something"),
    }
}

/// The attributes that syn visits first are those of the expression itself.
struct First<T, With> {
    with: Option<With>,
    made: Option<T>,
}

impl<T, With: FnOnce(&mut Vec<Attribute>) -> T> VisitMut for First<T, With> {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        if let Some(with) = self.with.take() {
            self.made = Some(with(attributes));
        }
    }
}
