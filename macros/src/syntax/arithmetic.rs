//! Loops of arithmetic alone: their iterations do nothing but set elements, push and add up values, whatever their names mean,
//! as long as their items and all their variables hold numbers of the language, or lists of them. Whether they do, types
//! say.
//!
//! Invariant: no code of the user's has a way in. There are no calls, macros, fields and paths, and nobody but the
//! standard library can say what operators and `[i]` do to numbers and lists of them. Of methods there is `push`,
//! which the runtime's own lists have, and `len` of a row, `rows[i].len()`: a user's trait can't come before that of a
//! `Vec`, as it could before that of a variable, which may be a `&mut Vec`.

use super::declarations::is_primitive;
use super::steps::is_assignment;
use super::{places, tags};
use crate::model::{Arithmetic, Place};
use syn::{
    BinOp, Block, Expr, ExprBinary, ExprBlock, ExprForLoop, ExprIf, ExprIndex, Ident, Lit, Local,
    Pat, Stmt, Type, UnOp,
};

/// The work for one value that is made is at most that of so many additions: a few nanoseconds, as long as it takes to
/// bring the value to another rank.
const MOST: u32 = 16;

/// A division is worth so many additions.
const DIVISION: u32 = 4;

/// What such a loop does it with; `None` of any other loop, and of one that takes longer to run than
/// to bring what it makes to other ranks.
pub(crate) fn of(node: &ExprForLoop) -> Option<Arithmetic> {
    if node.label.is_some() {
        return None;
    }
    let mut code = Code {
        outer: Arithmetic::default(),
        bound: Vec::new(),
        round: Round::default(),
    };
    code.pattern(&node.pat)?;
    code.block(&node.body)?;
    (code.round.work <= MOST).then_some(code.outer)
}

/// One round of the loop, or of one in it.
#[derive(Default)]
struct Round {
    /// The variable of an inner loop.
    index: Option<Ident>,
    /// In additions, without inner loops.
    work: u32,
    /// Whether it makes a value of its own.
    makes: bool,
}

/// Code that is arithmetic so far. `None`, from then on, where some is not.
struct Code {
    outer: Arithmetic,
    bound: Vec<Ident>,
    round: Round,
}

