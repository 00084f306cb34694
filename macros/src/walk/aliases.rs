//! Shared state that the body of a loop changes under another name, as an element of a list or a part of
//! one, or through its items: `let c = &COUNT; c.fetch_add(..)`, `slots.get(i).unwrap().store(..)`,
//! `rows[i].hits.store(..)`, `for row in &rows { row.hits.store(..) }`.
//!
//! Invariant: the type of each variable found here is asked; reading, `load`, is not found.

use super::guards;
use super::names::Names;
use super::statics::is_shouted;
use super::target::{Root, Target, has_parts, is_place, makes, written};
use crate::model::{Inside, Place, Static};
use crate::syntax::methods::CHANGES;
use crate::syntax::{macros, patterns};
use syn::visit::{self, Visit};
use syn::{
    Arm, Expr, ExprCall, ExprForLoop, ExprLet, ExprMethodCall, Ident, Item, Local, LocalInit, Pat,
    StmtMacro,
};

/// Methods that lead from a list to its elements. Uses behind a lock are for `guards` to judge.
const LEADS: [&str; 10] = [
    "as_ref", "clone", "deref", "expect", "first", "get", "iter", "last", "unwrap", "values",
];

/// The changes of a body under other names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changed {
    pub(crate) variables: Vec<Place>,
    pub(crate) statics: Vec<Static>,
    pub(crate) of_items: Vec<Place>,
    /// Fields of elements, with the variable or static around and the method that is called on them.
    pub(crate) inside: Vec<(Ident, Inside)>,
}

/// `misused` are the variables whose locks do more than a cache does.
pub(super) fn changed(of: &ExprForLoop, misused: &[Ident]) -> Changed {
    let mut aliases = Aliases {
        misused: misused.to_vec(),
        ..Aliases::default()
    };
    // A whole item is asked about with the loop's source.
    let is_part = !matches!(*of.pat, Pat::Ident(_));
    for name in patterns::idents(&of.pat) {
        let target = Target {
            root: Root::Item,
            is_part,
            ..Target::of(name.clone().into())
        };
        aliases.names.bind(name, Some(target));
    }
    aliases.visit_block(&of.body);
    let Aliases {
        mut changed,
        elsewhere,
        ..
    } = aliases;
    changed
        .inside
        .retain(|(_, inside)| !elsewhere.contains(&inside.receiver));
    changed
}

#[derive(Default)]
struct Aliases {
    /// The body's own names, each with the target that it is another name of.
    names: Names<Option<Target>>,
    misused: Vec<Ident>,
    changed: Changed,
    /// Receivers that are the body's own.
    elsewhere: Vec<String>,
}

impl Aliases {
    fn target(&self, expression: &Expr) -> Option<Target> {
        match expression {
            Expr::Path(path) if path.qself.is_none() => {
                let name = path.path.get_ident();
                let known = name.and_then(|name| self.names.get(name));
                let own = || Some(Target::of(path.path.clone()));
                known.map_or_else(own, Option::clone)
            }
            Expr::Field(field) => {
                let mut target = self.target(&field.base)?;
                if target.is_element || target.root == Root::Item {
                    target.is_part = true;
                }
                if !target.is_element {
                    target.fields.push(field.member.clone());
                }
                Some(target)
            }
            Expr::Index(index) => self.element(&index.expr, true),
            Expr::MethodCall(call) => {
                let leads = LEADS.contains(&&*call.method.to_string());
                leads.then(|| self.element(&call.receiver, false))?
            }
            Expr::Reference(borrow) => self.target(&borrow.expr),
            Expr::Unary(inner) => self.target(&inner.expr),
            Expr::Paren(inner) => self.target(&inner.expr),
            Expr::Try(inner) => self.target(&inner.expr),
            _ => None,
        }
    }

    /// The target that a variable is another name of.
    fn bound(&self, value: &Expr) -> Option<Target> {
        let target = self.target(value)?;
        Some(if makes(value) {
            target.of_value()
        } else {
            target
        })
    }

    fn element(&self, list: &Expr, is_seen: bool) -> Option<Target> {
        let target = self.target(list)?;
        Some(Target {
            is_element: true,
            is_plain: target.is_plain && is_seen,
            ..target
        })
    }

    fn bind(&mut self, pattern: &Pat, value: Option<&Target>) {
        let alias = value.map(|target| Target {
            is_plain: false,
            ..target.clone()
        });
        let alias = match pattern {
            // Of an element, which is found by its parts.
            _ if has_parts(pattern) => alias.map(|target| Target {
                is_part: target.is_part || target.is_element || target.root == Root::Item,
                ..target
            }),
            _ => alias,
        };
        let Pat::Struct(whole) = pattern else {
            for name in patterns::names(pattern) {
                let alias = alias.clone();
                // What can be changed is a copy.
                let alias = match name.mutability {
                    Some(_) => alias.map(Target::of_value),
                    None => alias,
                };
                self.names.bind(name.ident.clone(), alias);
            }
            return;
        };
        for field in &whole.fields {
            let part = alias.clone().map(|mut part| {
                if !part.is_element {
                    part.fields.push(field.member.clone());
                }
                part
            });
            self.bind(&field.pat, part.as_ref());
        }
    }

