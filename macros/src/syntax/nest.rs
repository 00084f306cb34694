//! Two nested loops as one over pairs, where that is the same.
//!
//! Input:  `for i in rows { for j in columns { .. } }`
//! Output: `for (i, j) in (rows, columns) { .. }`, of which `expand` makes the items.
//!
//! Invariant: all rows have the same items, and nothing happens between them.

use super::steps::by_operator;
use super::{macros, patterns, places, tags};
use crate::model::{NestMistake, Place, Uneven};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprAsync, ExprBreak, ExprClosure, ExprContinue, ExprForLoop, ExprLoop, ExprTuple,
    ExprWhile, Item, Label, Lifetime, Macro, Pat, PatIdent, PatTuple, Stmt, Token,
};

/// The one loop. `changed` is what the body changes.
///
/// # Errors
/// Why it would not be the same.
pub(crate) fn collapsed(node: &ExprForLoop, changed: &[Place]) -> Result<ExprForLoop, NestMistake> {
    let inner = inner(&node.body).ok_or_else(|| mistake(node.body.span(), Uneven::NotNested))?;
    check(node, inner, changed)?;
    let comma = Token![,](inner.span());
    let pair = [(*node.pat).clone(), (*inner.pat).clone()];
    let heads = [(*node.expr).clone(), (*inner.expr).clone()];
    let mut collapsed = node.clone();
    *collapsed.pat = Pat::Tuple(PatTuple {
        attrs: Vec::new(),
        paren_token: syn::token::Paren(node.pat.span()),
        elems: pairs(pair, comma),
    });
    *collapsed.expr = Expr::Tuple(ExprTuple {
        attrs: Vec::new(),
        paren_token: syn::token::Paren(node.expr.span()),
        elems: pairs(heads, comma),
    });
    collapsed.body = inner.body.clone();
    Ok(collapsed)
}

/// The heads of a loop that was collapsed.
pub(crate) fn heads(items: &Expr) -> Option<(&Expr, &Expr)> {
    match items {
        Expr::Tuple(pair) if pair.elems.len() == 2 => Some((&pair.elems[0], &pair.elems[1])),
        _ => None,
    }
}

fn pairs<T>([first, second]: [T; 2], comma: Token![,]) -> Punctuated<T, Token![,]> {
    let mut pairs = Punctuated::new();
    pairs.push_value(first);
    pairs.push_punct(comma);
    pairs.push_value(second);
    pairs
}

fn inner(body: &Block) -> Option<&ExprForLoop> {
    match &body.stmts[..] {
        [Stmt::Expr(Expr::ForLoop(inner), _)] => Some(inner),
        _ => None,
    }
}

fn check(node: &ExprForLoop, inner: &ExprForLoop, changed: &[Place]) -> Result<(), NestMistake> {
    let mut attributes = inner.attrs.iter();
    if let Some(other) = attributes.find(|attribute| !tags::is_tag(attribute)) {
        return Err(mistake(other.span(), Uneven::Decorated));
    }
    if let Some(label) = &inner.label {
        return Err(mistake(label.span(), Uneven::Decorated));
    }
    if let Some(mutable) = mutable(&node.pat) {
        return Err(mistake(mutable, Uneven::Mutable));
    }
    let outer: Vec<Ident> = patterns::idents(&node.pat).collect();
    for name in patterns::idents(&inner.pat) {
        if outer.contains(&name) {
            return Err(mistake(name.span(), Uneven::SameName(name.to_string())));
        }
    }
    let mut read = Vec::new();
    let computed = computed(&inner.expr, &mut read);
    for (place, span) in read {
        if outer.contains(&place.root) {
            return Err(mistake(span, Uneven::Depends(place.root.to_string())));
        }
        if changed.iter().any(|changed| changed.overlaps(&place)) {
            return Err(mistake(span, Uneven::Changed(place.to_string())));
        }
    }
    if let Some(span) = computed {
        return Err(mistake(span, Uneven::Computed));
    }
    let mut jumps = Jumps {
        outer: node.label.as_ref(),
        loops: 0,
        found: None,
    };
    jumps.visit_block(&inner.body);
    jumps.found.map_or(Ok(()), Err)
}

fn mistake(span: Span, why: Uneven) -> NestMistake {
    NestMistake { span, why }
}

