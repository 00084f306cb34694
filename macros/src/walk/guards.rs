//! Locks that the body of a loop opens, told apart by their use: as a cache, which looks things up and puts
//! in values that it has computed itself, or otherwise.
//!
//! Invariant: a lock that is left out here is read, or filled by key.

use super::names::Names;
use crate::syntax::methods::GUARDS;
use crate::syntax::{places, steps};
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Arm, Block, Expr, ExprCall, ExprLet, ExprMethodCall, Item, Local, Pat, Stmt};

/// Methods that may be called on the inside of a lock.
const OF_A_CACHE: [&str; 27] = [
    "as_deref",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "clone",
    "cloned",
    "contains",
    "contains_key",
    "copied",
    "entry",
    "first",
    "get",
    "get_key_value",
    "insert",
    "is_empty",
    "is_none",
    "is_some",
    "iter",
    "keys",
    "last",
    "len",
    "to_owned",
    "to_string",
    "to_vec",
    "values",
    "deref",
];

/// Methods that lead from a lock to its inside.
const OPENERS: [&str; 5] = [
    "expect",
    "ok",
    "unwrap",
    "unwrap_or_else",
    "unwrap_or_default",
];

/// Methods that change something found inside.
const CHANGES_CONTENT: [&str; 14] = [
    "and_modify",
    "append",
    "clear",
    "drain",
    "extend",
    "pop",
    "push",
    "push_back",
    "push_front",
    "push_str",
    "remove",
    "replace",
    "take",
    "truncate",
];

/// The variables whose locks are used otherwise.
pub(super) fn misused(body: &Block) -> Vec<Ident> {
    let mut guards = Guards::default();
    guards.visit_block(body);
    let Guards {
        mut misused,
        surveyed,
        filled,
        ..
    } = guards;
    misused.extend(surveyed.into_iter().filter(|lock| filled.contains(lock)));
    misused
}

#[derive(Default)]
struct Guards {
    /// Variables that hold a guard, and whose.
    open: Names<Ident>,
    /// Variables that hold a `&mut` to something inside: `let count = map.entry(key).or_insert(0);`
    inside: Names<Ident>,
    misused: Vec<Ident>,
    /// Locks whose content is counted or gone through: earlier iterations decide what is seen.
    surveyed: Vec<Ident>,
    /// Locks that something is put into.
    filled: Vec<Ident>,
    /// Calls whose values are dropped.
    dropped: Vec<*const ExprMethodCall>,
}

/// Methods that look at all that is inside.
const SURVEYS: [&str; 7] = ["first", "is_empty", "iter", "keys", "last", "len", "values"];

impl Guards {
    /// The lock that an expression opens, or a variable that holds it open.
    fn lock(&self, expression: &Expr) -> Option<Ident> {
        match expression {
            Expr::MethodCall(call) => {
                let name = call.method.to_string();
                let tries = name.strip_prefix("try_").unwrap_or(&name);
                if GUARDS.contains(&tries) {
                    return root(&call.receiver);
                }
                let opens = OPENERS.contains(&&*name);
                opens.then(|| self.lock(&call.receiver))?
            }
            Expr::Path(path) => self.open.get(path.path.get_ident()?).cloned(),
            Expr::Try(inner) => self.lock(&inner.expr),
            Expr::Paren(inner) => self.lock(&inner.expr),
            Expr::Unary(inner) => self.lock(&inner.expr),
            Expr::Reference(inner) => self.lock(&inner.expr),
            _ => None,
        }
    }

    /// The lock that something lies behind, through fields, indices and calls.
    fn behind(&self, expression: &Expr) -> Option<Ident> {
        self.lock(expression).or_else(|| match expression {
            Expr::MethodCall(call) => self.behind(&call.receiver),
            Expr::Field(field) => self.behind(&field.base),
            Expr::Index(index) => self.behind(&index.expr),
            Expr::Unary(inner) => self.behind(&inner.expr),
            Expr::Paren(inner) => self.behind(&inner.expr),
            Expr::Try(inner) => self.behind(&inner.expr),
            Expr::Reference(inner) => self.behind(&inner.expr),
            Expr::Path(path) => self.inside.get(path.path.get_ident()?).cloned(),
            _ => None,
        })
    }