    /// Of a value that may be of an enum, whose fields have no place of their own.
    fn bind_part(&mut self, pattern: &Pat, value: Option<Target>) {
        let part = value.map(|target| Target {
            is_element: true,
            ..target
        });
        self.bind(pattern, part.as_ref());
    }

    /// A lock that does more than a cache: `row.total.lock()`
    fn misuses(&self, call: &ExprMethodCall) -> bool {
        let opens = ["lock", "try_lock", "try_write", "write"].contains(&&*call.method.to_string());
        let is_misused = |root: Ident| self.misused.contains(&root);
        opens && guards::root(&call.receiver).is_some_and(is_misused) && {
            let target = self.target(&call.receiver);
            target.is_some_and(|target| target.root == Root::Item || target.is_inside())
        }
    }

    fn inside(&mut self, call: &ExprMethodCall, target: &Target) {
        let root = target.path.segments.last().map(|name| name.ident.clone());
        let inside = Inside {
            receiver: written(&call.receiver),
            method: call.method.to_string(),
        };
        self.changed.inside.extend(root.map(|root| (root, inside)));
    }

    fn change(&mut self, target: Target) {
        let is_static = is_shouted(&target.path);
        match target.path.get_ident() {
            Some(root) if target.root == Root::Item && target.is_part && !target.is_element => {
                let (root, fields) = (root.clone(), target.fields);
                let place = Place { root, fields };
                if !self.changed.of_items.contains(&place) {
                    self.changed.of_items.push(place);
                }
            }
            _ if target.root == Root::Item => {}
            Some(root) if !is_static && !target.is_plain => {
                self.changed.variables.push(Place {
                    root: root.clone(),
                    fields: target.fields,
                });
            }
            _ if is_static => self.changed.statics.push(Static {
                path: target.path,
                fields: target.fields,
            }),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Aliases {
    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        let value = local.init.as_ref();
        let target = value.and_then(|init| self.bound(&init.expr));
        match value {
            Some(LocalInit { diverge: None, .. }) => self.bind(&local.pat, target.as_ref()),
            _ => self.bind_part(&local.pat, target),
        }
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        visit::visit_expr_let(self, node);
        let target = self.bound(&node.expr);
        self.bind_part(&node.pat, target);
    }

    fn visit_expr_match(&mut self, node: &'ast syn::ExprMatch) {
        self.visit_expr(&node.expr);
        let target = self.bound(&node.expr);
        for Arm { pat, body, .. } in &node.arms {
            self.bind_part(pat, target.clone());
            if let Pat::Guard(guarded) = pat {
                self.visit_expr(&guarded.guard);
            }
            self.visit_expr(body);
        }
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.visit_expr(&node.expr);
        let target = self.element(&node.expr, false);
        self.bind(&node.pat, target.as_ref());
        self.visit_block(&node.body);
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        for input in &closure.inputs {
            self.bind(input, None);
        }
        visit::visit_expr_closure(self, closure);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        // `get_or_init` is judged by its argument.
        let opens = LEADS.contains(&&*name)
            || ["get_or_init", "lock", "try_lock", "try_write", "write"].contains(&&*name);
        let opens = opens && !self.misuses(call);
        if CHANGES.contains(&&*name) && !opens {
            match self.target(&call.receiver) {
                Some(target) if target.is_inside() && is_place(&call.receiver) => {
                    self.inside(call, &target);
                }
                Some(target) => self.change(target),
                None => self.elsewhere.push(written(&call.receiver)),
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    /// `bump(&COUNT)`, `bump(counter)`
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        for argument in &call.args {
            let is_lent = matches!(argument, Expr::Reference(_) | Expr::Path(_));
            if is_lent
                && let Some(target) = self.target(argument)
                && (!target.is_plain || matches!(argument, Expr::Reference(_)))
            {
                self.change(target);
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_stmt_macro(&mut self, statement: &'ast StmtMacro) {
        for name in macros::defined_statics(&statement.mac) {
            self.names.bind(name, None);
        }
    }

    // Nested items capture nothing.
    fn visit_item(&mut self, item: &'ast Item) {
        // Out of sight where the types are asked.
        if let Item::Static(item) = item {
            self.names.bind(item.ident.clone(), None);
        }
    }
}
