//! Variables that hold the lock of standard output or standard error while a loop runs:
//! `let mut w = stdout().lock();`. A body that prints on another thread would wait for it until the
//! loop is over, so such a loop runs on the thread that has the lock, which may lock it again.
//!
//! Invariant: a lock counts as held until it is dropped by name or its block ends.

use super::scope::Scope;
use crate::syntax::patterns;
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprClosure, ExprMethodCall, FnArg, Local, Pat, Signature, Type};

/// The locks that the function holds at the visited node, by the numbers of bindings.
#[derive(Debug, Default)]
pub(super) struct Streams {
    held: Vec<(usize, Ident)>,
    unlocked: Vec<usize>,
}

impl Streams {
    /// `fn report(w: &mut StdoutLock)`
    pub(super) fn hold_parameters(&mut self, signature: &Signature, scope: &Scope) {
        for input in &signature.inputs {
            if let FnArg::Typed(parameter) = input
                && names_a_lock(&parameter.ty)
            {
                self.hold(&parameter.pat, scope);
            }
        }
    }

    /// After `let w = ..` was bound.
    pub(super) fn hold_local(&mut self, local: &Local, scope: &Scope) {
        let typed = matches!(&local.pat, Pat::Type(typed) if names_a_lock(&typed.ty));
        let Some(init) = &local.init else { return };
        let mut locking = Locking {
            streams: self,
            scope,
            locks: false,
        };
        locking.visit_expr(&init.expr);
        if typed || locking.locks {
            self.hold(&local.pat, scope);
        } else if is_stream(&init.expr) {
            let bound: Vec<usize> = bound(&local.pat, scope).map(|(id, _)| id).collect();
            self.unlocked.extend(bound);
        }
    }

    /// `drop(w)`
    pub(super) fn release(&mut self, call: &ExprCall, scope: &Scope) {
        let drops = named(&call.func).is_some_and(|name| name == "drop");
        if let Some(Expr::Path(path)) = call.args.first().filter(|_| drops)
            && let Some(name) = path.path.get_ident()
            && let Some(binding) = scope.lookup(&name.to_string())
        {
            self.held.retain(|(id, _)| *id != binding.id);
        }
    }

    /// A variable that holds a lock here.
    pub(super) fn held(&self, scope: &Scope) -> Option<Ident> {
        let mut held = self.held.iter();
        let is_visible = |(id, name): &&(usize, Ident)| {
            let binding = scope.lookup(&name.to_string());
            binding.is_some_and(|binding| binding.id == *id)
        };
        held.find(is_visible).map(|(_, name)| name.clone())
    }

    fn hold(&mut self, pattern: &Pat, scope: &Scope) {
        let bound: Vec<(usize, Ident)> = bound(pattern, scope).collect();
        self.held.extend(bound);
    }
}

fn bound(pattern: &Pat, scope: &Scope) -> impl Iterator<Item = (usize, Ident)> {
    patterns::names(pattern).into_iter().filter_map(|name| {
        let binding = scope.lookup(&name.ident.to_string())?;
        Some((binding.id, name.ident.clone()))
    })
}

/// `stdout().lock()`, `BufWriter::new(out.lock())` with a variable `out` that is the stream, or what is
/// made of a variable that has the lock.
struct Locking<'walk> {
    streams: &'walk Streams,
    scope: &'walk Scope,
    locks: bool,
}

impl Locking<'_> {
    fn is(&self, expression: &Expr, numbers: impl Fn(usize) -> bool) -> bool {
        let Expr::Path(path) = expression else {
            return false;
        };
        let name = path.path.get_ident().map(ToString::to_string);
        let binding = name.and_then(|name| self.scope.lookup(&name));
        binding.is_some_and(|binding| numbers(binding.id))
    }
}

impl<'ast> Visit<'ast> for Locking<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let unlocked = |id| self.streams.unlocked.contains(&id);
        let stream = is_stream(&call.receiver) || self.is(&call.receiver, unlocked);
        self.locks |= call.method == "lock" && stream;
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let held = |id| self.streams.held.iter().any(|(held, _)| *held == id);
        self.locks |= call.args.iter().any(|argument| self.is(argument, held));
        visit::visit_expr_call(self, call);
    }

    // A lock that is taken in there is released at the end, or later.
    fn visit_block(&mut self, _: &'ast Block) {}

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
}

/// `stdout()`, `std::io::stderr()`
fn is_stream(expression: &Expr) -> bool {
    match expression {
        Expr::Call(call) => {
            call.args.is_empty()
                && named(&call.func).is_some_and(|name| name == "stdout" || name == "stderr")
        }
        Expr::Paren(inner) => is_stream(&inner.expr),
        _ => false,
    }
}

fn named(function: &Expr) -> Option<&Ident> {
    match function {
        Expr::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

fn names_a_lock(ty: &Type) -> bool {
    struct Names(bool);

    impl<'ast> Visit<'ast> for Names {
        fn visit_ident(&mut self, name: &'ast Ident) {
            self.0 |= name == "StdoutLock" || name == "StderrLock";
        }
    }

    let mut names = Names(false);
    names.visit_type(ty);
    names.0
}
