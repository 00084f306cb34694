//! Uses of captured variables that may change them: the chunk makes them through a reader that has
//! no mutable side, so that the types say, at the use, whether it is needed.
//!
//! Invariant: where it is not, the same method is called on the same place.

use super::paths::Runtime;
use crate::model::{Doubt, DoubtKind, Doubtful, Loop};
use crate::syntax::steps::is_assignment;
use crate::syntax::{macros, patterns, places};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use std::slice;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Local, Macro, Pat};

/// Output: `let __read_0 = entry(&counts, 0);`, of the first use of each
pub(crate) fn readers(each: &Loop) -> TokenStream {
    let silent = Span::mixed_site();
    let reader = |(number, doubt): (usize, &Doubt)| {
        let (root, fields) = (&doubt.place.root, &doubt.place.fields);
        let here = root.span();
        let (name, kind, runtime) = (reader(number), kind(doubt.kind, here), Runtime(here));
        let made = quote_spanned!(here=> #runtime::#kind(&#root #(.#fields)*, 0));
        quote_spanned!(silent=> #[allow(unused_variables)] let #name = #made;)
    };
    each.doubts.iter().enumerate().map(reader).collect()
}

fn reader(number: usize) -> Ident {
    Ident::new(&format!("__read_{number}"), Span::mixed_site())
}

fn kind(kind: DoubtKind, span: Span) -> Ident {
    let name = match kind {
        DoubtKind::Entry => "reads_entries",
        DoubtKind::Elements => "reads_elements",
        DoubtKind::Advance => "reads_in_place",
        DoubtKind::Draw => "draws_nothing",
        DoubtKind::Write => "writes_nothing",
        DoubtKind::AppendValue => "appends_nothing",
        DoubtKind::Change => "changes_nothing",
        DoubtKind::Lend => "lends_nothing",
    };
    Ident::new(name, span)
}

/// Input: `*counts.entry(x).or_insert(0) += 1;`
///
/// Output: `*(*__read_0).entry(x).or_insert(0) += 1;`
pub(crate) fn rewrite(body: &mut Block, each: &Loop) {
    if !each.doubts.is_empty() {
        let mut changed = Changed::default();
        changed.visit_block(body);
        let changed = changed.0;
        Doubts {
            doubts: &each.doubts,
            changed,
        }
        .visit_block_mut(body);
    }
}

struct Doubts<'plan> {
    doubts: &'plan [Doubt],
    /// The names whose values the body assigns, or lends by `&mut`.
    changed: Vec<Ident>,
}

#[derive(Default)]
struct Changed(Vec<Ident>);

impl Changed {
    /// `n` of `*n`, `n.count`, `n[0]`
    fn change(&mut self, place: &Expr) {
        match place {
            Expr::Path(path) => self.0.extend(path.path.get_ident().cloned()),
            Expr::Unary(inner) => self.change(&inner.expr),
            Expr::Field(inner) => self.change(&inner.base),
            Expr::Index(inner) => self.change(&inner.expr),
            Expr::Paren(inner) => self.change(&inner.expr),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Changed {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Assign(assignment) => self.change(&assignment.left),
            Expr::Binary(operation) if is_assignment(&operation.op) => {
                self.change(&operation.left);
            }
            Expr::Reference(borrow) if borrow.mutability.is_some() => self.change(&borrow.expr),
            _ => {}
        }
        visit::visit_expr(self, expression);
    }
}

/// Whether a pattern takes its value apart, by reference, and doesn't take the whole of it.
fn takes_apart(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(name) => {
            let is_constant = name.ident.to_string().starts_with(char::is_uppercase);
            is_constant && name.subpat.is_none()
        }
        Pat::Or(cases) => cases.cases.iter().all(takes_apart),
        Pat::Paren(inner) => takes_apart(&inner.pat),
        Pat::Guard(guarded) => takes_apart(&guarded.pat),
        Pat::Reference(_) | Pat::Type(_) | Pat::Macro(_) | Pat::Verbatim(_) => false,
        _ => true,
    }
}

impl Doubts<'_> {
    /// Output: `(*__read_0)`
    fn read(&self, receiver: &Expr, usage: &Doubtful) -> Option<Expr> {
        let place = places::whole(receiver)?;
        let is_it = |doubt: &Doubt| doubt.place == place && doubt.usage == *usage;
        let name = reader(self.doubts.iter().position(is_it)?);
        Some(Expr::Verbatim(read(&name, place.root.span())))
    }

    /// The same among the tokens of a macro: `x.y.method(..)`
    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rewritten = TokenStream::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let is_start = at == 0 || tokens[at - 1].to_string() != ".";
            let found = is_start.then(|| self.matched(&tokens[at..])).flatten();
            if let Some((number, length)) = found {
                rewritten.extend(read(&reader(number), token.span()));
                at += length;
                continue;
            }
            rewritten.extend([match token {
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.tokens(group.stream()));
                    inner.set_span(group.span());
                    inner.into()
                }
                token => token.clone(),
            }]);
            at += 1;
        }
        rewritten
    }

    /// Which doubt the first tokens are of, and how many of them are the place.
    fn matched(&self, tokens: &[TokenTree]) -> Option<(usize, usize)> {
        self.doubts.iter().enumerate().find_map(|(number, doubt)| {
            let Doubtful::Receiver(method) = &doubt.usage else {
                return None;
            };
            let (root, fields) = (&doubt.place.root, &doubt.place.fields);
            let place = quote_spanned!(root.span()=> #root #(.#fields)*);
            let place: Vec<String> = place.into_iter().map(|token| token.to_string()).collect();
            let call = place.iter().map(String::as_str).chain([".", method]);
            let mut pairs = call.zip(tokens);
            let same = tokens.len() > place.len() + 2 && pairs.all(|(a, b)| *a == b.to_string());
            same.then_some((number, place.len()))
        })
    }
}