/// Where a pattern binds a name that can be changed.
fn mutable(pattern: &Pat) -> Option<Span> {
    struct Mutable(Option<Span>);

    impl<'ast> Visit<'ast> for Mutable {
        fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
            let mutable = name.mutability.map(|mutability| mutability.span);
            self.0 = self.0.or(mutable);
            visit::visit_pat_ident(self, name);
        }
    }

    let mut mutable = Mutable(None);
    mutable.visit_pat(pattern);
    mutable.0
}

/// Methods of ranges, slices, tables and numbers that change nothing.
const METHODS: [&str; 19] = [
    "as_bytes",
    "as_slice",
    "chunks",
    "chunks_exact",
    "copied",
    "enumerate",
    "height",
    "iter",
    "len",
    "max",
    "min",
    "ncols",
    "nrows",
    "pow",
    "rev",
    "step_by",
    "width",
    "windows",
    "zip",
];

/// What may do more than tell where items are; what it is told by goes into `read`.
fn computed(head: &Expr, read: &mut Vec<(Place, Span)>) -> Option<Span> {
    if let Some(place) = places::whole(head) {
        read.push((place, head.span()));
        return None;
    }
    let parts: Vec<&Expr> = match head {
        Expr::Lit(_) | Expr::Path(_) => Vec::new(),
        Expr::Paren(inner) => vec![&inner.expr],
        Expr::Group(inner) => vec![&inner.expr],
        Expr::Field(field) => vec![&field.base],
        Expr::Index(index) => vec![&index.expr, &index.index],
        Expr::Unary(unary) => vec![&unary.expr],
        Expr::Cast(cast) => vec![&cast.expr],
        Expr::Reference(borrow) if borrow.mutability.is_none() => vec![&borrow.expr],
        Expr::Range(range) => [&range.start, &range.end]
            .into_iter()
            .flatten()
            .map(|end| &**end)
            .collect(),
        Expr::Binary(operation) if by_operator(&operation.op).is_none() => {
            vec![&operation.left, &operation.right]
        }
        Expr::MethodCall(call) if METHODS.iter().any(|name| call.method == name) => {
            let arguments = call.args.iter();
            std::iter::once(&*call.receiver).chain(arguments).collect()
        }
        other => {
            // For what is found out about it all the same.
            let names = macros::variables(other.to_token_stream()).into_iter();
            read.extend(names.map(|root| {
                let (span, fields) = (root.span(), Vec::new());
                (Place { root, fields }, span)
            }));
            return Some(other.span());
        }
    };
    let found = parts.into_iter().map(|part| computed(part, read));
    found.fold(None, Option::or)
}

/// Finds jumps that mean the inner loop, or the next item of the outer one.
struct Jumps<'ast> {
    outer: Option<&'ast Label>,
    loops: usize,
    found: Option<NestMistake>,
}

impl Jumps<'_> {
    fn found(&mut self, span: Span, keyword: &'static str) {
        let found = mistake(span, Uneven::Jump(keyword));
        self.found.get_or_insert(found);
    }

    fn is_outer(&self, label: &Lifetime) -> bool {
        self.outer.is_some_and(|outer| outer.name == *label)
    }

    fn in_tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.in_tokens(group.stream()),
                TokenTree::Ident(name) if name == "break" => self.found(name.span(), "break"),
                TokenTree::Ident(name) if name == "continue" && self.outer.is_some() => {
                    self.found(name.span(), "continue");
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Jumps<'ast> {
    fn visit_expr_break(&mut self, node: &'ast ExprBreak) {
        if node.label.is_none() && self.loops == 0 {
            self.found(node.span(), "break");
        }
        visit::visit_expr_break(self, node);
    }

    fn visit_expr_continue(&mut self, node: &'ast ExprContinue) {
        if node
            .label
            .as_ref()
            .is_some_and(|label| self.is_outer(label))
        {
            self.found(node.span(), "continue");
        }
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.visit_expr(&node.expr);
        self.loops += 1;
        self.visit_block(&node.body);
        self.loops -= 1;
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        self.loops += 1;
        visit::visit_expr_while(self, node);
        self.loops -= 1;
    }

    fn visit_expr_loop(&mut self, node: &'ast ExprLoop) {
        self.loops += 1;
        visit::visit_expr_loop(self, node);
        self.loops -= 1;
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.in_tokens(call.tokens.clone());
    }

    // They keep theirs.
    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}
