//! Where the body of a loop goes through a variable in a way that shows the order: `table.keys().next()`,
//! `set.iter().enumerate()`, `weights.values().sum::<f64>()`. Whether it is a hash table, its type says.
//!
//! Invariant: what is left out here gives the same in any order, or leaves the order to a sort.

use crate::model::{Listed, Ordered, Place};
use crate::syntax::sums::{self, Sum};
use crate::syntax::{formats, iterating, listed, macros, nodes, patterns, places, sorting};
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprClosure, ExprForLoop, ExprLet, ExprMacro, ExprMethodCall,
    GenericArgument, Item, Local, Macro, Pat, StmtMacro, Type,
};

/// What the body does with variables in their order.
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
        names: Vec::new(),
        settled: Vec::new(),
        found: Orders::default(),
    };
    walk.own(&of.pat);
    walk.visit_block(&of.body);
    walk.found
}

/// A variable around the loop, or what goes through it.
#[derive(Clone)]
struct Way {
    place: Place,
    goes: bool,
}

struct Walk<'ast> {
    body: &'ast Block,
    /// The body's own names, and what they are other names of.
    names: Vec<(Ident, Option<Way>)>,
    /// Calls that show nothing.
    settled: Vec<*const ()>,
    found: Orders,
}

impl Walk<'_> {
    fn own(&mut self, pattern: &Pat) {
        let names = patterns::names(pattern).into_iter();
        self.names
            .extend(names.map(|name| (name.ident.clone(), None)));
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
                let mut known = self.names.iter().rev();
                match known.find(|(known, _)| *known == reached.place.root) {
                    None => Some(Way {
                        place: reached.place,
                        goes: false,
                    }),
                    Some((_, way)) => {
                        let mut way = way.clone()?;
                        way.place.fields.extend(reached.place.fields);
                        Some(way)
                    }
                }
            }
        }
    }

    /// What goes through a variable: `table.values()`
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

    /// What the call shows; the type of its value, where that is said.
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
        let around = self.names.len();
        visit::visit_block(self, block);
        self.names.truncate(around);
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
            self.names.push((name.clone(), Some(way)));
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
        let around = self.names.len();
        self.own(&node.pat);
        self.visit_block(&node.body);
        self.names.truncate(around);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        let around = self.names.len();
        closure.inputs.iter().for_each(|input| self.own(input));
        self.visit_expr(&closure.body);
        self.names.truncate(around);
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        self.visit_expr(&node.expr);
        self.own(&node.pat);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let around = self.names.len();
        self.own(&arm.pat);
        visit::visit_arm(self, arm);
        self.names.truncate(around);
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
