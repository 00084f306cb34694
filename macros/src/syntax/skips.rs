//! `if c { continue; }` before statements that change what the condition reads, written as the choice that it is: one
//! statement that can be run elsewhere.
//!
//! Invariant: the loop does the same. What is chosen from reaches to the end of the loop's body, so that nothing else is
//! passed over; and the condition borrows nothing, and keeps no temporary, for longer than before.

use super::replay::site;
use super::tags;
use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, ExprBlock, ExprForLoop, ExprIf, ExprLoop, ExprWhile, Item, ItemFn,
    Label, Stmt, token,
};

// Input:
//     for x in xs { let cost = cost(x); if cost >= best { ties += 1; continue; } best = cost; }
//
// Output:
//     for x in xs { let cost = cost(x); if cost >= best { ties += 1; } else { best = cost; } }
/// The function with such choices in its `for`s; `None` where there are none.
pub(crate) fn as_choices(function: &ItemFn) -> Option<ItemFn> {
    let mut function = function.clone();
    let mut bodies = Bodies {
        loops: 0,
        chosen: false,
    };
    bodies.visit_block_mut(&mut function.block);
    bodies.chosen.then_some(function)
}

struct Bodies {
    /// Around the visited node, from the outermost `for`.
    loops: usize,
    chosen: bool,
}

impl Bodies {
    fn body(&mut self, body: &mut Block, label: Option<&Label>) {
        for at in (0..body.stmts.len()).rev() {
            if let Some(choice) = choice(&body.stmts[at..], label) {
                body.stmts.splice(at.., [choice]);
                self.chosen = true;
            }
        }
    }
}

impl VisitMut for Bodies {
    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        self.loops += 1;
        visit_mut::visit_expr_for_loop_mut(self, node);
        self.loops -= 1;
        self.body(&mut node.body, node.label.as_ref());
    }

    fn visit_expr_while_mut(&mut self, node: &mut ExprWhile) {
        visit_mut::visit_expr_while_mut(self, node);
        if self.loops > 0 {
            self.body(&mut node.body, node.label.as_ref());
        }
    }

    fn visit_expr_loop_mut(&mut self, node: &mut ExprLoop) {
        visit_mut::visit_expr_loop_mut(self, node);
        if self.loops > 0 {
            self.body(&mut node.body, node.label.as_ref());
        }
    }

    // What is in an attribute's place has a meaning of its own.
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}

    // A function of its own.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// The statements to the end of a body, as one that can be run elsewhere.
fn choice(statements: &[Stmt], label: Option<&Label>) -> Option<Stmt> {
    let (Stmt::Expr(Expr::If(skip), _), rest) = statements.split_first()? else {
        return None;
    };
    let is_plain =
        skip.attrs.is_empty() && skip.else_branch.is_none() && !tests_pattern(&skip.cond);
    let (last, before) = skip.then_branch.stmts.split_last()?;
    if rest.is_empty() || !is_plain || !is_continue(last, label) {
        return None;
    }
    let block = |brace_token, stmts| Block { brace_token, stmts };
    let otherwise = Expr::Block(ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: block(token::Brace(Span::mixed_site()), rest.to_vec()),
    });
    let choice = Expr::If(ExprIf {
        then_branch: block(skip.then_branch.brace_token, before.to_vec()),
        else_branch: Some((token::Else(Span::mixed_site()), Box::new(otherwise))),
        ..skip.clone()
    });
    site(&choice, false)?;
    Some(Stmt::Expr(choice, None))
}

/// `continue;`, of the loop itself.
fn is_continue(statement: &Stmt, label: Option<&Label>) -> bool {
    let Stmt::Expr(Expr::Continue(skip), _) = statement else {
        return false;
    };
    let own = label.map(|label| &label.name);
    skip.attrs.iter().all(tags::is_tag) && (skip.label.is_none() || skip.label.as_ref() == own)
}

/// `let Some(known) = lock()`, which may lend until the `else` is over.
fn tests_pattern(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(operation) => {
            tests_pattern(&operation.left) || tests_pattern(&operation.right)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::as_choices;
    use crate::syntax::shown::shown;
    use quote::ToTokens as _;

    fn chosen(body: &str) -> Option<String> {
        let function = syn::parse_str(&format!("fn f() {{ {body} }}")).expect("a function");
        let written = as_choices(&function)?;
        let statements = written.block.stmts.iter();
        Some(statements.map(|s| shown(s.to_token_stream())).collect())
    }

    #[test]
    fn the_rest_of_the_body_is_the_other_choice() {
        for (body, choice) in [
            (
                "for x in xs { let c = f(x); if c <= best.0 { continue; } best = (c, x); }",
                "for x in xs { let c = f(x); if c <= best.0 {} else { best = (c, x); } }",
            ),
            (
                "'a: for x in xs { if x < a { n += 1; continue 'a } a = x; at = x; }",
                "'a: for x in xs { if x < a { n += 1; } else { a = x; at = x; } }",
            ),
            (
                "for x in xs { if x < a { continue; } if x > b { continue; } a = x; b = x; }",
                "for x in xs { if x < a {} else { if x > b {} else { a = x; b = x; } } }",
            ),
            (
                "for x in xs { if x == 0 { continue; } if x > b { continue; } b = x; }",
                "for x in xs { if x == 0 { continue; } if x > b {} else { b = x; } }",
            ),
            (
                "for x in xs { while more() { if x > b { continue; } b = x; } }",
                "for x in xs { while more() { if x > b {} else { b = x; } } }",
            ),
        ] {
            assert_eq!(chosen(body).as_deref(), Some(choice));
        }
    }

    #[test]
    fn all_else_stays() {
        for body in [
            // Not all that is passed over can be run elsewhere.
            "for x in xs { if x > b { continue; } let y = f(x); b = y; }",
            "for x in xs { if x > b { continue; } b = x; println!(\"{x}\"); }",
            "for x in xs { if x > b { println!(\"{x}\"); continue; } b = x; }",
            // The condition is the iteration's own.
            "for x in xs { if x > 3 { continue; } b = x; }",
            // It leaves another loop, or more than the iteration.
            "'a: for x in xs { for y in x { if y > b { continue 'a; } b = y; } }",
            "for x in xs { if x > b { break; } b = x; }",
            // There is something else, or nothing.
            "for x in xs { if x > b { continue; } else { n += 1; } b = x; }",
            "for x in xs { b = x; if x > b { continue; } }",
            "for x in xs { if let Some(y) = b { continue; } b = Some(x); }",
            // No iteration, or one of another function.
            "while more() { if x > b { continue; } b = x; }",
            "fn g() { for x in xs { if x > b { continue; } b = x; } }",
        ] {
            assert_eq!(chosen(body), None, "{body}");
        }
    }
}
