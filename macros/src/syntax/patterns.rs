//! The names that patterns bind.

use syn::visit::Visit;
use syn::{Expr, Ident, Pat, PatIdent};

/// The names that a pattern binds.
pub(crate) fn names(pattern: &Pat) -> Vec<&PatIdent> {
    #[derive(Default)]
    struct Names<'ast>(Vec<&'ast PatIdent>);

    impl<'ast> Visit<'ast> for Names<'ast> {
        fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
            self.0.push(name);
            syn::visit::visit_pat_ident(self, name);
        }

        // Guards and constants in patterns bind nothing.
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }

    let mut names = Names::default();
    names.visit_pat(pattern);
    names.0
}

/// The same, the names alone.
pub(crate) fn idents(pattern: &Pat) -> impl Iterator<Item = Ident> {
    names(pattern).into_iter().map(|name| name.ident.clone())
}