    fn hold(&mut self, pattern: &Pat, value: &Expr) {
        if let Some(lock) = self.lock(value) {
            self.open.bind_pattern(pattern, &lock);
        } else if has_entry(value)
            && let Some(lock) = self.behind(value)
        {
            self.inside.bind_pattern(pattern, &lock);
        }
    }
}

/// The variable whose lock is opened, also of an element: `locks.get(i).unwrap()`
pub(super) fn root(expression: &Expr) -> Option<Ident> {
    if let Some(reached) = places::reached(expression) {
        return Some(reached.place.root);
    }
    match expression {
        Expr::MethodCall(call) => root(&call.receiver),
        Expr::Try(inner) => root(&inner.expr),
        Expr::Paren(inner) => root(&inner.expr),
        Expr::Reference(inner) => root(&inner.expr),
        Expr::Unary(inner) => root(&inner.expr),
        _ => None,
    }
}

/// `map.entry(key).or_insert(0)`, and no value that was copied out of it.
fn has_entry(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => call.method == "entry" || has_entry(&call.receiver),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Guards {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement {
            self.dropped.push(call);
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_expr_for_loop(&mut self, node: &'ast syn::ExprForLoop) {
        self.visit_expr(&node.expr);
        self.hold(&node.pat, &node.expr);
        self.visit_block(&node.body);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        if let Some(init) = &local.init {
            self.hold(&local.pat, &init.expr);
        }
    }

    fn visit_expr_let(&mut self, node: &'ast ExprLet) {
        visit::visit_expr_let(self, node);
        self.hold(&node.pat, &node.expr);
    }

    fn visit_expr_match(&mut self, node: &'ast syn::ExprMatch) {
        self.visit_expr(&node.expr);
        for Arm { pat, body, .. } in &node.arms {
            self.hold(pat, &node.expr);
            self.visit_expr(body);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        let direct = self.lock(&call.receiver);
        let is_cached = OF_A_CACHE.contains(&&*name) || OPENERS.contains(&&*name);
        // Into a set, or with the value that was there: what comes first decides.
        let decides = name == "insert"
            && (call.args.len() == 1 || !self.dropped.contains(&std::ptr::from_ref(call)));
        if SURVEYS.contains(&&*name) {
            self.surveyed.extend(direct.clone());
        }
        if name == "insert" || name == "entry" {
            self.filled.extend(direct.clone());
        }
        if direct.is_some() && (!is_cached || decides) {
            self.misused.extend(direct);
        } else if CHANGES_CONTENT.contains(&&*name) {
            self.misused.extend(self.behind(&call.receiver));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, node: &'ast syn::ExprAssign) {
        self.misused.extend(self.behind(&node.left));
        visit::visit_expr_assign(self, node);
    }

    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        if steps::by_operator(&node.op).is_some() {
            self.misused.extend(self.behind(&node.left));
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_reference(&mut self, node: &'ast syn::ExprReference) {
        if node.mutability.is_some() {
            self.misused.extend(self.behind(&node.expr));
        }
        visit::visit_expr_reference(self, node);
    }

    /// Out of sight, but for `drop(guard)`.
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let drops = matches!(&*call.func, Expr::Path(f) if f.path.segments.last().is_some_and(|s| s.ident == "drop"));
        for argument in call.args.iter().filter(|_| !drops) {
            if !matches!(argument, Expr::Unary(_)) {
                self.misused.extend(self.lock(argument));
            }
        }
        visit::visit_expr_call(self, call);
    }

    // Nested items capture nothing.
    fn visit_item(&mut self, _: &'ast Item) {}
}
