//! A loop that is refused for some of its statements, made two: the first without them, for all ranks, and behind it a
//! plain one that runs them.
//!
//! Invariant: both together do what the loop does. No statement that stays needs what those that go behind change or
//! declare; nor do these find changed what they use. Where that can't be seen, there is no split, nor where what stays
//! is no work.

mod body;

use super::marks;
use super::methods::APPENDS;
use super::replay::is_constructor;
use super::shown::shown;
use super::sources::is_pure;
use super::tags::Strip;
use crate::model::{Given, Split};
pub(crate) use body::Known;
use body::{Body, lends};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprForLoop, PatIdent, Stmt};

// Input:
//     for x in xs { let y = work(x); total = next(total, x, y); }, refused for `total`
//
// Output:
//     for x in xs { let y = work(x); values.push((x.to_owned(), y)); }
//     for (ref x, y) in values { total = next(total, x, y); }
/// The split, if there is one.
pub(crate) fn split(node: &ExprForLoop, known: &Known<'_>) -> Option<Split> {
    let body = Body::new(node)?;
    let goes = body.going(known)?;
    let stays = |at: &usize| !goes.contains(at);
    let all = 0..body.statements.len();
    let (first, last) = (*goes.first()?, *goes.last()?);
    let works = all
        .clone()
        .filter(stays)
        .any(|at| works(body.statements[at]));
    let mut between = (first..=last).map(|at| body.statements[at]);
    let mut stay = all.clone().filter(stays);
    if !works || between.any(jumps) || stay.any(|at| body.may_hand_on(at, known)) {
        return None;
    }
    let is_given = |name: &&&PatIdent| {
        let mut users = goes.iter().filter(|at| body.uses_name(**at, &name.ident));
        users.next().is_some() && !goes.iter().any(|at| body.names[*at].contains(name))
    };
    let given: Vec<&PatIdent> = body.all_names().filter(is_given).copied().collect();
    let is_item = |name: &&PatIdent| body.of_items.contains(name) && name.mutability.is_none();
    let again = given.iter().all(is_item) && !all.clone().any(|at| jumps(body.statements[at]));
    let given = if again && repeats(&node.expr, known) {
        Given::Items(marks::head(node))
    } else {
        let lists = ["values", "collected", "for_later"];
        let name = lists.into_iter().find(|list| (known.is_free)(list))?;
        let each: Option<Vec<_>> = given
            .iter()
            .map(|name| body.handed(name, &goes, known))
            .collect();
        let (values, names) = each.filter(|each| !each.is_empty())?.into_iter().unzip();
        Given::Pushed {
            list: name,
            values,
            names,
        }
    };
    let texts = goes.iter().map(|at| text(body.statements[*at]));
    let text = texts.collect::<Vec<_>>().join(" ");
    Some(Split {
        about: known.refused.to_vec(),
        count: goes.len(),
        text: (text.len() <= LONGEST).then_some(text),
        given,
    })
}

/// The longest text that is shown in a message.
const LONGEST: usize = 160;

/// Whether a second loop can go over the same items.
fn repeats(items: &Expr, known: &Known<'_>) -> bool {
    match items {
        Expr::Path(_) => lends(items, known),
        _ => is_pure(items),
    }
}

/// `continue`, `?`: the statement may leave the iteration.
fn jumps(statement: &Stmt) -> bool {
    fn has_jump(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(word) => {
                word == "break" || word == "continue" || word == "return" || word == "bail"
            }
            TokenTree::Punct(mark) => mark.as_char() == '?',
            TokenTree::Group(group) => has_jump(group.stream()),
            TokenTree::Literal(_) => false,
        })
    }
    has_jump(statement.to_token_stream())
}

/// Whether a statement does more than a few operations, as far as the code shows it.
fn works(statement: &Stmt) -> bool {
    const LIGHT: [&str; 8] = [
        "abs", "clone", "contains", "get", "is_empty", "iter", "len", "to_owned",
    ];
    struct Work(bool);
    impl<'ast> Visit<'ast> for Work {
        fn visit_expr(&mut self, expression: &'ast Expr) {
            self.0 |= match expression {
                Expr::Call(call) => !is_constructor(&call.func),
                Expr::MethodCall(call) => {
                    let method = call.method.to_string();
                    !LIGHT.contains(&&*method) && !APPENDS.contains(&&*method)
                }
                Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => true,
                _ => false,
            };
            visit::visit_expr(self, expression);
        }
    }
    let mut work = Work(false);
    work.visit_stmt(statement);
    work.0
}

fn text(statement: &Stmt) -> String {
    let mut statement = statement.clone();
    Strip.visit_stmt_mut(&mut statement);
    shown(statement.to_token_stream())
}

#[cfg(test)]
mod tests {
    use super::{Known, split};
    use crate::model::{Given, Place};
    use syn::{ExprForLoop, parse_str};

