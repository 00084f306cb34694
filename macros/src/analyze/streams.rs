//! Variables that hold the lock of standard output or standard error while a loop runs:
//! `let mut w = stdout().lock();`. A body that prints on another thread would wait for it until the
//! loop is over, so such a loop runs on the thread that has the lock, which may lock it again.
//!
//! Invariant: a lock counts as held until it is dropped by name or its block ends.

use super::scope;
use super::walk::Walker;
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprClosure, ExprMethodCall, FnArg, Local, Pat, Signature, Type};

/// What the function holds at the place that is looked at, by the numbers of bindings.
#[derive(Debug, Default)]
pub(super) struct Streams {
    held: Vec<(usize, Ident)>,
    unlocked: Vec<usize>,
}

impl Walker {
    /// `fn report(w: &mut StdoutLock)`
    pub(super) fn hold_parameters(&mut self, signature: &Signature) {
        for input in &signature.inputs {
            if let FnArg::Typed(parameter) = input
                && names_a_lock(&parameter.ty)
            {
                self.hold(&parameter.pat);
            }
        }
    }

    /// After `let w = ..` was bound.
    pub(super) fn hold_local(&mut self, local: &Local) {
        let typed = matches!(&local.pat, Pat::Type(typed) if names_a_lock(&typed.ty));
        let Some(init) = &local.init else { return };
        let mut locking = Locking {
            walker: self,
            locks: false,
        };
        locking.visit_expr(&init.expr);
        if typed || locking.locks {
            self.hold(&local.pat);
        } else if is_stream(&init.expr) {
            let bound: Vec<usize> = self.bound(&local.pat).map(|(id, _)| id).collect();
            self.streams.unlocked.extend(bound);
        }
    }

    /// `drop(w)`
    pub(super) fn release(&mut self, call: &ExprCall) {
        let drops = named(&call.func).is_some_and(|name| name == "drop");
        if let Some(Expr::Path(path)) = call.args.first().filter(|_| drops)
            && let Some(name) = path.path.get_ident()
            && let Some(binding) = self.scope.lookup(&name.to_string())
        {
            self.streams.held.retain(|(id, _)| *id != binding.id);
        }
    }

    /// A variable that holds a lock here.
    pub(super) fn held_stream(&self) -> Option<Ident> {
        let mut held = self.streams.held.iter();
        let is_visible = |(id, name): &&(usize, Ident)| {
            let binding = self.scope.lookup(&name.to_string());
            binding.is_some_and(|binding| binding.id == *id)
        };
        held.find(is_visible).map(|(_, name)| name.clone())
    }

    fn hold(&mut self, pattern: &Pat) {
        let bound: Vec<(usize, Ident)> = self.bound(pattern).collect();
        self.streams.held.extend(bound);
    }

    fn bound<'a>(&'a self, pattern: &'a Pat) -> impl Iterator<Item = (usize, Ident)> + 'a {
        scope::names(pattern).into_iter().filter_map(|name| {
            let binding = self.scope.lookup(&name.ident.to_string())?;
            Some((binding.id, name.ident.clone()))
        })
    }
}

/// `stdout().lock()`, `BufWriter::new(out.lock())` with a variable `out` that is the stream, or what is
/// made of a variable that has the lock.
struct Locking<'walker> {
    walker: &'walker Walker,
    locks: bool,
}

impl Locking<'_> {
    fn is(&self, expression: &Expr, numbers: impl Fn(usize) -> bool) -> bool {
        let Expr::Path(path) = expression else {
            return false;
        };
        let name = path.path.get_ident().map(ToString::to_string);
        let binding = name.and_then(|name| self.walker.scope.lookup(&name));
        binding.is_some_and(|binding| numbers(binding.id))
    }
}

impl<'ast> Visit<'ast> for Locking<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let unlocked = |id| self.walker.streams.unlocked.contains(&id);
        let stream = is_stream(&call.receiver) || self.is(&call.receiver, unlocked);
        self.locks |= call.method == "lock" && stream;
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let held = |id| self.walker.streams.held.iter().any(|(held, _)| *held == id);
        self.locks |= call.args.iter().any(|argument| self.is(argument, held));
        visit::visit_expr_call(self, call);
    }

    // What is locked in there is unlocked at the end, or later.
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