fn read(reader: &Ident, here: Span) -> TokenStream {
    // Of the place in the user's code, but not as if the user had written it.
    let here = Span::mixed_site().located_at(here);
    let mut reader = reader.clone();
    reader.set_span(here);
    quote_spanned!(here=> (*#reader))
}

impl VisitMut for Doubts<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        match expression {
            Expr::Match(node) => {
                let patterns: Vec<Pat> = node.arms.iter().map(|arm| arm.pat.clone()).collect();
                self.matched_value(&mut node.expr, &patterns);
            }
            Expr::Let(node) => self.matched_value(&mut node.expr, slice::from_ref(&node.pat)),
            Expr::MethodCall(call) => {
                let usage = Doubtful::Receiver(call.method.to_string());
                if let Some(read) = self.read(&call.receiver, &usage) {
                    *call.receiver = read;
                }
                self.arguments(call.args.iter_mut());
            }
            Expr::Call(call) => self.arguments(call.args.iter_mut()),
            _ => {}
        }
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        if let Some(init) = &mut local.init {
            self.matched_value(&mut init.expr, slice::from_ref(&local.pat));
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        if macros::known_arguments(call).is_some() {
            call.tokens = self.tokens(std::mem::take(&mut call.tokens));
        }
    }

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Doubts<'_> {
    /// Input: `match state { Some(n) => .. }`, where `state` is a `&mut` that the function was given
    ///
    /// Output: `match &*state { .. }`, or `match &mut *(*__read_0) { .. }` where a name of the pattern is changed
    fn matched_value(&self, value: &mut Expr, patterns: &[Pat]) {
        if !matches!(value, Expr::Path(_)) || !patterns.iter().all(takes_apart) {
            return;
        }
        let Some(read) = self.read(value, &Doubtful::Argument) else {
            return;
        };
        let (here, mut names) = (value.span(), patterns.iter().flat_map(patterns::names));
        *value = Expr::Verbatim(if names.any(|name| self.changed.contains(&name.ident)) {
            quote_spanned!(here=> &mut *#read)
        } else {
            quote_spanned!(here=> &*#value)
        });
    }

    fn arguments<'ast>(&self, arguments: impl Iterator<Item = &'ast mut Expr>) {
        for argument in arguments {
            if matches!(argument, Expr::Path(_))
                && let Some(read) = self.read(argument, &Doubtful::Argument)
            {
                *argument = read;
            }
        }
    }
}
