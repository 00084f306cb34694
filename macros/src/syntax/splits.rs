//! A loop that is refused for some of its statements, made two: the first without them, for all ranks, and behind it a
//! plain one that runs them.
//!
//! Invariant: both together do what the loop does. No statement that stays needs what those that go behind change or
//! declare; nor do these find changed what they use. Where that can't be seen, there is no split, nor where what stays
//! is no work.

use super::marks;
use super::methods::{APPENDS, GUARDS};
use super::patterns;
use super::replay::is_constructor;
use super::shown::shown;
use super::sources::is_pure;
use super::tags::Strip;
use super::uses::{self, Change, Use};
use crate::model::{Given, Place, Split};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprForLoop, Ident, Pat, PatIdent, Stmt};

/// What is known of the loop, and of the variables around it.
pub(crate) struct Known<'a> {
    /// What the loop can't do something with.
    pub(crate) refused: &'a [Place],
    /// What else it changes.
    pub(crate) changed: &'a [Place],
    pub(crate) index: Option<&'a Ident>,
    pub(crate) is_mutable: &'a dyn Fn(&Place) -> bool,
    /// A parameter that is a reference.
    pub(crate) is_lent: &'a dyn Fn(&Ident) -> bool,
    /// No variable of the function has this name.
    pub(crate) is_free: &'a dyn Fn(&str) -> bool,
}

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

/// The body of the loop, taken apart.
struct Body<'ast> {
    statements: Vec<&'ast Stmt>,
    uses: Vec<Vec<Use>>,
    /// The variables of the head, and those that each statement declares.
    of_items: Vec<&'ast PatIdent>,
    names: Vec<Vec<&'ast PatIdent>>,
    node: &'ast ExprForLoop,
}

impl<'ast> Body<'ast> {
    /// `None`: it declares items, or two variables of one name.
    fn new(node: &'ast ExprForLoop) -> Option<Self> {
        let statements: Vec<&Stmt> = node.body.stmts.iter().collect();
        let names = statements.iter().map(|statement| match statement {
            Stmt::Local(local) => patterns::names(&local.pat),
            _ => Vec::new(),
        });
        let body = Self {
            uses: statements.iter().map(|s| uses::of_statement(s)).collect(),
            names: names.collect(),
            of_items: patterns::names(&node.pat),
            node,
            statements,
        };
        let mut all: Vec<String> = body
            .all_names()
            .map(|name| name.ident.to_string())
            .collect();
        let count = all.len();
        all.sort();
        all.dedup();
        let has_items = body.statements.iter().any(|s| matches!(s, Stmt::Item(_)));
        (!has_items && all.len() == count).then_some(body)
    }

