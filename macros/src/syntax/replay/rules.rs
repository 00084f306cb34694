//! What such a statement may read of the variables that it changes. To compare values with them, and to count on in one
//! element, takes no more than the order of the items; what makes new values of old ones is a loop of its own.

use crate::model::Place;
use crate::syntax::places;
use crate::syntax::steps::{by_operator, text};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprMethodCall, Macro, Pat, UnOp};

/// Methods that lead from a variable to a part of it.
const WAYS: [&str; 18] = [
    "and_modify",
    "as_deref_mut",
    "as_mut",
    "as_mut_slice",
    "col_mut",
    "column_mut",
    "entry",
    "expect",
    "get_mut",
    "get_unchecked_mut",
    "index_mut",
    "or_default",
    "or_insert",
    "or_insert_with",
    "or_insert_with_key",
    "row_mut",
    "uget_mut",
    "unwrap",
];

/// What stays the same while elements change.
const LENGTHS: [&str; 11] = [
    "cols",
    "dim",
    "dimensions",
    "height",
    "is_empty",
    "len",
    "ncols",
    "nrows",
    "rows",
    "shape",
    "width",
];

/// The variable that `x`, `x[i].y` or `x.entry(k).or_default()` is a way into.
pub(super) fn lent(expression: &Expr) -> Option<Place> {
    if let Some(reached) = places::reached(expression) {
        return Some(reached.place);
    }
    match expression {
        Expr::MethodCall(call) if WAYS.contains(&&*call.method.to_string()) => lent(&call.receiver),
        Expr::Index(index) => lent(&index.expr),
        Expr::Field(field) => lent(&field.base),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => lent(&unary.expr),
        Expr::Paren(inner) => lent(&inner.expr),
        // `x.get_mut(k)?`, `x.get_mut(k).ok_or(e)?`
        Expr::Try(inner) => match &*inner.expr {
            Expr::MethodCall(call) => lent(ended(call).unwrap_or(&inner.expr)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression mentions one of the places, or a part of one, or a whole that one is a part of.
pub(super) fn reads(expression: &Expr, targets: &[Place]) -> bool {
    mentions(expression, &|_| false, targets)
}

/// `x[k] = x[k].max(e)`: the value is made of the same element, and the way to it of no other.
pub(super) fn keeps_to_element(left: &Expr, right: &Expr, targets: &[Place]) -> Option<()> {
    let same = text(left);
    let is_fine = |expression: &Expr| text(expression) == same || is_length(expression);
    let fits = !mentions(right, &is_fine, targets) && ways_read_lengths(left, targets);
    fits.then_some(())
}

/// `x[k % x.len()].push(e)`: no argument reads more than a length.
pub(super) fn reads_lengths(call: &Expr, targets: &[Place]) -> Option<()> {
    ways_read_lengths(call, targets).then_some(())
}

fn ways_read_lengths(way: &Expr, targets: &[Place]) -> bool {
    let is_fine = |expression: &Expr| !mentions(expression, &is_length, targets);
    match way {
        Expr::MethodCall(call) => {
            call.args.iter().all(is_fine) && ways_read_lengths(&call.receiver, targets)
        }
        Expr::Index(index) => is_fine(&index.index) && ways_read_lengths(&index.expr, targets),
        Expr::Field(field) => ways_read_lengths(&field.base, targets),
        Expr::Unary(unary) => ways_read_lengths(&unary.expr, targets),
        Expr::Paren(inner) => ways_read_lengths(&inner.expr, targets),
        Expr::Try(inner) => ways_read_lengths(&inner.expr, targets),
        _ => true,
    }
}

/// `x += e`, `x = x + e`, `x = x.max(e)`, `x = e`: no other call makes a new value of the old one.
pub(super) fn is_step(left: &Expr, right: &Expr, targets: &[Place]) -> Option<()> {
    let same = text(left);
    let is_fine = |expression: &Expr| text(expression) == same;
    let made = match right {
        Expr::MethodCall(call) if call.method == "max" || call.method == "min" => {
            is_fine(&call.receiver).then(|| call.args.first())?
        }
        _ => Some(right),
    };
    let fits =
        made.is_some_and(|made| !mentions(made, &is_fine, targets) && !calls_on(made, targets));
    (fits && !has_statements(right)).then_some(())
}

/// Statements in the value may be some that can be run elsewhere by themselves.
fn has_statements(value: &Expr) -> bool {
    struct Statements(bool);
    impl<'ast> Visit<'ast> for Statements {
        fn visit_block(&mut self, _: &'ast Block) {
            self.0 = true;
        }
    }
    let mut statements = Statements(false);
    statements.visit_expr(value);
    statements.0
}

/// What `x.set(i, e).map_err(f)` and `x.set(i, e).unwrap()` do with how the call ended: the call.
pub(super) fn ended(call: &ExprMethodCall) -> Option<&Expr> {
    const SETTLES: [&str; 9] = [
        "context",
        "expect",
        "map_err",
        "ok",
        "ok_or",
        "ok_or_else",
        "unwrap",
        "with_context",
        "wrap_err",
    ];
    let is_call = matches!(
        &*call.receiver,
        Expr::MethodCall(_) | Expr::Macro(_) | Expr::Try(_)
    );
    (is_call && SETTLES.contains(&&*call.method.to_string())).then_some(&call.receiver)
}

/// A condition of the variables, under which they get values of the body, or one of theirs: calls would make new
/// ones of them.
pub(super) fn depends(condition: &Expr, choice: &Expr, targets: &[Place]) -> Option<()> {
    reads(condition, targets).then_some(())?;
    keeps_to_bound(choice, targets)
}

/// Statements that give the variables, and what they lend out, values of the body, or one of theirs.
pub(super) fn keeps_to_bound(choice: &Expr, targets: &[Place]) -> Option<()> {
    let mut sources = targets.to_vec();
    bound_to(choice, &mut sources);
    let mut branches = Branches {
        sources: &sources,
        fits: true,
    };
    branches.visit_expr(choice);
    branches.fits.then_some(())
}

/// The names that patterns give to what the variables hold.
fn bound_to(choice: &Expr, targets: &mut Vec<Place>) {
    struct Names<'a>(&'a mut Vec<Place>);
    impl<'ast> Visit<'ast> for Names<'_> {
        fn visit_pat_ident(&mut self, name: &'ast syn::PatIdent) {
            self.0.push(Place {
                root: name.ident.clone(),
                fields: Vec::new(),
            });
            visit::visit_pat_ident(self, name);
        }

        // Their parameters are their own.
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    }
    Names(targets).visit_expr(choice);
}

/// The statements in the branches of a choice.
struct Branches<'a> {
    sources: &'a [Place],
    fits: bool,
}

impl<'ast> Visit<'ast> for Branches<'_> {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Assign(assignment) => self.fits &= !calls_on(&assignment.right, self.sources),
            Expr::Binary(operation) if by_operator(&operation.op).is_some() => {
                self.fits &= !calls_on(&operation.right, self.sources);
            }
            Expr::MethodCall(call) => {
                let is_fine = |argument: &Expr| !mentions(argument, &is_length, self.sources);
                self.fits &= call.args.iter().all(is_fine);
            }
            Expr::If(choice) => {
                self.visit_block(&choice.then_branch);
                if let Some((_, otherwise)) = &choice.else_branch {
                    self.visit_expr(otherwise);
                }
            }
            Expr::Match(choice) => choice
                .arms
                .iter()
                .for_each(|arm| self.visit_expr(&arm.body)),
            _ => visit::visit_expr(self, expression),
        }
    }
}