    /// Of a loop that is refused for `total`, and fills `results`; `xs` is a reference, `solver` mutable.
    fn halves(code: &str) -> Option<String> {
        let node: ExprForLoop = parse_str(code).expect("a loop");
        let [total, results] = ["total", "results"].map(|name| Place {
            root: parse_str(name).expect("a name"),
            fields: Vec::new(),
        });
        let index = parse_str("i").expect("a name");
        let split = split(
            &node,
            &Known {
                refused: &[total],
                changed: &[results],
                index: Some(&index),
                is_mutable: &|place| place.root == "solver",
                is_lent: &|name| name == "xs",
                is_free: &|name| name != "values" || !code.contains("values"),
            },
        )?;
        let text = split.text.unwrap_or_else(|| "..".to_owned());
        Some(match split.given {
            Given::Items(head) => format!("{head} {{ {text} }}"),
            Given::Pushed {
                list,
                values,
                names,
            } => {
                let (values, names) = (values.join(", "), names.join(", "));
                format!("{list}.push({values}); for {names} in {list} {{ {text} }}")
            }
        })
    }

    #[test]
    fn what_can_be_two_loops() {
        for (code, expected) in [
            (
                "for i in 0..n { let y = work(i); total = next(total, i, y); }",
                "values.push(i, y); for i, y in values { total = next(total, i, y); }",
            ),
            // All that uses what goes behind goes with it.
            (
                "for i in 0..n { let y = work(i); let k = draw(&mut total, y); results.push(k); other.push(i); }",
                "values.push(y); for y in values { let k = draw(&mut total, y); results.push(k); }",
            ),
            (
                "for i in 0..n { let mut y = work(i); y += 1; log(solver, i); other.push(i); total += step(solver, y); }",
                "values.push(i, y); for i, y in values { log(solver, i); total += step(solver, y); }",
            ),
            (
                "for i in 0..n { let y = work(i); results.push(y); total += solver.step(y); solver.log(); }",
                "values.push(y); for y in values { total += solver.step(y); solver.log(); }",
            ),
            // What the items lend is copied.
            (
                "for (i, x) in xs.iter().enumerate() { let y = work(x); total = next(total, i, x, y); }",
                "values.push(i, x.to_owned(), y); for i, ref x, y in values { total = next(total, i, x, y); }",
            ),
            (
                "for x in xs { if *x == 0 { continue; } let values = work(x); total = next(total, *x, values); }",
                "collected.push(*x, values); for ref x, values in collected { total = next(total, *x, values); }",
            ),
            (
                "for &x in xs { let row = &rows[x]; let mut y = work(x); total = next(total, row, &mut y); }",
                "values.push(row.to_owned(), y); for ref row, mut y in values { total = next(total, row, &mut y); }",
            ),
            (
                "for mut i in 0..n { i *= 2; other.push(work(i)); total = next(total, i); }",
                "values.push(i); for i in values { total = next(total, i); }",
            ),
            // What is needed later is not moved.
            (
                "for i in 0..n { let y = work(i); total = next(total, y); other.push(y); }",
                "values.push(y.clone()); for y in values { total = next(total, y); }",
            ),
            // The items are enough.
            (
                "for x in xs.iter() { other.push(work(x)); total += 1; println!(\"{total}: {x}\"); }",
                "for x in xs.iter() { total += 1; println!(\"{total}: {x}\"); }",
            ),
            (
                "for x in xs { other.push(work(x)); total += 1; show(total); }",
                "for x in xs { total += 1; show(total); }",
            ),
        ] {
            assert_eq!(halves(code).as_deref(), Some(expected), "{code}");
        }
    }

    #[test]
    fn what_is_one_loop() {
        for code in [
            // Nothing is left, or nothing that takes time.
            "for x in xs { total = next(total, x); results.push(total); }",
            "for x in xs { let y = x * 2.0; other.push(y); total = next(total, y); }",
            // The value flows back.
            "for x in xs { let y = work(x, total); total = next(total, y); other.push(y); }",
            "for i in 0..n { let y = work(i, total); total = next(total, y); let z = solve(y); other.push(z); }",
            "for i in 0..n { let mut y = work(i); total = next(total, &mut y); other.push(y); }",
            // It is not run for all.
            "for i in 0..n { let y = work(i); total = next(total, y)?; other.push(y); }",
            "for i in 0..n { let y = work(i); total += y; if y > 3 { continue; } show(total); }",
            // What it is given is changed for others.
            "for cell in cells { let y = work(3); total = next(total, y); cell.sum += total; }",
            "for x in cells { let y = work(3); total = next(total, y); *x = total; }",
            "for i in 0..n { let mut y = table.write().unwrap(); y.add(work(i)); total = next(total, y); }",
            // What stays would hand something on as well.
            "for i in 0..n { let y = solver.step(i); total = next(total, y); }",
            // It can't be handed over, or told apart.
            "for i in 0..n { let f = |x| work(x); other.push(f(i)); total = next(total, f); }",
            "for i in 0..n { let y = work(i); let y = y + 1; total = next(total, y); }",
            "for i in 0..n { fn work() {} let y = work(i); total = next(total, y); }",
            "for total in 0..n { let y = work(total); other.push(y); }",
            "for x in make() { other.push(work(3)); total += 1; show(total); }",
        ] {
            assert_eq!(halves(code), None, "{code}");
        }
    }
}
