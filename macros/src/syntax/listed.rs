//! Lists that an inner loop fills in the order in which it goes through something:
//! `for key in table.keys() { found.push(key); }`

use super::{patterns, places};
use syn::visit::{self, Visit};
use syn::{ExprClosure, ExprForLoop, ExprMethodCall, Ident, Item, Local};

/// Of the lists from outside the loop.
pub(crate) fn filled(of: &ExprForLoop) -> Vec<Ident> {
    let mut fills = Fills {
        own: patterns::idents(&of.pat).collect(),
        lists: Vec::new(),
    };
    fills.visit_block(&of.body);
    let Fills { own, mut lists } = fills;
    lists.retain(|list| !own.contains(list));
    lists
}

struct Fills {
    own: Vec<Ident>,
    lists: Vec<Ident>,
}

impl<'ast> Visit<'ast> for Fills {
    fn visit_local(&mut self, local: &'ast Local) {
        self.own.extend(patterns::idents(&local.pat));
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        const FILLS: [&str; 4] = ["extend_from_slice", "push", "push_back", "push_str"];
        if FILLS.contains(&&*call.method.to_string()) {
            // `lists[k].push(v)` puts one value into each.
            let list = places::pointee(&call.receiver);
            self.lists.extend(list.map(|list| list.root));
        }
        visit::visit_expr_method_call(self, call);
    }

    // They are called elsewhere.
    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}