/// A call of more than a constructor with one of the places.
fn calls_on(value: &Expr, sources: &[Place]) -> bool {
    struct Calls<'a>(&'a [Place], bool);
    impl<'ast> Visit<'ast> for Calls<'_> {
        fn visit_expr(&mut self, expression: &'ast Expr) {
            let is_call = match expression {
                Expr::Call(call) => !is_constructor(&call.func),
                Expr::MethodCall(call) => call.method != "clone" && call.method != "unwrap",
                Expr::Macro(_) | Expr::Closure(_) => true,
                _ => false,
            };
            self.1 |= is_call && reads(expression, self.0);
            visit::visit_expr(self, expression);
        }
    }
    let mut calls = Calls(sources, false);
    calls.visit_expr(value);
    calls.1
}

/// `Some`, `Rgb`, `Colour::Rgb`
pub(crate) fn is_constructor(function: &Expr) -> bool {
    let Expr::Path(function) = function else {
        return false;
    };
    let last = function.path.segments.last();
    last.is_some_and(|name| name.ident.to_string().starts_with(char::is_uppercase))
}

/// `x.len()`
fn is_length(expression: &Expr) -> bool {
    matches!(expression, Expr::MethodCall(call)
        if call.args.is_empty()
            && LENGTHS.contains(&&*call.method.to_string())
            && places::pointee(&call.receiver).is_some())
}

/// Whether a place is mentioned, besides in what is fine.
fn mentions(expression: &Expr, is_fine: &dyn Fn(&Expr) -> bool, places: &[Place]) -> bool {
    struct Mentions<'a> {
        is_fine: &'a dyn Fn(&Expr) -> bool,
        places: &'a [Place],
        found: bool,
    }
    impl<'ast> Visit<'ast> for Mentions<'_> {
        fn visit_expr(&mut self, expression: &'ast Expr) {
            if (self.is_fine)(expression) {
                return;
            }
            if matches!(expression, Expr::Path(_) | Expr::Field(_))
                && let Some(found) = places::whole(expression)
            {
                self.found |= self.places.iter().any(|place| place.overlaps(&found));
                return;
            }
            visit::visit_expr(self, expression);
        }

        fn visit_macro(&mut self, call: &'ast Macro) {
            let tokens = call.tokens.to_string();
            let mut places = self.places.iter();
            self.found |= places.any(|place| tokens.contains(&place.root.to_string()));
        }

        fn visit_pat(&mut self, _: &'ast Pat) {}
    }
    let mut mentions = Mentions {
        is_fine,
        places,
        found: false,
    };
    mentions.visit_expr(expression);
    mentions.found
}
