//! Uses of a variable that show the order of its elements: `table.keys().next()`,
//! `set.iter().enumerate()`, `weights.values().sum::<f64>()`. Whether it is a hash table, its type says.
//!
//! Invariant: uses that are left out here give the same in any order, or leave the order to a sort.

use super::names::Names;
use crate::model::{Listed, Ordered, Place};
use crate::syntax::sums::{self, Sum};
use crate::syntax::{formats, iterating, listed, macros, nodes, places, sorting};
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprClosure, ExprForLoop, ExprLet, ExprMacro, ExprMethodCall,
    GenericArgument, Item, Local, Macro, Pat, StmtMacro, Type,
};

/// Uses of variables in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    /// The variables whose order it shows.
    pub(crate) shown: Vec<Ordered>,
    /// Variables that it goes through to fill a list, and the list.
    pub(crate) listed: Vec<Listed>,
}

/// After the opening of the loop.
pub(super) fn orders(of: &ExprForLoop) -> Orders {
    let mut walk = Walk {
        body: &of.body,
        names: Names::default(),
        settled: Vec::new(),
        found: Orders::default(),
    };
    walk.own(&of.pat);
    walk.visit_block(&of.body);
    walk.found
}

/// A variable around the loop, or an iterator over it.
#[derive(Clone)]
struct Way {
    place: Place,
    goes: bool,
}

struct Walk<'ast> {
    body: &'ast Block,
    /// The body's own names, each with the variable that it is another name of.
    names: Names<Option<Way>>,
    /// Calls that show nothing.
    settled: Vec<*const ()>,
    found: Orders,
}

impl Walk<'_> {
    fn own(&mut self, pattern: &Pat) {
        self.names.bind_pattern(pattern, &None);
    }

    /// Visits what has names of its own.
    fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        let around = self.names.len();
        inside(self);
        self.names.truncate(around);
    }

    fn way(&self, expression: &Expr) -> Option<Way> {
        match expression {
            Expr::Reference(borrow) => self.way(&borrow.expr),
            Expr::Paren(inner) => self.way(&inner.expr),
            Expr::Group(inner) => self.way(&inner.expr),
            Expr::MethodCall(call) => {
                let way = self.way(&call.receiver)?;
                let name = &*call.method.to_string();
                if way.goes {
                    return iterating::stays(name).then_some(way);
                }
                let goes = iterating::goes(name);
                let leads = ["as_ref", "borrow", "clone", "deref", "to_owned"].contains(&name);
                (goes || leads).then_some(Way { goes, ..way })
            }
            _ => {
                let reached = places::reached(expression).filter(|reached| !reached.indexed)?;
                match self.names.get(&reached.place.root) {
                    None => Some(Way {
                        place: reached.place,
                        goes: false,
                    }),
                    Some(way) => {
                        let mut way = way.clone()?;
                        way.place.fields.extend(reached.place.fields);
                        Some(way)
                    }
                }
            }
        }
    }

    /// The variable that an iterator goes through: `table.values()`
    fn goes(&self, expression: &Expr) -> Option<Place> {
        self.way(expression)
            .filter(|way| way.goes)
            .map(|way| way.place)
    }

    fn show(&mut self, place: Place, only_floats: bool) {
        let shown = &mut self.found.shown;
        let known = shown.iter_mut().find(|known| known.place == place);
        match known {
            Some(known) => known.only_floats &= only_floats,
            None => shown.push(Ordered { place, only_floats }),
        }
    }

    /// Notes the order that the call shows; `ty` is the type of its value, where that is written.
    fn call(&mut self, call: &ExprMethodCall, ty: Option<&Type>) {
        let name = &*call.method.to_string();
        let Some(place) = self.goes(&call.receiver) else {
            return;
        };
        let said = call.turbofish.as_ref().and_then(|said| said.args.first());
        let ty = match said {
            Some(GenericArgument::Type(ty)) => Some(ty),
            _ => ty,
        };
        if iterating::shows(name) || (name == "collect" && ty.is_some_and(iterating::is_list)) {
            self.show(place, false);
        } else if let Some(Sum { only_floats }) = sums::of_call(call, ty) {
            self.show(place, only_floats);
        }
    }

    fn macro_call(&mut self, call: &Macro) {
        let name = macros::name(call);
        let arguments = macros::known_arguments(call).unwrap_or_default();
        if ["format", "write", "writeln"].contains(&&*name) {
            let named = formats::of_call(call).into_iter().filter_map(|name| {
                let known = self.way(&places::alone(name))?;
                Some(known.place)
            });
            // What `write!` writes to comes first.
            let given = arguments.iter().skip(usize::from(name != "format"));
            let given = given.filter_map(|argument| Some(self.way(argument)?.place));
            let printed: Vec<Place> = named.chain(given).collect();
            for place in printed {
                self.show(place, false);
            }
        }
        let settled = self.settled.len();
        for argument in &arguments {
            self.visit_expr(argument);
        }
        // They are parsed anew each time, and other calls may come to stand there.
        self.settled.truncate(settled);
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|walk| visit::visit_block(walk, block));
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        let value = local.init.as_ref().map(|init| match &*init.expr {
            Expr::Try(tried) => &*tried.expr,
            value => value,
        });
        let name = match pattern {
            Pat::Ident(name) => Some(&name.ident),
            _ => None,
        };
        if let Some(Expr::MethodCall(call)) = value {
            // `let mut keys: Vec<_> = table.keys().collect(); keys.sort();`
            let is_sorted = call.method == "collect"
                && name.is_some_and(|name| sorting::may_be_sorted(self.body, name));
            if !is_sorted {
                self.call(call, ty);
            }
            self.settled.push(nodes::address(call));
        }
        visit::visit_local(self, local);
        let way = value.and_then(|value| self.way(value));
        self.own(pattern);
        if let (Some(name), Some(way)) = (name, way) {
            self.names.bind(name.clone(), Some(way));
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.settled.extend(iterating::forgotten(call));
        if !self.settled.contains(&nodes::address(call)) {
            self.call(call, None);
        }
        // `list.iter().zip(&table)`
        if call.method == "zip"
            && let Some(way) = call.args.first().and_then(|other| self.way(other))
        {
            self.show(way.place, false);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.visit_expr(&node.expr);
        let way = self.way(&node.expr);
        if let Some(Way { place, .. }) = way {
            let lists = listed::filled(node).into_iter();
            self.found.listed.extend(lists.map(|list| Listed {
                table: place.clone(),
                list,
            }));
            if sums::adds_floats(node, &place) {
                self.show(place, true);
            }
        }
        self.scoped(|walk| {
            walk.own(&node.pat);
            walk.visit_block(&node.body);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|walk| {
            closure.inputs.iter().for_each(|input| walk.own(input));
            walk.visit_expr(&closure.body);
        });
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        self.visit_expr(&node.expr);
        self.own(&node.pat);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scoped(|walk| {
            walk.own(&arm.pat);
            visit::visit_arm(walk, arm);
        });
    }

    fn visit_expr_macro(&mut self, node: &'ast ExprMacro) {
        self.macro_call(&node.mac);
    }

    fn visit_stmt_macro(&mut self, node: &'ast StmtMacro) {
        self.macro_call(&node.mac);
    }

    // Nested items capture nothing.
    fn visit_item(&mut self, _: &'ast Item) {}
}
