//! The places that a piece of code uses, and those that it may change by what it says.
//!
//! Invariant: none is left out. Of a macro that is not known, every name is one, and may be changed.

use super::steps::by_operator;
use super::{formats, macros, places};
use crate::model::Place;
use syn::visit::{self, Visit};
use syn::{
    Expr, ExprAssign, ExprBinary, ExprMethodCall, ExprReference, Ident, Item, Macro, Stmt, UnOp,
};

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub(crate) place: Place,
    pub(crate) change: Change,
    /// It is used as `*x`.
    pub(crate) dereferenced: bool,
}

/// Whether code changes a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    #[default]
    No,
    /// What it is given to does, where it is a reference.
    Given,
    /// A method does, or a macro.
    Perhaps,
    /// It is assigned to, or lent by `&mut`.
    Surely,
}

/// All of a statement, in the order of the text.
pub(crate) fn of_statement(statement: &Stmt) -> Vec<Use> {
    let mut uses = Uses::default();
    uses.visit_stmt(statement);
    uses.found
}

#[derive(Default)]
struct Uses {
    found: Vec<Use>,
    change: Change,
}

impl Uses {
    fn name(&mut self, root: Ident, change: Change) {
        let place = Place {
            root,
            fields: Vec::new(),
        };
        self.found.push(Use {
            place,
            change,
            dereferenced: false,
        });
    }

    fn arguments<'ast>(&mut self, arguments: impl IntoIterator<Item = &'ast Expr>) {
        for argument in arguments {
            let is_place = places::whole(argument).is_some();
            self.with(if is_place { Change::Given } else { Change::No }, argument);
        }
    }

    /// Visits the way to what is changed, or what is not.
    fn with(&mut self, change: Change, expression: &Expr) {
        let around = std::mem::replace(&mut self.change, change);
        self.visit_expr(expression);
        self.change = around;
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        let place = match expression {
            Expr::Path(_) | Expr::Field(_) => places::whole(expression),
            _ => None,
        };
        match place {
            Some(place) => self.found.push(Use {
                place,
                change: self.change,
                dereferenced: false,
            }),
            None => visit::visit_expr(self, expression),
        }
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        let first = self.found.len();
        visit::visit_expr_unary(self, node);
        let is_place = places::whole(&node.expr).is_some();
        if matches!(node.op, UnOp::Deref(_)) && is_place {
            self.found[first].dereferenced = true;
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        self.with(Change::No, &call.func);
        self.arguments(&call.args);
    }

    fn visit_expr_assign(&mut self, node: &'ast ExprAssign) {
        self.with(Change::Surely, &node.left);
        self.with(Change::No, &node.right);
    }

    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        if by_operator(&node.op).is_some() {
            self.with(Change::Surely, &node.left);
        } else {
            self.with(Change::No, &node.left);
        }
        self.with(Change::No, &node.right);
    }

    fn visit_expr_reference(&mut self, node: &'ast ExprReference) {
        if node.mutability.is_some() {
            self.with(Change::Surely, &node.expr);
        } else {
            visit::visit_expr_reference(self, node);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.with(Change::Perhaps, &call.receiver);
        self.arguments(&call.args);
    }

    fn visit_expr_index(&mut self, node: &'ast syn::ExprIndex) {
        self.visit_expr(&node.expr);
        self.with(Change::No, &node.index);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let Some(arguments) = macros::known_arguments(call) else {
            let names = formats::mentioned(&call.tokens);
            let captured = formats::of_call(call);
            return names
                .into_iter()
                .chain(captured)
                .for_each(|name| self.name(name, Change::Perhaps));
        };
        // `write!(x, ..)`
        let writes = macros::name(call).starts_with("write");
        for (at, argument) in arguments.iter().enumerate() {
            if writes && at == 0 {
                self.with(Change::Surely, argument);
            } else {
                self.with(Change::No, argument);
            }
        }
        for name in formats::of_call(call) {
            self.name(name, Change::No);
        }
    }

    // Nested items capture nothing.
    fn visit_item(&mut self, _: &'ast Item) {}
}

#[cfg(test)]
mod tests {
    use super::{Change, of_statement};

    #[test]
    fn all_places_are_told() {
        for (code, expected) in [
            ("total = next(total, *x, y);", "total! next total' *x y'"),
            (
                "self.out[i + k] += self.scale(y.0);",
                "self.out! i k self? y.0'",
            ),
            ("println!(\"{done} of {}\", names.len());", "names? done"),
            ("write!(text, \"{x}\").unwrap();", "text! x"),
            ("own!(a, b = \"{c}\");", "a? b? c?"),
            (
                "let k = map.entry(key).or_insert(f(&mut state));",
                "map? key' f state!",
            ),
            (
                "if let Some(x) = &best { n = Point { x, y: z.len() }; }",
                "best n! x z?",
            ),
        ] {
            let statement = syn::parse_str(code).expect("a statement");
            let uses = of_statement(&statement).into_iter().map(|each| {
                let before = if each.dereferenced { "*" } else { "" };
                let after = match each.change {
                    Change::No => "",
                    Change::Given => "'",
                    Change::Perhaps => "?",
                    Change::Surely => "!",
                };
                format!("{before}{}{after}", each.place)
            });
            assert_eq!(uses.collect::<Vec<_>>().join(" "), expected, "{code}");
        }
    }
}
