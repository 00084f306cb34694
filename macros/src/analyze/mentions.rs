//! How one expression uses the places it captures: the part of the walk that reads method calls,
//! assignments, borrows and macros.

use super::macros;
use super::places::{self, Reached};
use super::walk::Walker;
use crate::model::{Declared, Mention, Place, Usage};
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::visit::Visit as _;
use syn::{BinOp, Expr, ExprAssign, ExprBinary, ExprMethodCall, Ident, Macro};

/// The methods that only add to a collection.
pub(crate) const APPENDS: [&str; 7] = [
    "push",
    "extend",
    "extend_from_slice",
    "append",
    "push_back",
    "insert",
    "push_str",
];

impl Walker {
    /// Reads an expression that uses a place. `false`: it is none, and its parts are to be visited.
    pub(super) fn mention(&mut self, expression: &Expr, dropped: bool) -> bool {
        match expression {
            Expr::MethodCall(call) => return self.method_call(call, dropped),
            Expr::Macro(call) => self.macro_call(&call.mac, dropped),
            // The failure of a `write!` leaves the loop, as anything with a `?` does.
            Expr::Try(inner) => match &*inner.expr {
                Expr::Macro(call) => self.macro_call(&call.mac, true),
                _ => return false,
            },
            Expr::Assign(assignment) => self.assignment(assignment),
            Expr::Binary(operation) if is_assignment(&operation.op) => self.operator(operation),
            Expr::Reference(borrow) => {
                return self.borrow(&borrow.expr, borrow.mutability.is_some());
            }
            Expr::RawAddr(borrow) => return self.borrow(&borrow.expr, true),
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Unary(_) => {
                let Some(reached) = places::reached(expression) else {
                    return false;
                };
                let usage = if reached.indexed {
                    Usage::Element
                } else {
                    Usage::Value
                };
                self.record(&reached, reached.place.root.span(), usage);
            }
            _ => return false,
        }
        true
    }

    /// `x.push(..)`, `x[i].push(..)`, `write!(x, ..).unwrap()`
    fn method_call(&mut self, call: &ExprMethodCall, dropped: bool) -> bool {
        let method = call.method.to_string();
        if let Expr::Macro(receiver) = &*call.receiver {
            // `unwrap` and `expect` leave nothing of the `Result`; `ok` another thing to drop.
            let settled = ["unwrap", "expect"].contains(&&*method) || (method == "ok" && dropped);
            self.macro_call(&receiver.mac, settled);
        } else if let Some(reached) = places::reached(&call.receiver) {
            let appends = APPENDS.contains(&&*method);
            let usage = match appends && reached.is_whole() {
                true => Usage::Append { method, dropped },
                false if reached.indexed => Usage::ElementMethod(method),
                false => Usage::Method(method),
            };
            self.record(&reached, call.method.span(), usage);
        } else {
            return false;
        }
        for argument in &call.args {
            self.visit_expr(argument);
        }
        true
    }

    /// `x = ..`, `x[i] = ..`, `(a, b) = ..`, `_ = ..`
    fn assignment(&mut self, assignment: &ExprAssign) {
        if let (Expr::Infer(_), right) = (&*assignment.left, &*assignment.right) {
            self.dropped = true;
            return self.visit_expr(right);
        }
        let extremum = extremum(&assignment.left, &assignment.right);
        let usage = match &extremum {
            Some((name, _)) => Usage::Extremum(name.clone()),
            None => Usage::Assign,
        };
        self.target(&assignment.left, &usage);
        match extremum {
            Some((_, contribution)) => self.visit_expr(contribution),
            None => self.visit_expr(&assignment.right),
        }
    }

    /// `x += ..`
    fn operator(&mut self, operation: &ExprBinary) {
        let operator = operation.op.to_token_stream().to_string();
        self.target(&operation.left, &Usage::Operator(operator));
        self.visit_expr(&operation.right);
    }

