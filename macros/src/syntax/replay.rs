//! Statements that change variables from outside the loop, and need nothing of them for the rest of the iteration:
//! `counts[key(x)] += 1`, `image.put_pixel(x, y, colour);`, `writer.write_all(&line)?;`, `if cost < best { best = cost; at = i; }`. What they give to
//! the variables is made in the body; the statements themselves can be run elsewhere, in the order of the items.
//!
//! Invariant: the ways out of a statement that is taken are in the values made in the body, or a `?` of what it does where
//! it runs; and a value that is made only under a condition of the variables is made there.

mod parts;
mod rules;
mod written;

pub(crate) use parts::{Part, PartKind, parts};
pub(crate) use rules::is_constructor;
pub(crate) use written::behind_target;

use super::patterns;
use super::places;
use super::steps::by_operator;
use crate::model::{Place, Site, SiteCall, StepForm};
use proc_macro2::Ident;
use syn::{Block, Expr, ExprIf, ExprMatch, ExprMethodCall, Stmt};

/// The statement, if it is one; its value is `dropped`.
pub(crate) fn site(expression: &Expr, dropped: bool) -> Option<Site> {
    let mut found = Found::default();
    match expression {
        Expr::Assign(assignment) => {
            found.changed(&assignment.left, &assignment.right, StepForm::Assigned)?;
        }
        Expr::Binary(operation) => {
            by_operator(&operation.op)?;
            found.changed(&operation.left, &operation.right, StepForm::Operator)?;
        }
        Expr::MethodCall(_) | Expr::Try(_) if dropped => {
            let call = found.ended(expression)?;
            rules::reads_lengths(call, &found.site.targets)?;
        }
        Expr::If(choice) => {
            found.choice(choice)?;
            rules::depends(&choice.cond, expression, &found.site.targets)?;
        }
        Expr::Match(choice) => {
            found.arms(choice)?;
            rules::depends(&choice.expr, expression, &found.site.targets)?;
        }
        Expr::Block(block) if block.label.is_none() => {
            found.sequence(&block.block)?;
            rules::keeps_to_bound(expression, &found.site.targets)?;
        }
        _ => return None,
    }
    let mut site = found.site;
    site.leaves = parts(expression, &site.targets, &|_| true)?.leave;
    (!site.targets.is_empty()).then_some(site)
}

/// The expression that ends an `unsafe` block.
pub(crate) fn unsafe_end(block: &Expr) -> Option<&Expr> {
    match block {
        Expr::Unsafe(block) => match block.block.stmts.last()? {
            Stmt::Expr(end, None) => Some(end),
            _ => None,
        },
        _ => None,
    }
}

/// The variables that a statement changes, so far.
#[derive(Default)]
struct Found {
    site: Site,
    /// Names that it gives to parts of them.
    bound: Vec<Ident>,
}

impl Found {
    /// Whatever it changes there, the variable keeps its length where the way to it has an index.
    fn target(&mut self, place: Place, way: &Expr) {
        let is_element = places::reached(way).is_some_and(|reached| reached.indexed);
        if !is_element && !self.site.whole.contains(&place) {
            self.site.whole.push(place.clone());
        }
        if !self.site.targets.contains(&place) && !self.bound.contains(&place.root) {
            self.site.targets.push(place);
        }
    }

    /// `x[i] = e`, `x[i].y += e`, `*x.entry(k).or_default() += e`, and, as a step, `x += e`, `x = x + e`
    fn changed(&mut self, left: &Expr, right: &Expr, form: StepForm) -> Option<()> {
        if let Some(place) = places::pointee(left) {
            self.site.step = Some(form);
            self.target(place, left);
            return rules::is_step(left, right, &self.site.targets);
        }
        self.target(rules::lent(left)?, left);
        rules::keeps_to_element(left, right, &self.site.targets)
    }