impl Code {
    fn pattern(&mut self, pattern: &Pat) -> Option<()> {
        match pattern {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                self.bound.push(name.ident.clone());
                Some(())
            }
            Pat::Wild(_) => Some(()),
            Pat::Paren(inner) => self.pattern(&inner.pat),
            Pat::Reference(referred) => self.pattern(&referred.pat),
            Pat::Tuple(tuple) => tuple.elems.iter().try_for_each(|part| self.pattern(part)),
            Pat::Type(typed) => {
                is_number_type(&typed.ty).then_some(())?;
                self.pattern(&typed.pat)
            }
            _ => None,
        }
    }

    fn block(&mut self, block: &Block) -> Option<()> {
        let outside = self.bound.len();
        block
            .stmts
            .iter()
            .try_for_each(|statement| self.statement(statement))?;
        self.bound.truncate(outside);
        Some(())
    }

    fn statement(&mut self, statement: &Stmt) -> Option<()> {
        match statement {
            Stmt::Local(Local {
                attrs, pat, init, ..
            }) => {
                let init = init.as_ref().filter(|init| init.diverge.is_none())?;
                attrs.iter().all(tags::is_tag).then_some(())?;
                self.value(&init.expr)?;
                self.pattern(pat)
            }
            Stmt::Expr(expression, _) => self.done(expression),
            Stmt::Item(_) | Stmt::Macro(_) => None,
        }
    }

    /// An expression that stands for what it does, or is the value of a block.
    fn done(&mut self, expression: &Expr) -> Option<()> {
        match expression {
            Expr::Assign(assignment) => {
                self.value(&assignment.right)?;
                self.target(&assignment.left)
            }
            Expr::Binary(operation) if is_assignment(&operation.op) => {
                self.works(&operation.op);
                self.value(&operation.right)?;
                self.sum(operation).or_else(|| self.target(&operation.left))
            }
            Expr::MethodCall(call) if call.method == "push" && call.args.len() == 1 => {
                name(&call.receiver).filter(|list| !self.bound.contains(list))?;
                self.value(&call.args[0])?;
                self.round.makes = true;
                self.named(&call.receiver)
            }
            Expr::ForLoop(node) => self.inner(node),
            Expr::Continue(node) => node.label.is_none().then_some(()),
            _ => self.value(expression),
        }
    }

    /// A loop in the body that goes through numbers, and makes a value in each round.
    fn inner(&mut self, node: &ExprForLoop) -> Option<()> {
        let (Pat::Ident(index), Expr::Range(range)) = (&*node.pat, &*node.expr) else {
            return None;
        };
        if node.label.is_some() || !node.attrs.iter().all(tags::is_tag) {
            return None;
        }
        self.value(range.start.as_ref()?)?;
        self.value(range.end.as_ref()?)?;
        let inner = Round {
            index: Some(index.ident.clone()),
            ..Round::default()
        };
        let round = std::mem::replace(&mut self.round, inner);
        let outside = self.bound.len();
        self.pattern(&node.pat)?;
        self.block(&node.body)?;
        self.bound.truncate(outside);
        let inner = std::mem::replace(&mut self.round, round);
        (inner.makes && inner.work <= MOST).then_some(())
    }

    /// `x += e`, `*x -= e` of a variable from outside.
    fn sum(&mut self, operation: &ExprBinary) -> Option<()> {
        let sum = variable(places::pointee(&operation.left)?)?;
        if self.bound.contains(&sum) {
            return None;
        }
        if !matches!(
            operation.op,
            BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_)
        ) {
            return None;
        }
        note(&mut self.outer.sums, &sum);
        Some(())
    }

    /// `x`, of the body's own; `*x`; `xs[i][j]`
    fn target(&mut self, target: &Expr) -> Option<()> {
        match target {
            Expr::Paren(inner) => self.target(&inner.expr),
            Expr::Path(_) => name(target)
                .filter(|name| self.bound.contains(name))
                .map(drop),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
                self.round.makes |= self.round.index.is_none();
                self.target(&unary.expr)
            }
            Expr::Index(indexed) => {
                self.round.makes |= self
                    .round
                    .index
                    .as_ref()
                    .is_none_or(|index| is_by(indexed, index));
                self.value(target)
            }
            _ => None,
        }
    }

    /// A number, or what leads to one.
    fn value(&mut self, value: &Expr) -> Option<()> {
        match value {
            Expr::Lit(literal) => matches!(
                literal.lit,
                Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) | Lit::Byte(_)
            )
            .then_some(()),
            Expr::Path(_) => self.named(value),
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Group(inner) => self.value(&inner.expr),
            Expr::Unary(unary) => self.value(&unary.expr),
            Expr::Binary(operation) if !is_assignment(&operation.op) => {
                self.works(&operation.op);
                self.value(&operation.left)?;
                self.value(&operation.right)
            }
            Expr::Cast(cast) => {
                is_number_type(&cast.ty).then_some(())?;
                self.value(&cast.expr)
            }
            Expr::Index(indexed) => {
                self.round.work += 1;
                self.value(&indexed.expr)?;
                self.value(&indexed.index)
            }
            Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                let Expr::Index(row) = &*call.receiver else {
                    return None;
                };
                let rows = name(&row.expr).filter(|name| !self.bound.contains(name))?;
                note(&mut self.outer.tables, &rows);
                self.value(&row.index)
            }
            Expr::If(ExprIf {
                cond,
                then_branch,
                else_branch,
                ..
            }) => {
                self.value(cond)?;
                self.block(then_branch)?;
                else_branch
                    .as_ref()
                    .map_or(Some(()), |(_, otherwise)| self.value(otherwise))
            }
            Expr::Block(ExprBlock {
                label: None, block, ..
            }) => self.block(block),
            _ => None,
        }
    }

    /// A variable.
    fn named(&mut self, variable: &Expr) -> Option<()> {
        let name = name(variable)?;
        if !self.bound.contains(&name) {
            note(&mut self.outer.variables, &name);
        }
        Some(())
    }

    fn works(&mut self, operator: &BinOp) {
        self.round.work += match operator {
            BinOp::Div(_) | BinOp::Rem(_) | BinOp::DivAssign(_) | BinOp::RemAssign(_) => DIVISION,
            _ => 1,
        };
    }
}

/// Whether this element is another one in each round of the loop with this index.
fn is_by(element: &ExprIndex, index: &Ident) -> bool {
    let further = match &*element.expr {
        Expr::Index(further) => is_by(further, index),
        _ => false,
    };
    further || name(&element.index).as_ref() == Some(index)
}

/// By its name: no other type can have a value of arithmetic.
fn is_number_type(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => {
            let name = path.path.get_ident().map(ToString::to_string);
            name.is_some_and(|name| is_primitive(&name) || name == "bool" || name == "char")
        }
        _ => false,
    }
}

fn note(names: &mut Vec<Ident>, name: &Ident) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}

/// `x`
fn name(expression: &Expr) -> Option<Ident> {
    variable(places::whole(expression)?)
}

