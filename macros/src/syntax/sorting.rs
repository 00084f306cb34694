//! Lists that are sorted somewhere.

use super::places::base;
use syn::visit::{self, Visit};
use syn::{Block, ExprMethodCall, ExprReference, Ident};

/// Whether a list of this name is sorted, or lent to what may sort it.
pub(crate) fn may_be_sorted(block: &Block, name: &Ident) -> bool {
    struct Lends<'name>(&'name Ident, bool);

    impl<'ast> Visit<'ast> for Lends<'_> {
        fn visit_expr_reference(&mut self, borrow: &'ast ExprReference) {
            let lends = borrow.mutability.is_some();
            self.1 |= lends && base(&borrow.expr).as_ref() == Some(self.0);
            visit::visit_expr_reference(self, borrow);
        }
    }

    let mut lends = Lends(name, false);
    lends.visit_block(block);
    lends.1 || is_sorted(block, name)
}

/// `names.sort_unstable();`
pub(crate) fn is_sorted(block: &Block, name: &Ident) -> bool {
    struct Sorts<'name>(&'name Ident, bool);

    impl<'ast> Visit<'ast> for Sorts<'_> {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            let sorts = call.method.to_string().contains("sort");
            self.1 |= sorts && base(&call.receiver).as_ref() == Some(self.0);
            visit::visit_expr_method_call(self, call);
        }
    }

    let mut sorts = Sorts(name, false);
    sorts.visit_block(block);
    sorts.1
}
