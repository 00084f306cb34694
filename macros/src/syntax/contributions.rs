//! Statements that alone change a variable: `x += e`, `x = x.max(e)`, `if e > x { x = e; }`. The analysis
//! judges them, and `expand` finds them again.

use super::comparisons;
use super::declarations::is_primitive;
use super::steps::{self, Contribution, Target, by_operator, target, text};
use crate::model::{By, Form, Step};
use syn::{BinOp, Expr, ExprAssign, Path};

/// The contribution that an expression makes; a call `f(&mut x, e)` may be one as well.
pub(crate) fn contribution(expression: &Expr) -> Option<Contribution<'_>> {
    match expression {
        Expr::Binary(operation) => {
            let step = by_operator(&operation.op)?;
            Some(Contribution {
                target: target(&operation.left)?,
                step,
                value: &operation.right,
            })
        }
        Expr::Assign(assignment) => assigned(assignment),
        Expr::If(choice) => comparisons::compared(choice),
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else {
                return None;
            };
            let (Some(Expr::Reference(lent)), Some(value), 2) =
                (call.args.first(), call.args.get(1), call.args.len())
            else {
                return None;
            };
            lent.mutability?;
            Some(Contribution {
                target: target(&lent.expr)?,
                step: folded(text(&function.path), Form::Lent),
                value,
            })
        }
        _ => None,
    }
}

fn folded(function: String, form: Form) -> Step {
    Step::By(By::Folded { function, form })
}

/// `x = x + e`, `x = x.max(e)`, `x = e`
fn assigned(assignment: &ExprAssign) -> Option<Contribution<'_>> {
    let target = target(&assignment.left)?;
    let right = &*assignment.right;
    let (step, value) = stepped(&target, right).unwrap_or((Step::By(By::Last), right));
    Some(Contribution {
        target,
        step,
        value,
    })
}

/// The right side of an assignment, where it begins with the variable.
fn stepped<'ast>(target: &Target, right: &'ast Expr) -> Option<(Step, &'ast Expr)> {
    let is_target = |expression: &Expr| steps::target(expression).as_ref() == Some(target);
    match right {
        Expr::Binary(operation) if is_target(&operation.left) => {
            Some((by_infix(&operation.op)?, &operation.right))
        }
        Expr::MethodCall(call) if call.args.len() == 1 => {
            let method = call.method.to_string();
            let step = match &*method {
                "max" => Step::By(By::Maximum),
                "min" => Step::By(By::Minimum),
                _ => folded(method, Form::AssignedMethod),
            };
            let receiver = steps::target(&call.receiver)?;
            let same =
                receiver.place == target.place && (target.dereferenced || !receiver.dereferenced);
            same.then_some((step, &call.args[0]))
        }
        Expr::Call(call) if call.args.len() == 2 && is_target(&call.args[0]) => match &*call.func {
            Expr::Path(function) => Some((by_function(&function.path), &call.args[1])),
            _ => None,
        },
        _ => None,
    }
}

/// `+`
fn by_infix(operator: &BinOp) -> Option<Step> {
    Some(Step::By(match operator {
        BinOp::Add(_) => By::Sum,
        BinOp::Sub(_) => By::Difference,
        BinOp::Mul(_) => By::Product,
        BinOp::BitAnd(_) => By::BitAnd,
        BinOp::BitOr(_) => By::BitOr,
        BinOp::BitXor(_) => By::BitXor,
        _ => return None,
    }))
}

/// Functions that have the names of the standard library's are told from others by their types; any
/// other, also an imported `max`, is called.
fn by_function(path: &Path) -> Step {
    let function = text(path);
    let known = |name: &str| {
        let module = function
            .strip_suffix(name)
            .and_then(|m| m.strip_suffix("::"));
        let module = module.map(|module| module.trim_start_matches("::"));
        module.is_some_and(|module| {
            ["std::cmp", "core::cmp", "cmp", "Ord"].contains(&module) || is_primitive(module)
        })
    };
    match () {
        () if known("max") => Step::By(By::NamedMaximum(function)),
        () if known("min") => Step::By(By::NamedMinimum(function)),
        () => folded(function, Form::Assigned),
    }
}

/// `x = e + x`, `x = x + a + b`: what the user means to write, in words of this file.
pub(crate) fn reversed(assignment: &ExprAssign) -> Option<(Target, String, String)> {
    let target = target(&assignment.left)?;
    let is_target = |expression: &Expr| steps::target(expression).as_ref() == Some(&target);
    let star = if target.dereferenced { "*" } else { "" };
    let x = format!("{star}{}", target.place);
    let (written, instead) = match &*assignment.right {
        Expr::Binary(operation) if matches!(operation.op, BinOp::Or(_) | BinOp::And(_)) => {
            let operator = text(&operation.op);
            let instead = format!("{x} {}= value;", &operator[..1]);
            if is_target(&operation.left) {
                (format!("{x} = {x} {operator} value"), instead)
            } else if is_target(&operation.right) {
                (format!("{x} = value {operator} {x}"), instead)
            } else {
                return None;
            }
        }
        Expr::Binary(operation) => {
            let operator = text(&operation.op);
            match by_infix(&operation.op)? {
                Step::By(By::Difference) if is_target(&operation.right) => return None,
                _ if is_target(&operation.right) => {
                    let written = format!("{x} = value {operator} {x}");
                    (written, format!("{x} {operator}= value;"))
                }
                Step::By(By::Sum | By::Difference) if leads(&operation.left, &is_target) => (
                    format!("{x} = {x} + a {operator} b"),
                    format!("{x} += a; {x} {operator}= b;"),
                ),
                _ => return None,
            }
        }
        Expr::MethodCall(call) if call.args.len() == 1 && is_target(&call.args[0]) => {
            let method = &call.method;
            if method != "max" && method != "min" {
                return None;
            }
            let written = format!("{x} = value.{method}({x})");
            (written, format!("{x} = {x}.{method}(value);"))
        }
        Expr::Call(call) if call.args.len() == 2 && is_target(&call.args[1]) => {
            let function = text(&call.func);
            let written = format!("{x} = {function}(value, {x})");
            (written, format!("{x} = {function}({x}, value);"))
        }
        _ => return None,
    };
    Some((target, written, instead))
}

/// `x + a`, `x + a + b`: sums that begin with the variable.
fn leads(sum: &Expr, is_target: &impl Fn(&Expr) -> bool) -> bool {
    match sum {
        Expr::Binary(operation) if matches!(operation.op, BinOp::Add(_)) => {
            is_target(&operation.left) || leads(&operation.left, is_target)
        }
        _ => false,
    }
}