fn variable(place: Place) -> Option<Ident> {
    place.fields.is_empty().then_some(place.root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Option<String> {
        let node = syn::parse_str(code).expect(code);
        let Arithmetic {
            variables,
            tables,
            sums,
        } = super::of(&node)?;
        let word = |word| Ident::new(word, proc_macro2::Span::call_site());
        let (plus, rows) = (word("plus"), word("rows_of"));
        let tables = tables.iter().flat_map(|table| [&rows, table]);
        let sums = tables.chain(sums.iter().flat_map(|sum| [&plus, sum]));
        let names: Vec<String> = variables
            .iter()
            .chain(sums)
            .map(ToString::to_string)
            .collect();
        Some(names.join(" "))
    }

    #[test]
    fn arithmetic_tells_its_variables() {
        for (code, names) in [
            (
                "for i in 0..a.len() { out[i] = a[i] * 2.0 + 1.0; }",
                "a out",
            ),
            (
                "for i in 0..rows.len() { for j in 0..rows[i].len() { rows[i][j] = rows[i][j] * 1.5; } }",
                "rows rows_of rows",
            ),
            ("for v in xs.iter_mut() { *v = *v * scale - 1.0 }", "scale"),
            (
                "for (i, v) in (&mut xs).enumerate() { *v += i as f64; }",
                "",
            ),
            ("for i in lo()..=hi { r.push(i * i); }", "r"),
            (
                "for i in 0..n { s += a[i] * b[i]; *t -= 1.0; out[i] = 0.0; }",
                "a b out plus s plus t",
            ),
            ("for (x, &y) in a.iter().zip(b()) { r.push(x * y); }", "r"),
            (
                "for i in 1..n { let mut x: f64 = a[i - 1]; x /= 3.0; if x > a[i] { out[i] = x; } else { continue; } }",
                "a out",
            ),
            (
                "for i in 0..n { let a = 2; { let b = a; r.push(b); } r.push(b); }",
                "r b",
            ),
            (
                "for i in 0..n { r.push(if i % 2 == 0 { -x } else { !y }); }",
                "x y r",
            ),
        ] {
            assert_eq!(of(code).as_deref(), Some(names), "{code}");
        }
    }

    #[test]
    fn what_code_of_the_users_may_stand_for_is_none() {
        for body in [
            "out[i] = f(a[i]);",
            "out[i] = a[i].sqrt();",
            "out[i] = a.x[i];",
            "out[i] = m::X;",
            "out[i] = <T>::x;",
            "<T>::s += a[i];",
            "out[i] = *&a[i];",
            "out[i] = (|| 1)();",
            "out[i] = a[i]?;",
            "out[i] = a[i].len;",
            "out[i] = (1..3).len();",
            "out[i] = a.len();",
            "out[i] = a[i][j].len();",
            "let a = b; out[i] = a[i].len();",
            "out[i] = \"text\".len();",
            "out[i] = a[i] as T;",
            "let x: T = a[i]; out[i] = x;",
            "let Some(x) = a[i] else { continue; }; out[i] = x;",
            "out[i] = unsafe { *p };",
            "out[i] = vec![1][0];",
            "out.insert(i);",
            "out.push(i, i);",
            "let r = 1; r.push(i);",
            "s /= a[i];",
            "s = s + a[i];",
            "*s = a[i];",
            "while x { out[i] = 1; }",
            "#[cfg(unix)] let x = 1; out[i] = x;",
            "println!(\"\"); out[i] = 1;",
            "break;",
            "return;",
            "'a: for j in 0..3 { out[i][j] = 1; }",
            "for j in a { out[i][j] = 1; }",
            "for j in 0.. { out[i][j] = 1; }",
        ] {
            let code = format!("for i in 0..n {{ {body} }}");
            assert_eq!(of(&code), None, "{code}");
        }
        assert_eq!(of("'a: for i in 0..n { r.push(1); }"), None);
        assert_eq!(of("for Pair { x, .. } in xs { r.push(x); }"), None);
        assert_eq!(of("for ref x in xs { r.push(x); }"), None);
    }

    #[test]
    fn what_takes_longer_than_a_message_is_none() {
        let sum = ["a[i]"; 8].join(" + ");
        assert!(of(&format!("for i in 0..n {{ out[i] = {sum}; }}")).is_some());
        let sum = ["a[i]"; 9].join(" + ");
        assert_eq!(of(&format!("for i in 0..n {{ out[i] = {sum}; }}")), None);
        let quotient = ["x"; 6].join(" / ");
        assert_eq!(
            of(&format!("for i in 0..n {{ r.push({quotient}); }}")),
            None
        );
        for inner in [
            "out[i] += a[k];",
            "s += a[k];",
            "for j in 0..n { out[j] = 1; }",
            "for j in 0..n { c[i][j] += a[i][k] * b[k][j]; }",
        ] {
            let code = format!("for i in 0..n {{ for k in 0..n {{ {inner} }} }}");
            assert_eq!(of(&code), None, "{code}");
        }
    }
}
