//! `#[cfg(..)]` in, on and around the loops of a function: one variant of the function for each state of
//! the conditions, of which the compiler keeps one. Each is analyzed and expanded as if the code that is
//! not there had never been written.
//!
//! Invariant: a `#[cfg]` that is not seen here, as on a parameter, stays and is true to its copy.

mod attributes;

use crate::diagnostics::placement;
use attributes::{Asked, attributes, own};
use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Block, Error, ExprForLoop, ExprMatch, ExprStruct, Item, ItemFn, Stmt, parse_quote};

/// So many conditions make eight copies.
const MOST: usize = 3;

/// The function in one state of its conditions.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// `all(stats, not(fast))`; nothing where there are no conditions.
    pub(crate) condition: Option<TokenStream>,
    pub(crate) function: ItemFn,
    /// The number of the statement of the function's own block before which the last loop stood that
    /// is not there in this state.
    pub(crate) gone_before: Option<usize>,
}

// Input:
//     fn f() { for x in xs { #[cfg(stats)] stats.push(x); out.push(x); } }
//
// Output:
//     #[cfg(stats)] fn f() { for x in xs { stats.push(x); out.push(x); } }
//     #[cfg(not(stats))] fn f() { for x in xs { out.push(x); } }
/// The function in all states, or why there are too many of them.
pub(crate) fn variants(function: &ItemFn) -> Result<Vec<Variant>, Error> {
    let mut relevant = Relevant::default();
    relevant.visit_block(&function.block);
    let conditions = relevant.conditions;
    if let Some(one_too_many) = conditions.get(MOST) {
        return Err(placement::many_conditions(one_too_many.span(), MOST));
    }
    let states = 0..1_usize << conditions.len();
    Ok(states
        .map(|state| variant(function, &conditions, state))
        .collect())
}

fn variant(function: &ItemFn, conditions: &[Asked], state: usize) -> Variant {
    let is_true = |number: usize| state & (1 << number) == 0;
    let said = conditions.iter().enumerate().map(|(number, asked)| {
        let condition = &asked.condition;
        if is_true(number) {
            quote!(#condition)
        } else {
            quote!(not(#condition))
        }
    });
    let said: Vec<TokenStream> = said.collect();
    let mut resolve = Resolve {
        known: conditions
            .iter()
            .enumerate()
            .map(|(n, asked)| (asked, is_true(n)))
            .collect(),
        gone: false,
    };
    let mut function = function.clone();
    let mut gone_before = None;
    let mut kept = Vec::new();
    for mut statement in std::mem::take(&mut function.block.stmts) {
        resolve.gone = false;
        let stays = resolve.stays(&mut statement);
        if stays {
            resolve.visit_stmt_mut(&mut statement);
            kept.push(statement);
        }
        if resolve.gone {
            gone_before = Some(kept.len());
        }
    }
    function.block.stmts = kept;
    let condition = (!said.is_empty()).then(|| quote!(all(#(#said),*)));
    if let Some(condition) = &condition {
        function.attrs.insert(0, parse_quote!(#[cfg(#condition)]));
    }
    Variant {
        condition,
        function,
        gone_before,
    }
}

/// The conditions inside of the loops, and of the code around them.
#[derive(Default)]
struct Relevant {
    conditions: Vec<Asked>,
    loops: usize,
}

impl Relevant {
    fn ask(&mut self, attributes: &[syn::Attribute]) {
        for asked in attributes.iter().filter_map(Asked::of) {
            if !self.conditions.contains(&asked) {
                self.conditions.push(asked);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Relevant {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if self.loops > 0 || has_loop(statement) {
            self.ask(&own(&mut statement.clone()));
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let mut inside = HasLoop(false);
        inside.visit_arm(arm);
        if self.loops > 0 || inside.0 {
            self.ask(&arm.attrs);
        }
        visit::visit_arm(self, arm);
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if self.loops > 0 {
            self.ask(&field.attrs);
        }
        visit::visit_field_value(self, field);
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.loops += 1;
        visit::visit_expr_for_loop(self, node);
        self.loops -= 1;
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

struct HasLoop(bool);

impl<'ast> Visit<'ast> for HasLoop {
    fn visit_expr_for_loop(&mut self, _: &'ast ExprForLoop) {
        self.0 = true;
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

fn has_loop(statement: &Stmt) -> bool {
    let mut inside = HasLoop(false);
    inside.visit_stmt(statement);
    inside.0
}

struct Resolve<'ast> {
    known: Vec<(&'ast Asked, bool)>,
    /// A loop was taken away.
    gone: bool,
}

impl Resolve<'_> {
    fn stays(&mut self, statement: &mut Stmt) -> bool {
        let stays = attributes(statement, |attributes| self.keeps(attributes));
        self.gone |= !stays && has_loop(statement);
        stays
    }

    /// Whether what has these attributes is there; those that say so are taken off.
    fn keeps(&self, attributes: &mut Vec<syn::Attribute>) -> bool {
        let mut is_there = true;
        for attribute in std::mem::take(attributes) {
            let asked = Asked::of(&attribute);
            let known = asked.and_then(|asked| {
                let (_, is_true) = self.known.iter().find(|(known, _)| **known == asked)?;
                Some((asked.is_met(*is_true), asked.given))
            });
            match known {
                None => attributes.push(attribute),
                Some((is_met, Some(given))) => {
                    attributes.extend(given.into_iter().filter(|_| is_met));
                }
                Some((is_met, None)) => is_there &= is_met,
            }
        }
        is_there
    }
}

impl VisitMut for Resolve<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain_mut(|statement| self.stays(statement));
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_match_mut(&mut self, node: &mut ExprMatch) {
        node.arms.retain_mut(|arm| self.keeps(&mut arm.attrs));
        visit_mut::visit_expr_match_mut(self, node);
    }

    fn visit_expr_struct_mut(&mut self, node: &mut ExprStruct) {
        let fields = std::mem::take(&mut node.fields).into_pairs();
        node.fields = fields
            .filter_map(|mut field| self.keeps(&mut field.value_mut().attrs).then_some(field))
            .collect();
        visit_mut::visit_expr_struct_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