    /// `x.set(i, e)?`, `x.set(i, e).unwrap()`, `writeln!(x, ..).map_err(f)?`: the call.
    fn ended<'ast>(&mut self, expression: &'ast Expr) -> Option<&'ast Expr> {
        match expression {
            Expr::Try(inner) => self.ended(&inner.expr),
            Expr::Paren(inner) => self.ended(&inner.expr),
            Expr::Macro(call) => {
                let place = written::target(&call.mac)?;
                self.site.calls.push(SiteCall {
                    target: place.clone(),
                    method: "write_fmt".to_owned(),
                    of_part: false,
                });
                self.target(place, expression);
                Some(expression)
            }
            Expr::MethodCall(call) => match rules::ended(call) {
                Some(inner) => self.ended(inner),
                None => self.call(call).map(|()| expression),
            },
            _ => None,
        }
    }

    /// `x.set(i, e)`, `x[i].push(e)`, `x.entry(k).or_default().push(e)`
    fn call(&mut self, call: &ExprMethodCall) -> Option<()> {
        let place = rules::lent(&call.receiver)?;
        if !self.bound.contains(&place.root) {
            self.site.calls.push(SiteCall {
                target: place.clone(),
                method: call.method.to_string(),
                of_part: places::pointee(&call.receiver).is_none(),
            });
        }
        self.target(place, &call.receiver);
        Some(())
    }

    /// A statement of a branch.
    fn inner(&mut self, expression: &Expr) -> Option<()> {
        match expression {
            Expr::Assign(assignment) => self.assigned(&assignment.left),
            Expr::Binary(operation) => {
                by_operator(&operation.op)?;
                self.assigned(&operation.left)
            }
            Expr::MethodCall(_) | Expr::Try(_) => self.ended(expression).map(|_| ()),
            Expr::If(choice) => self.choice(choice),
            Expr::Match(choice) => self.arms(choice),
            Expr::Block(block) if block.label.is_none() => self.block(&block.block),
            Expr::Tuple(unit) if unit.elems.is_empty() => Some(()),
            _ => None,
        }
    }

    /// `x = ..`, `x[i] = ..`, `(x, y) = ..`
    fn assigned(&mut self, left: &Expr) -> Option<()> {
        match left {
            Expr::Tuple(tuple) => tuple.elems.iter().try_for_each(|e| self.assigned(e)),
            Expr::Paren(inner) => self.assigned(&inner.expr),
            _ => {
                let place = places::pointee(left).or_else(|| rules::lent(left))?;
                self.target(place, left);
                Some(())
            }
        }
    }

    fn choice(&mut self, choice: &ExprIf) -> Option<()> {
        self.tested(&choice.cond);
        self.block(&choice.then_branch)?;
        match &choice.else_branch {
            Some((_, otherwise)) => self.inner(otherwise),
            None => Some(()),
        }
    }

    /// `if let Some(count) = counts.get_mut(&k)`
    fn tested(&mut self, condition: &Expr) {
        match condition {
            Expr::Let(test) => {
                self.lends(&test.expr);
                self.bound.extend(patterns::idents(&test.pat));
            }
            Expr::Binary(operation) => {
                self.tested(&operation.left);
                self.tested(&operation.right);
            }
            _ => {}
        }
    }

    fn lends(&mut self, expression: &Expr) {
        if let Expr::MethodCall(_) = expression
            && let Some(place) = rules::lent(expression)
        {
            self.target(place, expression);
        }
    }

    fn arms(&mut self, choice: &ExprMatch) -> Option<()> {
        self.lends(&choice.expr);
        choice.arms.iter().try_for_each(|arm| {
            self.bound.extend(patterns::idents(&arm.pat));
            self.inner(&arm.body)
        })
    }

    /// `{ let count = counts.entry(k).or_insert(0); *count += 1; }`
    fn sequence(&mut self, block: &Block) -> Option<()> {
        let (Stmt::Local(made), statements) = block.stmts.split_first()? else {
            return None;
        };
        let made_of = made.init.as_ref().filter(|init| init.diverge.is_none())?;
        match &*made_of.expr {
            Expr::Reference(lent) if lent.mutability.is_some() => {
                self.target(rules::lent(&lent.expr)?, &lent.expr);
            }
            value => self.lends(value),
        }
        let is_one = !self.site.targets.is_empty() && patterns::idents(&made.pat).count() == 1;
        self.bound.extend(patterns::idents(&made.pat));
        let mut statements = statements.iter();
        let are_all = statements.all(|statement| match statement {
            Stmt::Expr(expression, _) => self.inner(expression).is_some(),
            _ => false,
        });
        (is_one && are_all).then_some(())
    }

    fn block(&mut self, block: &Block) -> Option<()> {
        block
            .stmts
            .iter()
            .try_for_each(|statement| match statement {
                Stmt::Expr(expression, _) => self.inner(expression),
                _ => None,
            })
    }
}
