//! Loops that do nothing but print: what they leave behind is the order of the lines, which is that of the items only in a
//! plain loop.

use super::macros;
use super::replay::is_constructor;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, Local, Macro, Stmt};

const PRINTS: [&str; 4] = ["eprint", "eprintln", "print", "println"];

/// Whether a body prints, and no call in it could do anything else.
pub(crate) fn alone(body: &Block) -> bool {
    let mut seen = Seen::default();
    seen.visit_block(body);
    seen.prints && !seen.does_more
}

#[derive(Default)]
struct Seen {
    prints: bool,
    does_more: bool,
}

impl<'ast> Visit<'ast> for Seen {
    // A method may do something where its value is dropped or kept; in the arguments of a print it tells something.
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.does_more |= matches!(
            statement,
            Stmt::Expr(Expr::MethodCall(_) | Expr::Try(_) | Expr::Await(_), _)
        );
        visit::visit_stmt(self, statement);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let value = local.init.as_ref().map(|init| &*init.expr);
        self.does_more |= matches!(value, Some(Expr::MethodCall(_) | Expr::Try(_)));
        visit::visit_local(self, local);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.does_more |= !is_constructor(&call.func);
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if !PRINTS.contains(&&*macros::name(call)) {
            self.does_more = true;
            return;
        }
        self.prints = true;
        let arguments = macros::known_arguments(call);
        self.does_more |= arguments.is_none();
        for argument in arguments.iter().flatten() {
            let mut inside = Self::default();
            inside.visit_expr(argument);
            self.does_more |= inside.does_more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::alone;
    use syn::parse_str;

    #[test]
    fn prints_and_nothing_else() {
        for (body, expected) in [
            ("{ println!(\"{x}\"); }", true),
            (
                "{ let y = x * 2; if y > 3 { print!(\"{}\\t\", y.abs()); } }",
                true,
            ),
            (
                "{ for y in x.iter() { eprint!(\"{y} \"); } println!(); }",
                true,
            ),
            ("{ println!(\"{}\", Some(x).is_some()); }", true),
            ("{ println!(\"{}\", save(x)); }", false),
            ("{ let path = save(x); println!(\"{path}\"); }", false),
            ("{ let path = x.save(); println!(\"{path}\"); }", false),
            ("{ x.save(); println!(\"{x}\"); }", false),
            ("{ show!(x); println!(\"{x}\"); }", false),
            ("{ let y = x + 1; }", false),
        ] {
            let block = parse_str(body).expect("a block");
            assert_eq!(alone(&block), expected, "{body}");
        }
    }
}
