//! Lists that every iteration pushes to once.

use super::{macros, places};
use crate::model::Place;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprBinary, ExprBreak, ExprContinue, ExprForLoop, ExprIf, ExprLoop, ExprMatch,
    ExprMethodCall, ExprWhile, Label, Lifetime, Local, Macro,
};

/// A list, and how many `push`es there are of which every iteration runs one, unless it leaves the loop.
#[derive(Clone, Debug)]
pub(crate) struct Pushed {
    pub(crate) place: Place,
    pub(crate) calls: usize,
}

/// The lists that the body pushes to once.
pub(crate) fn once(node: &ExprForLoop) -> Vec<Pushed> {
    let mut lists = Lists(Vec::new());
    lists.visit_block(&node.body);
    let pushed = lists.0.into_iter().filter_map(|place| {
        let mut count = Count {
            place: &place,
            label: node.label.as_ref().map(|label| &label.name),
            inner: 0,
            calls: 0,
            flow: Flow::Pushed(0),
            unsure: false,
        };
        count.visit_block(&node.body);
        count.end();
        let calls = count.calls;
        (!count.unsure).then_some(Pushed { place, calls })
    });
    pushed.collect()
}

struct Lists(Vec<Place>);

impl<'ast> Visit<'ast> for Lists {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if let Some(place) = pushed(call)
            && !self.0.contains(&place)
        {
            self.0.push(place);
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// `x` of `x.push(e)`
fn pushed(call: &ExprMethodCall) -> Option<Place> {
    (call.method == "push")
        .then(|| places::pointee(&call.receiver))
        .flatten()
}

/// How code goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// The iteration has pushed so often.
    Pushed(usize),
    /// Nowhere near: the loop is left, or what follows is that of another branch.
    Elsewhere,
}

/// Counts on the way through the code.
struct Count<'ast> {
    place: &'ast Place,
    /// That of the loop.
    label: Option<&'ast Lifetime>,
    /// The inner loops around.
    inner: usize,
    /// The `push`es that were met.
    calls: usize,
    flow: Flow,
    /// Whether some iteration may push another number of times than once.
    unsure: bool,
}

impl Count<'_> {
    /// The iteration ends here.
    fn end(&mut self) {
        self.unsure |= !matches!(self.flow, Flow::Pushed(1) | Flow::Elsewhere);
        self.flow = Flow::Elsewhere;
    }

    /// It may end here.
    fn may_end(&mut self) {
        let flow = self.flow;
        self.end();
        self.flow = flow;
    }

    /// Of several ways through the code one is taken.
    fn either(&mut self, ways: &mut dyn Iterator<Item = &dyn Fn(&mut Self)>) {
        let before = self.flow;
        let mut after = Flow::Elsewhere;
        for way in ways {
            self.flow = before;
            way(self);
            match (after, self.flow) {
                (_, Flow::Elsewhere) => {}
                (Flow::Elsewhere, flow) => after = flow,
                (after, flow) => self.unsure |= after != flow,
            }
        }
        self.flow = after;
    }

    /// Code that runs any number of times, or may be left for what follows it: nothing is pushed there.
    fn without(&mut self, inside: impl FnOnce(&mut Self)) {
        let (flow, calls) = (self.flow, self.calls);
        inside(self);
        self.flow = flow;
        self.unsure |= self.calls > calls;
    }

    /// The body of an inner loop.
    fn looped(&mut self, body: &Block) {
        self.without(|count| {
            count.inner += 1;
            count.visit_block(body);
            count.inner -= 1;
        });
    }

    /// A function of its own: it has its own ways out.
    fn apart(&mut self, inside: impl FnOnce(&mut Self)) {
        let (inner, unsure) = (self.inner, self.unsure);
        let calls = self.calls;
        self.without(inside);
        self.inner = inner;
        self.unsure = unsure || self.calls > calls;
    }
}