    fn all_names(&self) -> impl Iterator<Item = &&'ast PatIdent> {
        self.of_items.iter().chain(self.names.iter().flatten())
    }

    fn is_local(&self, place: &Place) -> bool {
        self.all_names().any(|name| name.ident == place.root)
    }

    fn uses(&self, at: usize, place: &Place) -> bool {
        self.uses[at].iter().any(|each| each.place.overlaps(place))
    }

    fn uses_name(&self, at: usize, name: &Ident) -> bool {
        self.uses[at].iter().any(|each| each.place.root == *name)
    }

    /// The statements that go behind, in their order: those that use what the loop is refused for, with all that
    /// can't do without them.
    fn going(&self, known: &Known<'_>) -> Option<Vec<usize>> {
        if known.refused.iter().any(|place| self.is_local(place)) {
            return None;
        }
        let all = 0..self.statements.len();
        let mut goes: Vec<usize> = Vec::new();
        let mut places = known.refused.to_vec();
        while let Some(place) = places.pop() {
            for at in all.clone() {
                if goes.contains(&at) || !self.uses(at, &place) {
                    continue;
                }
                goes.push(at);
                let declared = self.names[at].iter().map(|name| Place {
                    root: name.ident.clone(),
                    fields: Vec::new(),
                });
                places.extend(declared);
                let shared = self.uses[at].iter().map(|each| &each.place);
                let shared = shared.filter(|place| self.is_changed(place, known));
                places.extend(shared.cloned());
            }
        }
        goes.sort_unstable();
        Some(goes)
    }

    /// A variable from outside the loop that some statement may change.
    fn is_changed(&self, place: &Place, known: &Known<'_>) -> bool {
        let changes = |each: &Use| each.change != Change::No && each.place.overlaps(place);
        !self.is_local(place)
            && (known.changed.iter().any(|changed| changed.overlaps(place))
                || (known.is_mutable)(place) && self.uses.iter().flatten().any(changes))
    }

    /// Whether a statement that stays may itself hand something on: `self.next()`
    fn may_hand_on(&self, at: usize, known: &Known<'_>) -> bool {
        let is_known = |place: &Place| known.changed.iter().any(|known| known.overlaps(place));
        self.uses[at].iter().any(|each| {
            let place = &each.place;
            let may_change = each.change == Change::Perhaps && place.fields.is_empty();
            may_change && !self.is_local(place) && !is_known(place) && (known.is_mutable)(place)
        })
    }

    /// What is pushed of a variable, and what the loop behind calls it.
    fn handed(
        &self,
        name: &PatIdent,
        goes: &[usize],
        known: &Known<'_>,
    ) -> Option<(String, String)> {
        let (first, last) = (*goes.first()?, *goes.last()?);
        let ident = &name.ident;
        let all = 0..self.statements.len();
        let stay = all.filter(|at| !goes.contains(at) && self.uses_name(*at, ident));
        let stay: Vec<usize> = stay.collect();
        let is_mutable = name.mutability.is_some();
        let is_changed = is_mutable && stay.iter().any(|at| *at > first);
        let uses = |at: usize| {
            let uses = self.uses[at].iter();
            uses.filter(|each| each.place.root == *ident)
        };
        // Without a `mut` it is a reference to what is changed.
        let stores =
            |each: &Use| each.change == Change::Surely && (each.dereferenced || !is_mutable);
        let reaches_out = goes.iter().any(|at| uses(*at).any(stores));
        if is_changed
            || reaches_out
            || name.by_ref.is_some()
            || self.made(name).is_some_and(|(_, value)| holds(value))
        {
            return None;
        }
        Some(if self.is_reference(name, known) {
            let mut all = (0..self.statements.len()).flat_map(uses);
            let is_copied = all.any(|each| each.dereferenced);
            let value = if is_copied {
                format!("*{ident}")
            } else {
                format!("{ident}.to_owned()")
            };
            (value, format!("ref {ident}"))
        } else {
            let is_needed = stay.iter().any(|at| *at > last);
            let value = if is_needed {
                format!("{ident}.clone()")
            } else {
                ident.to_string()
            };
            let mut changes = goes.iter().flat_map(|at| uses(*at));
            let name = if changes.any(|each| each.change > Change::Given) && is_mutable {
                format!("mut {ident}")
            } else {
                ident.to_string()
            };
            (value, name)
        })
    }

    /// The pattern and the value of the `let` that declares this variable.
    fn made(&self, name: &PatIdent) -> Option<(&'ast Pat, &'ast Expr)> {
        let at = self.names.iter().position(|names| names.contains(&name))?;
        match self.statements[at] {
            Stmt::Local(local) => Some((&local.pat, &local.init.as_ref()?.expr)),
            _ => None,
        }
    }

    /// As far as the code shows it.
    fn is_reference(&self, name: &PatIdent, known: &Known<'_>) -> bool {
        let mut uses = self.uses.iter().flatten();
        let is_dereferenced = uses.any(|each| each.dereferenced && each.place.root == name.ident);
        let is_lent = if self.of_items.contains(&name) {
            known.index != Some(&name.ident)
                && !is_behind_reference(&self.node.pat, name)
                && lends(&self.node.expr, known)
        } else {
            matches!(self.made(name), Some((Pat::Ident(_), Expr::Reference(_))))
        };
        is_dereferenced || is_lent
    }
}

/// Whether a value is a closure, or lets something else be changed: `table.lock().unwrap()`, `&mut row`
fn holds(value: &Expr) -> bool {
    match value {
        Expr::Closure(_) => true,
        Expr::Reference(borrow) => borrow.mutability.is_some(),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            method.ends_with("_mut") || GUARDS.contains(&&*method) || holds(&call.receiver)
        }
        Expr::Paren(inner) => holds(&inner.expr),
        Expr::Try(inner) => holds(&inner.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(holds),
        _ => false,
    }
}

/// `x` of `(i, &x)`
fn is_behind_reference(pattern: &Pat, name: &PatIdent) -> bool {
    struct References<'a>(&'a PatIdent, bool);
    impl<'ast> Visit<'ast> for References<'_> {
        fn visit_pat_reference(&mut self, node: &'ast syn::PatReference) {
            self.1 |= patterns::names(&node.pat).contains(&self.0);
        }
    }
    let mut references = References(name, false);
    references.visit_pat(pattern);
    references.1
}

/// Whether items are references: `&xs`, `xs.iter().enumerate()`
fn lends(items: &Expr, known: &Known<'_>) -> bool {
    const PASSING: [&str; 8] = [
        "enumerate",
        "filter",
        "into_iter",
        "rev",
        "skip",
        "step_by",
        "take",
        "zip",
    ];
    match items {
        Expr::Reference(_) => true,
        Expr::Paren(inner) => lends(&inner.expr, known),
        Expr::Path(path) => path.path.get_ident().is_some_and(known.is_lent),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            method == "iter" || PASSING.contains(&&*method) && lends(&call.receiver, known)
        }
        _ => false,
    }
}

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