    /// The left side of an assignment, which may be a pattern.
    fn target(&mut self, left: &Expr, usage: &Usage) {
        match left {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|e| self.target(e, usage)),
            Expr::Array(array) => array.elems.iter().for_each(|e| self.target(e, usage)),
            Expr::Call(call) => call.args.iter().for_each(|e| self.target(e, usage)),
            Expr::Struct(fields) => {
                for field in &fields.fields {
                    self.target(&field.expr, usage);
                }
            }
            Expr::Paren(inner) => self.target(&inner.expr, usage),
            Expr::Infer(_) => {}
            _ => match places::reached(left) {
                Some(reached) => {
                    let usage = if reached.indexed {
                        Usage::AssignElement
                    } else {
                        usage.clone()
                    };
                    self.record(&reached, reached.place.root.span(), usage);
                }
                None => self.guarded_target(left, usage),
            },
        }
    }

    /// `*x.lock().unwrap() = ..`, `*map.entry(k).or_insert(0) = ..`
    fn guarded_target(&mut self, left: &Expr, usage: &Usage) {
        match behind_a_lock(left) {
            Some(reached) => self.record(&reached, reached.place.root.span(), usage.clone()),
            None => self.visit_expr(left),
        }
    }

    /// `&x`, `&mut x[i]`
    fn borrow(&mut self, inner: &Expr, mutable: bool) -> bool {
        let Some(reached) = places::reached(inner) else {
            return false;
        };
        let usage = match (mutable, reached.indexed) {
            (true, _) => Usage::BorrowMut,
            (false, true) => Usage::Element,
            (false, false) => Usage::Borrow,
        };
        self.record(&reached, reached.place.root.span(), usage);
        true
    }

    /// `write!(x, ..)` appends to `x`; of any other macro it is only known what it mentions.
    pub(super) fn macro_call(&mut self, call: &Macro, dropped: bool) {
        let name = macros::name(call);
        for variable in macros::format_captures(call.tokens.clone()) {
            self.record_variable(&variable, Usage::FormatString(name.clone()));
        }
        let Some(arguments) = macros::known_arguments(call) else {
            return self.opaque(call);
        };
        let mut arguments = arguments.iter();
        if name == "write" || name == "writeln" {
            let target = arguments.as_slice().first().map(without_borrow);
            if let Some(reached) = target.and_then(places::reached)
                && reached.is_whole()
            {
                arguments.next();
                let span = reached.place.root.span();
                self.record(
                    &reached,
                    span,
                    Usage::WriteMacro {
                        name: name.clone(),
                        dropped,
                    },
                );
            }
        }
        let around = self.in_macro.replace(name);
        for argument in arguments {
            self.visit_expr(argument);
        }
        self.in_macro = around;
    }

    /// A macro that may do anything with the variables it mentions.
    pub(super) fn opaque(&mut self, call: &Macro) {
        let name = macros::name(call);
        for variable in macros::variables(call.tokens.clone()) {
            self.record_variable(&variable, Usage::UnknownMacro(name.clone()));
        }
    }

    fn record_variable(&mut self, variable: &Ident, usage: Usage) {
        let place = Place {
            root: variable.clone(),
            fields: Vec::new(),
        };
        self.record_place(place, variable.span(), usage);
    }

    fn record(&mut self, reached: &Reached<'_>, span: Span, usage: Usage) {
        self.record_place(reached.place.clone(), span, usage);
        for index in &reached.indices {
            self.visit_expr(index);
        }
    }

    fn record_place(&mut self, place: Place, span: Span, usage: Usage) {
        let usage = match (&self.in_macro, usage) {
            // The arguments of a macro are out of reach for `expand`.
            (Some(name), Usage::Append { .. } | Usage::WriteMacro { .. }) => {
                Usage::AppendInMacro(name.clone())
            }
            (_, usage) => usage,
        };
        let binding = self.scope.lookup(&place.root.to_string());
        let declared = binding.map_or(Declared::Unknown, |binding| binding.declared);
        self.note(&Mention {
            place,
            span,
            declared,
            usage,
        });
    }
}

/// `x = x.max(e)`, `x = f64::max(x, e)`: the function and the contribution `e`.
fn extremum<'ast>(left: &Expr, right: &'ast Expr) -> Option<(String, &'ast Expr)> {
    let (name, old, contribution) = match right {
        Expr::MethodCall(call) => (call.method.to_string(), &*call.receiver, call.args.first()?),
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else {
                return None;
            };
            let name = function.path.segments.last()?.ident.to_string();
            (name, call.args.first()?, call.args.get(1)?)
        }
        _ => return None,
    };
    let is_extremum = name == "max" || name == "min";
    (is_extremum && places::whole(old)? == places::whole(left)?).then_some((name, contribution))
}

/// `x` of `*x.lock().unwrap()`: the change is one of `x`, by whatever guard it is made.
fn behind_a_lock(expression: &Expr) -> Option<Reached<'_>> {
    match expression {
        Expr::MethodCall(call) => {
            let locks = ["lock", "write", "borrow_mut"].contains(&&*call.method.to_string());
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

/// `x` of `&mut x`
fn without_borrow(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(borrow) if borrow.mutability.is_some() => &borrow.expr,
        _ => expression,
    }
}

fn is_assignment(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}