impl<'ast> Visit<'ast> for Count<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        if pushed(call).as_ref() == Some(self.place) {
            self.calls += 1;
            if let Flow::Pushed(times) = &mut self.flow {
                *times += 1;
            }
        }
    }

    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        self.visit_expr(&node.cond);
        let then = |count: &mut Self| count.visit_block(&node.then_branch);
        let otherwise = |count: &mut Self| {
            if let Some((_, otherwise)) = &node.else_branch {
                count.visit_expr(otherwise);
            }
        };
        self.either(&mut [&then as &dyn Fn(&mut Self), &otherwise].into_iter());
    }

    fn visit_expr_match(&mut self, node: &'ast ExprMatch) {
        self.visit_expr(&node.expr);
        for arm in &node.arms {
            // Its guard may be asked for nothing.
            self.without(|count| count.visit_pat(&arm.pat));
        }
        let arms: Vec<_> = node
            .arms
            .iter()
            .map(|arm| |count: &mut Self| count.visit_expr(&arm.body))
            .collect();
        self.either(&mut arms.iter().map(|arm| arm as &dyn Fn(&mut Self)));
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let Some(init) = &local.init else { return };
        self.visit_expr(&init.expr);
        if let Some((_, otherwise)) = &init.diverge {
            let otherwise = |count: &mut Self| count.visit_expr(otherwise);
            self.either(&mut [&otherwise as &dyn Fn(&mut Self), &|_| {}].into_iter());
        }
    }

    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        self.visit_expr(&node.left);
        if matches!(node.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) {
            self.without(|count| count.visit_expr(&node.right));
        } else {
            self.visit_expr(&node.right);
        }
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        self.visit_expr(&node.expr);
        self.looped(&node.body);
    }

    fn visit_expr_while(&mut self, node: &'ast ExprWhile) {
        self.without(|count| {
            count.inner += 1;
            count.visit_expr(&node.cond);
            count.inner -= 1;
        });
        self.looped(&node.body);
    }

    fn visit_expr_loop(&mut self, node: &'ast ExprLoop) {
        self.looped(&node.body);
    }

    fn visit_expr_block(&mut self, node: &'ast syn::ExprBlock) {
        match node.label {
            Some(Label { .. }) => self.without(|count| count.visit_block(&node.block)),
            None => self.visit_block(&node.block),
        }
    }

    fn visit_expr_break(&mut self, node: &'ast ExprBreak) {
        visit::visit_expr_break(self, node);
        self.flow = Flow::Elsewhere;
    }

    fn visit_expr_continue(&mut self, node: &'ast ExprContinue) {
        let is_own = match &node.label {
            Some(label) => self.label == Some(label),
            None => self.inner == 0,
        };
        if is_own {
            self.end();
        }
        self.flow = Flow::Elsewhere;
    }

    fn visit_expr_return(&mut self, node: &'ast syn::ExprReturn) {
        visit::visit_expr_return(self, node);
        self.flow = Flow::Elsewhere;
    }

    /// A `?` in it leaves it alone.
    fn visit_expr_try_block(&mut self, node: &'ast syn::ExprTryBlock) {
        self.without(|count| count.visit_block(&node.block));
    }

    fn visit_expr_closure(&mut self, node: &'ast syn::ExprClosure) {
        self.apart(|count| count.visit_expr(&node.body));
    }

    fn visit_expr_async(&mut self, node: &'ast syn::ExprAsync) {
        self.apart(|count| count.visit_block(&node.block));
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if let Expr::Verbatim(_) = expression {
            self.may_end();
        }
        visit::visit_expr(self, expression);
    }

    /// A `continue` in it is out of sight.
    fn visit_macro(&mut self, call: &'ast Macro) {
        if macros::known_arguments(call).is_none() || continues(call.tokens.clone()) {
            self.may_end();
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

fn continues(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "continue",
        TokenTree::Group(group) => continues(group.stream()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calls of the list `r`, where it is pushed to once.
    fn calls(body: &str) -> Option<usize> {
        let node = syn::parse_str(&format!("'own: for x in xs {{ {body} }}")).expect(body);
        let mut pushed = once(&node).into_iter();
        pushed
            .find(|pushed| pushed.place.to_string() == "r")
            .map(|pushed| pushed.calls)
    }

    #[test]
    fn every_way_through_an_iteration_counts() {
        for body in [
            "r.push(x);",
            "(*r).push(x)",
            "let y = f(x)?; r.push(y);",
            "r.push(f(x)?);",
            "if x == 0 { return Err(x); } r.push(x);",
            "if x == 0 { break; } r.push(x); if x == 1 { break 'own; }",
            "r.push(x); if x == 1 { continue; } g(x)",
            "for y in x { if y == 0 { continue; } if y == 1 { break; } } r.push(x);",
            "'a: for y in x { loop { break 'a; } } r.push(x);",
            "while f(x) { g(x); } { unsafe { r.push(x); } }",
            "let Some(y) = f(x) else { return None; }; r.push(y);",
            "let g = || { for y in x { continue; } return 1; }; r.push(g());",
            "r.push(xs.map(|y| y?)); println!(\"{x}\");",
            "'outer: loop { continue 'outer; } r.push(x);",
            "r.push(x); skip!(x);",
            "match x { 0 => break, 1 if f(x) => {} _ => {} } r.push(x);",
            "r.push(match x { 0 => return 1, _ => 2 });",
            "ensure!(x > 0); r.push(x);",
        ] {
            assert_eq!(calls(body), Some(1), "{body}");
        }
        for body in [
            "if x == 0 { r.push(1); } else { r.push(2); }",
            "match x { 0 => r.push(1), 1 => return, _ => r.push(2) }",
            "if x == 0 { r.push(1); continue; } r.push(2);",
            "let Some(y) = f(x) else { r.push(1); continue; }; r.push(y);",
        ] {
            assert_eq!(calls(body), Some(2), "{body}");
        }
    }

    #[test]
    fn code_that_may_run_another_number_of_times_does_not() {
        for body in [
            "",
            "r.push(x); r.push(x);",
            "if x == 0 { r.push(x); }",
            "if x == 0 { continue; } r.push(x);",
            "for y in x { continue 'own; } r.push(x);",
            "let Some(y) = f(x) else { continue; }; r.push(y);",
            "for y in x { r.push(y); }",
            "for y in x { r.push(y); break; }",
            "loop { r.push(x); break; }",
            "while r.push(x) == () { break; }",
            "x.each(|y| r.push(y));",
            "f(async { r.push(x) });",
            "f(x) && g(r.push(x));",
            "match x { 0 => {} _ => r.push(x) }",
            "match x { y if g(r.push(y)) => {} _ => {} }",
            "'a: { if x == 0 { break 'a; } r.push(x); }",
            "skip!(x); r.push(x);",
            "println!(\"{}\", if x == 0 { continue } else { x }); r.push(x);",
            "push!(r, x);",
            "s.push(x); r.extend(x);",
            "fn g() { r.push(x); }",
            "r[0].push(x);",
        ] {
            assert_eq!(calls(body), None, "{body}");
        }
    }
}
