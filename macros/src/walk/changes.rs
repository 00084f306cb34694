//! Changes of captured places by one expression: the part of the walk that reads assignments.

use super::walker::Walker;
use crate::model::{By, Form, Step, Usage};
use crate::syntax::methods::GUARDS;
use crate::syntax::places::{self, Reached};
use crate::syntax::steps::{self, Contribution, Target};
use crate::syntax::{comparisons, contributions};
use quote::ToTokens as _;
use syn::visit::Visit as _;
use syn::{Expr, ExprAssign, ExprBinary};

impl Walker {
    /// Reads an expression that changes a variable. `false`: it is none.
    pub(super) fn change(&mut self, expression: &Expr, dropped: bool) -> bool {
        if let Some(contribution) = contributions::contribution(expression)
            && (dropped || !matches!(expression, Expr::Call(_)))
        {
            self.step(expression, &contribution);
            return true;
        }
        match expression {
            Expr::Assign(assignment) => self.assignment(assignment),
            Expr::Binary(operation) if steps::by_operator(&operation.op).is_some() => {
                self.operator(operation);
            }
            Expr::If(_) => {
                if let Some(target) = comparisons::choice(expression) {
                    self.record_target(&target, Usage::Choice);
                }
                return false;
            }
            _ => return false,
        }
        true
    }

    /// `x += e`, `f(&mut x, e)`
    fn step(&mut self, expression: &Expr, contribution: &Contribution<'_>) {
        if let Expr::Assign(assignment) = expression
            && contribution.step == Step::By(By::Last)
            && let Some((target, written, instead)) = contributions::reversed(assignment)
        {
            self.record_target(&target, Usage::Reversed { written, instead });
            return self.besides(&target, &assignment.right);
        }
        if let Step::By(By::Folded {
            form: Form::Assigned | Form::Lent,
            ..
        }) = contribution.step
            && let Some(function) = function(expression)
        {
            self.visit_expr(function);
        }
        let usage = Usage::Step(contribution.step.clone());
        self.record_target(&contribution.target, usage);
        self.visit_expr(contribution.value);
    }

    /// What an expression is made of besides the variable: `e` of `e + x`, `e.max(x)`.
    fn besides(&mut self, target: &Target, expression: &Expr) {
        if steps::target(expression).as_ref() == Some(target) {
            return;
        }
        match expression {
            Expr::Binary(operation) => {
                self.besides(target, &operation.left);
                self.besides(target, &operation.right);
            }
            Expr::MethodCall(call) => {
                let all = std::iter::once(&*call.receiver).chain(&call.args);
                all.for_each(|part| self.besides(target, part));
            }
            Expr::Call(call) => {
                let all = std::iter::once(&*call.func).chain(&call.args);
                all.for_each(|part| self.besides(target, part));
            }
            _ => self.visit_expr(expression),
        }
    }

    /// `x[i] = ..`, `(a, b) = ..`, `_ = ..`
    fn assignment(&mut self, assignment: &ExprAssign) {
        if let (Expr::Infer(_), right) = (&*assignment.left, &*assignment.right) {
            self.dropped = true;
            return self.visit_expr(right);
        }
        let whole = places::element(&assignment.left).is_some();
        self.target(&assignment.left, "=", whole);
        self.visit_expr(&assignment.right);
    }

    /// `x[i] += ..`
    fn operator(&mut self, operation: &ExprBinary) {
        let operator = operation.op.to_token_stream().to_string();
        self.target(&operation.left, &operator, false);
        self.visit_expr(&operation.right);
    }

    /// The left side of an assignment, which may be a pattern.
    fn target(&mut self, left: &Expr, operator: &str, whole: bool) {
        match left {
            Expr::Tuple(tuple) => {
                tuple
                    .elems
                    .iter()
                    .for_each(|e| self.target(e, Usage::UNPACKED, false));
            }
            Expr::Array(array) => {
                array
                    .elems
                    .iter()
                    .for_each(|e| self.target(e, operator, false));
            }
            Expr::Call(call) => call
                .args
                .iter()
                .for_each(|e| self.target(e, operator, false)),
            Expr::Struct(fields) => {
                for field in &fields.fields {
                    self.target(&field.expr, operator, false);
                }
            }
            Expr::Paren(inner) => self.target(&inner.expr, operator, whole),
            Expr::Infer(_) => {}
            _ => match places::reached(left) {
                Some(reached) => {
                    let usage = if reached.indexed {
                        Usage::AssignElement { whole }
                    } else {
                        Usage::AssignPart(operator.to_owned())
                    };
                    self.record(&reached, reached.place.root.span(), usage);
                }
                None => self.guarded_target(left, operator),
            },
        }
    }

    /// `*x.lock().unwrap() = ..`, `*map.entry(k).or_insert(0) = ..`
    fn guarded_target(&mut self, left: &Expr, operator: &str) {
        if let Some(reached) = behind_a_lock(left) {
            let usage = Usage::AssignPart(operator.to_owned());
            self.record(&reached, reached.place.root.span(), usage);
            self.way_to_a_lock(left);
        } else {
            self.note_assigned(left);
            self.visit_expr(left);
        }
    }

    /// `key` of `x.lock().unwrap().entry(key)`
    fn way_to_a_lock(&mut self, expression: &Expr) {
        match expression {
            Expr::MethodCall(call) => {
                self.way_to_a_lock(&call.receiver);
                call.args
                    .iter()
                    .for_each(|argument| self.visit_expr(argument));
            }
            Expr::Unary(unary) => self.way_to_a_lock(&unary.expr),
            Expr::Field(field) => self.way_to_a_lock(&field.base),
            Expr::Index(index) => {
                self.way_to_a_lock(&index.expr);
                self.visit_expr(&index.index);
            }
            Expr::Try(inner) => self.way_to_a_lock(&inner.expr),
            Expr::Paren(inner) => self.way_to_a_lock(&inner.expr),
            _ => {}
        }
    }
}

/// The function that is called with the variable.
fn function(expression: &Expr) -> Option<&Expr> {
    match expression {
        Expr::Call(call) => Some(&call.func),
        Expr::Assign(assignment) => function(&assignment.right),
        _ => None,
    }
}

/// `x` of `*x.lock().unwrap()`: the change is one of `x`, by whatever guard it is made.
pub(super) fn behind_a_lock(expression: &Expr) -> Option<Reached<'_>> {
    match expression {
        Expr::MethodCall(call) => {
            let locks = GUARDS.contains(&&*call.method.to_string());
            let place = places::reached(&call.receiver).filter(|_| locks);
            place.or_else(|| behind_a_lock(&call.receiver))
        }
        Expr::Unary(unary) => behind_a_lock(&unary.expr),
        Expr::Field(field) => behind_a_lock(&field.base),
        Expr::Index(index) => behind_a_lock(&index.expr),
        Expr::Try(inner) => behind_a_lock(&inner.expr),
        Expr::Paren(inner) => behind_a_lock(&inner.expr),
        _ => None,
    }
}
