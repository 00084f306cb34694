//! What the function prints itself, outside of its distributed loops, is printed once.
//!
//! Invariant: runs after the loops were replaced, so that it doesn't reach into their bodies.

use crate::paths::Runtime;
use quote::quote_spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Block, Expr, ExprAsync, ExprClosure, ExprMacro, Item, Path, Stmt};

const PRINTS: [&str; 4] = ["print", "println", "eprint", "eprintln"];

/// Guards every print of the block that is a statement, the value of a block, or a match arm.
pub(crate) fn guard(block: &mut Block) {
    Guard.visit_block_mut(block);
}

struct Guard;

impl VisitMut for Guard {
    // Input:
    //     println!("{x}");
    //
    // Output:
    //     if prints() { println!("{x}"); }
    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        let runtime = Runtime::hidden();
        match statement {
            Stmt::Macro(print) if is_print(&print.mac.path, print.semi_token.is_some()) => {
                // Whatever its delimiters and its place, the guarded one ends with `;`.
                print.semi_token.get_or_insert_default();
                let guarded = quote_spanned!(runtime.0=> if #runtime::prints() { #print });
                *statement = Stmt::Expr(Expr::Verbatim(guarded), None);
            }
            Stmt::Expr(Expr::Macro(print), semicolon)
                if is_print(&print.mac.path, semicolon.is_some()) =>
            {
                let guarded = quote_spanned!(runtime.0=> if #runtime::prints() { #print; });
                *statement = Stmt::Expr(Expr::Verbatim(guarded), None);
            }
            _ => visit_mut::visit_stmt_mut(self, statement),
        }
    }

    // Input:
    //     None => println!("nothing"),
    //
    // Output:
    //     None => { if prints() { println!("nothing"); } },
    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        let runtime = Runtime::hidden();
        match &*arm.body {
            Expr::Macro(ExprMacro { mac, .. }) if is_print(&mac.path, false) => {
                let print = mac;
                *arm.body = Expr::Verbatim(
                    quote_spanned!(runtime.0=> { if #runtime::prints() { #print; } }),
                );
            }
            _ => visit_mut::visit_arm_mut(self, arm),
        }
    }

    // They may run anywhere, any number of times; nested items are no part of the function.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// `println`, `std::println`; `dbg` where its value is dropped.
fn is_print(path: &Path, dropped: bool) -> bool {
    let is_std = match path.segments.len() {
        1 => true,
        2 => path.segments[0].ident == "std",
        _ => false,
    };
    let name = path.segments.last().map(|name| name.ident.to_string());
    is_std && name.is_some_and(|name| PRINTS.contains(&&*name) || (name == "dbg" && dropped))
}
