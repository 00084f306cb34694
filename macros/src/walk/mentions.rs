//! Uses of captured places by one expression: the part of the walk that reads method calls,
//! assignments, borrows and macros.

use super::walker::Walker;
use super::{changes, statics};
use crate::model::{Declared, Mention, Place, Usage};
use crate::syntax::methods::{self, APPENDS};
use crate::syntax::places::{self, Reached};
use crate::syntax::steps::Target;
use crate::syntax::{formats, macros, nodes};
use proc_macro2::Span;
use syn::visit::Visit as _;
use syn::{Expr, ExprMethodCall, Ident, Macro, Pat};

impl Walker {
    /// Reads an expression that uses a place. `false`: it is none, and its parts are to be visited.
    pub(super) fn mention(&mut self, expression: &Expr, dropped: bool) -> bool {
        self.use_parts(expression);
        match expression {
            Expr::MethodCall(call) => return self.method_call(call, dropped),
            Expr::Macro(call) => self.macro_call(&call.mac, dropped),
            // The failure of a `write!` leaves the loop, as anything with a `?` does.
            Expr::Try(inner) => match &*inner.expr {
                Expr::Macro(call) => self.macro_call(&call.mac, true),
                _ => return false,
            },
            _ if self.change(expression, dropped) => {}
            Expr::Reference(borrow) => {
                return self.borrow(&borrow.expr, borrow.mutability.is_some());
            }
            Expr::RawAddr(borrow) => {
                let mutable = matches!(borrow.mutability, syn::PointerMutability::Mut(_));
                return self.borrow(&borrow.expr, mutable);
            }
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

    /// Notes the calls whose values the expression certainly uses.
    fn use_parts(&mut self, expression: &Expr) {
        match expression {
            Expr::MethodCall(call) => {
                self.use_value(&call.receiver);
                self.use_values(&call.args);
            }
            // `Ok(results.push(x))`, `drop(..)`
            Expr::Call(call) if !takes_anything(&call.func) => self.use_values(&call.args),
            Expr::Binary(operation) => {
                self.use_value(&operation.left);
                self.use_value(&operation.right);
            }
            Expr::Array(list) => self.use_values(&list.elems),
            Expr::Tuple(list) => self.use_values(&list.elems),
            Expr::Struct(made) => made.fields.iter().for_each(|f| self.use_value(&f.expr)),
            Expr::Assign(assignment) if !matches!(*assignment.left, Expr::Infer(_)) => {
                self.use_value(&assignment.right);
            }
            Expr::Cast(cast) => self.use_value(&cast.expr),
            Expr::Field(field) => self.use_value(&field.base),
            Expr::If(choice) => self.use_value(&choice.cond),
            Expr::Index(indexed) => self.use_value(&indexed.index),
            Expr::Let(tested) => self.use_value(&tested.expr),
            Expr::Match(choice) => self.use_value(&choice.expr),
            Expr::Reference(borrow) => self.use_value(&borrow.expr),
            Expr::Unary(operation) => self.use_value(&operation.expr),
            Expr::While(repeated) => self.use_value(&repeated.cond),
            _ => {}
        }
    }

    fn use_values<'ast>(&mut self, expressions: impl IntoIterator<Item = &'ast Expr>) {
        for expression in expressions {
            self.use_value(expression);
        }
    }

    /// `let y = x.extend(..);`, `let _ = set.insert(..);`
    pub(super) fn bound_value(&mut self, pattern: &Pat, value: &Expr) {
        self.dropped = matches!(pattern, Pat::Wild(_));
        if matches!(pattern, Pat::Ident(_)) {
            self.use_value(value);
        }
        self.visit_expr(value);
    }

    /// The value of the expression is used.
    fn use_value(&mut self, expression: &Expr) {
        match expression {
            Expr::MethodCall(call) => self.used.push(nodes::address(call)),
            Expr::Try(inner) => self.use_value(&inner.expr),
            Expr::Paren(inner) => self.use_value(&inner.expr),
            _ => {}
        }
    }

    /// `x.push(..)`, `x[i].push(..)`, `write!(x, ..).unwrap()`
    fn method_call(&mut self, call: &ExprMethodCall, dropped: bool) -> bool {
        let method = if self.fills_alike(call) {
            "get".to_owned()
        } else {
            call.method.to_string()
        };
        if let Some(path) = statics::of_method(call).filter(|_| method != "get") {
            self.note_static(path);
        }
        if let Expr::Macro(receiver) = &*call.receiver {
            // `unwrap` and `expect` leave nothing of the `Result`; `ok` another thing to drop.
            let settled = ["unwrap", "expect"].contains(&&*method) || (method == "ok" && dropped);
            self.macro_call(&receiver.mac, settled);
        } else if let Some(reached) = places::reached(&call.receiver) {
            let appends = APPENDS.contains(&&*method);
            let usage = match appends && places::pointee(&call.receiver).is_some() {
                true => Usage::Append {
                    method,
                    arguments: call.args.len(),
                    dropped,
                    used: self.used.contains(&nodes::address(call)),
                },
                false if methods::is_channel(call) => Usage::Channel(method),
                false if reached.indexed => Usage::ElementMethod(method),
                false => Usage::Method {
                    name: method,
                    statement: dropped.then_some(call.args.len()),
                },
            };
            self.record(&reached, call.method.span(), usage);
        } else {
            if let Some(reached) = changes::behind_a_lock(&call.receiver).filter(|_| dropped) {
                let usage = Usage::BehindGuard(method);
                let span = call.method.span();
                self.record_place(reached.place, span, usage, None, false);
            }
            return false;
        }
        self.note_passed(&call.args);
        for argument in &call.args {
            self.visit_expr(argument);
        }
        true
    }

    /// `&x`, `&mut x[i]`
    fn borrow(&mut self, inner: &Expr, mutable: bool) -> bool {
        let Some(reached) = places::reached(inner) else {
            if mutable {
                self.note_assigned(inner);
            }
            return false;
        };
        let usage = match (mutable, reached.indexed) {
            (true, true) => Usage::BorrowElementMut,
            (true, false) => Usage::BorrowMut,
            (false, true) => Usage::Element,
            (false, false) => Usage::Borrow,
        };
        self.record(&reached, reached.place.root.span(), usage);
        true
    }

    /// `write!(x, ..)` appends to `x`; of any other macro only its mentions are known.
    pub(super) fn macro_call(&mut self, call: &Macro, dropped: bool) {
        let name = macros::name(call);
        for variable in self.definitions.of_call(call) {
            let name = call.path.segments[0].ident.to_string();
            self.record_variable(&variable, Usage::UnknownMacro(name));
        }
        for variable in formats::of_call(call) {
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
        let used = self.used.len();
        for argument in arguments {
            self.use_value(argument);
            self.visit_expr(argument);
        }
        self.in_macro = around;
        // The arguments are parsed anew each time, and another expression may come to stand there.
        self.used.truncate(used);
    }

    /// A macro that may do anything with the variables it mentions.
    pub(super) fn opaque(&mut self, call: &Macro) {
        let name = macros::name(call);
        for variable in formats::captures(call.tokens.clone()) {
            self.record_variable(&variable, Usage::FormatString(name.clone()));
        }
        for variable in macros::variables(call.tokens.clone()) {
            self.record_variable(&variable, Usage::UnknownMacro(name.clone()));
        }
    }

    pub(super) fn record_variable(&mut self, variable: &Ident, usage: Usage) {
        let place = Place {
            root: variable.clone(),
            fields: Vec::new(),
        };
        self.record_place(place, variable.span(), usage, None, false);
    }

    pub(super) fn record(&mut self, reached: &Reached<'_>, span: Span, usage: Usage) {
        let own = reached.first_index().cloned();
        self.record_place(reached.place.clone(), span, usage, own.as_ref(), false);
        for index in &reached.indices {
            self.visit_expr(index);
        }
    }

    pub(super) fn record_target(&mut self, target: &Target, usage: Usage) {
        let (place, span) = (target.place.clone(), target.place.root.span());
        self.record_place(place, span, usage, None, target.dereferenced);
    }

    fn record_place(
        &mut self,
        place: Place,
        span: Span,
        usage: Usage,
        index: Option<&Ident>,
        dereferenced: bool,
    ) {
        let usage = match (&self.in_macro, usage) {
            // The arguments of a macro are out of reach for `expand`.
            (Some(_), usage @ Usage::Append { used: true, .. }) => usage,
            (Some(name), Usage::Append { .. } | Usage::WriteMacro { .. }) => {
                Usage::AppendInMacro(name.clone())
            }
            (Some(name), Usage::Step(_) | Usage::AssignElement { .. }) => {
                Usage::ChangeInMacro(name.clone())
            }
            (_, usage) => usage,
        };
        let binding = self.scope.lookup(&place.root.to_string());
        let declared = binding.map_or(Declared::Unknown, |binding| binding.declared);
        let mention = Mention {
            place,
            span,
            declared,
            usage,
            dereferenced,
            own: false,
            site: self.site,
        };
        self.note(&mention, index);
    }
}

/// Functions to which `()` is as good as any other value.
fn takes_anything(function: &Expr) -> bool {
    let Expr::Path(function) = function else {
        return true;
    };
    function.path.segments.last().is_none_or(|name| {
        let name = name.ident.to_string();
        name == "drop" || name == "black_box" || name.starts_with(char::is_uppercase)
    })
}

/// `x` of `&mut x`
fn without_borrow(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(borrow) if borrow.mutability.is_some() => &borrow.expr,
        _ => expression,
    }
}
