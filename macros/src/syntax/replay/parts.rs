//! The parts of a statement that is run elsewhere: the variables that it changes, and the values that the body makes.

use super::rules::{self, is_constructor, reads};
use super::written;
use crate::model::Place;
use crate::syntax::steps::{by_operator, text};
use crate::syntax::{comparisons, formats, macros, nodes, patterns, places};
use proc_macro2::{Ident, TokenStream};
use syn::{
    BinOp, Block, Expr, ExprBinary, ExprClosure, ExprMacro, ExprMethodCall, ExprRange,
    ExprReference, ExprStruct, Macro, Pat, Stmt, UnOp,
};

/// Methods that make an owned value, and nothing else.
const COPIES: [&str; 4] = ["clone", "to_owned", "to_string", "to_vec"];

/// Methods that keep the reference that they are given; others copy what is behind it, or look it up.
const STORES: [&str; 5] = ["insert", "or_insert", "push", "push_back", "push_front"];

/// A node of the statement that is not the same where it runs.
pub(crate) struct Part<'ast> {
    pub(crate) node: *const (),
    pub(crate) kind: PartKind<'ast>,
}

pub(crate) enum PartKind<'ast> {
    /// A variable that the statement changes, by its place in the list.
    Target(usize),
    /// A value that the body makes; one that `is_known` is the same wherever it is written so.
    Value {
        value: &'ast Expr,
        is_known: bool,
        looks: bool,
    },
    /// A slice or a text that the statement looks at: `buffer[a..b]`, or by reference, `line.as_bytes()`
    Slice {
        value: &'ast Expr,
        by_reference: bool,
    },
    /// A variable of the body, which keeps its name. What only looks at it needs a copy.
    Name { name: Ident, looks: bool },
    /// `write!(x, ..)`, whose text the body makes.
    Text { target: usize, call: &'ast Macro },
}

/// All parts, in the order of their evaluation.
pub(crate) struct AllParts<'ast> {
    pub(crate) list: Vec<Part<'ast>>,
    /// A `?` of what the statement does is among them.
    pub(crate) leave: bool,
}

/// The parts. `None`: it can't be run elsewhere. Variables of the body are those that
/// are `local`.
pub(crate) fn parts<'ast>(
    statement: &'ast Expr,
    targets: &[Place],
    local: &dyn Fn(&str) -> bool,
) -> Option<AllParts<'ast>> {
    let mut parts = Parts {
        targets,
        local,
        bound: Vec::new(),
        found: Vec::new(),
        leave: false,
    };
    parts.read(statement, Certain::Surely, Use::Value)?;
    Some(AllParts {
        list: parts.found,
        leave: parts.leave,
    })
}

/// Whether a part is evaluated whatever the variables hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certain {
    Surely,
    Perhaps,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Value,
    /// By reference.
    Look,
}

struct Parts<'ast, 'a> {
    targets: &'a [Place],
    local: &'a dyn Fn(&str) -> bool,
    /// Names that the statement binds itself.
    bound: Vec<Place>,
    found: Vec<Part<'ast>>,
    leave: bool,
}

impl<'ast> Parts<'ast, '_> {
    fn read(&mut self, expression: &'ast Expr, certain: Certain, how: Use) -> Option<()> {
        if let Some(target) = self.target(expression) {
            self.add(expression, PartKind::Target(target));
            return Some(());
        }
        let own = !reads(expression, self.targets) && !reads(expression, &self.bound);
        if own && certain == Certain::Surely {
            self.value(expression, how)
        } else {
            self.inside(expression, certain, how)
        }
    }

    fn add(&mut self, expression: &'ast Expr, kind: PartKind<'ast>) {
        let node = nodes::address(expression);
        self.found.push(Part { node, kind });
    }

    /// One of the variables, exactly.
    fn target(&self, expression: &Expr) -> Option<usize> {
        if !matches!(expression, Expr::Path(_) | Expr::Field(_)) {
            return None;
        }
        let place = places::whole(expression)?;
        self.targets.iter().position(|target| *target == place)
    }

    /// A value that can be made before the statement.
    fn value(&mut self, value: &'ast Expr, how: Use) -> Option<()> {
        if self.place(value, how) {
            return Some(());
        }
        match value {
            Expr::Lit(_) | Expr::Path(_) => Some(()),
            Expr::Paren(inner) => self.value(&inner.expr, how),
            Expr::Group(inner) => self.value(&inner.expr, how),
            Expr::Reference(borrow) if borrow.mutability.is_some() => None,
            Expr::Reference(borrow) if how == Use::Look => self.value(&borrow.expr, how),
            // What they are made of travels more easily.
            Expr::Call(call) if is_constructor(&call.func) => self.values(&call.args),
            Expr::Tuple(tuple) => self.values(&tuple.elems),
            Expr::Array(array) if array.elems.len() <= 4 => self.values(&array.elems),
            Expr::Range(range) => self.values(ends(range)),
            Expr::Struct(made) if is_written_out(made) => {
                self.values(made.fields.iter().map(|field| &field.expr))
            }
            Expr::Closure(closure) => self.closure(closure),
            Expr::MethodCall(call) if is_slice_of(call) => {
                self.slice(value, true);
                Some(())
            }
            Expr::Index(index) if how == Use::Look && matches!(*index.index, Expr::Range(_)) => {
                self.slice(value, false);
                Some(())
            }
            _ => {
                let looks = how == Use::Look && matches!(value, Expr::Index(_));
                self.made(value, comparisons::is_pure(value), looks);
                Some(())
            }
        }
    }

    /// A slice, whose elements the body makes.
    fn slice(&mut self, value: &'ast Expr, by_reference: bool) {
        let kind = PartKind::Slice {
            value,
            by_reference,
        };
        self.add(value, kind);
    }

    /// A value that the body makes.
    fn made(&mut self, value: &'ast Expr, is_known: bool, looks: bool) {
        let kind = PartKind::Value {
            value,
            is_known,
            looks,
        };
        self.add(value, kind);
    }

    fn values(&mut self, values: impl IntoIterator<Item = &'ast Expr>) -> Option<()> {
        values
            .into_iter()
            .try_for_each(|value| self.value(value, Use::Value))
    }

    /// A variable or a field of one, or what it refers to: it is there whatever the others hold, and those from outside
    /// are there where the statement runs.
    fn place(&mut self, expression: &'ast Expr, how: Use) -> bool {
        let Some(root) = root(expression) else {
            return false;
        };
        if reads(expression, self.targets) {
            return false;
        }
        if self.bound.iter().any(|bound| bound.root == *root) {
            return true;
        }
        if (self.local)(&root.to_string()) {
            if let Expr::Path(_) = expression {
                self.name(root, how);
            } else {
                self.made(expression, true, how == Use::Look);
            }
        }
        true
    }

    /// A value that the body makes in any case, written once more, or a copy of one of its variables: `x.abs()`,
    /// `name.clone()`
    fn made_before(&mut self, expression: &'ast Expr) -> bool {
        let Expr::MethodCall(call) = expression else {
            return false;
        };
        let own = !reads(expression, self.targets) && !reads(expression, &self.bound);
        let is_copy = COPIES.contains(&&*call.method.to_string()) && call.args.is_empty();
        let of_local = root(&call.receiver).is_some_and(|root| (self.local)(&root.to_string()));
        let same = text(expression);
        let mut found = self.found.iter();
        let again = comparisons::is_pure(expression)
            && found.any(
                |part| matches!(part.kind, PartKind::Value { value, .. } if text(value) == same),
            );
        let is_made = own && (again || is_copy && of_local);
        if is_made {
            self.made(expression, true, false);
        }
        is_made
    }

    fn name(&mut self, name: &Ident, how: Use) {
        for part in &mut self.found {
            if let PartKind::Name { name: known, looks } = &mut part.kind
                && known == name
            {
                *looks &= how == Use::Look;
                return;
            }
        }
        self.found.push(Part {
            node: std::ptr::null(),
            kind: PartKind::Name {
                name: name.clone(),
                looks: how == Use::Look,
            },
        });
    }

    /// An expression that is evaluated where the statement runs.
    fn inside(&mut self, expression: &'ast Expr, certain: Certain, how: Use) -> Option<()> {
        if self.place(expression, how) || self.made_before(expression) {
            return Some(());
        }
        let mut read = |part, how| self.read(part, certain, how);
        match expression {
            Expr::Lit(_) => Some(()),
            // Of a variable that is all of a target, or has one as a field, nothing is known.
            Expr::Path(path) => path.path.get_ident().is_none().then_some(()),
            Expr::Field(field) => read(&field.base, Use::Look),
            Expr::Paren(inner) => read(&inner.expr, how),
            Expr::Group(inner) => read(&inner.expr, how),
            Expr::Cast(cast) => read(&cast.expr, Use::Value),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => read(&unary.expr, how),
            Expr::Unary(unary) => read(&unary.expr, Use::Value),
            Expr::Reference(borrow) => self.reference(expression, borrow, certain, how),
            Expr::Assign(assignment) => {
                read(&assignment.right, Use::Value)?;
                read(&assignment.left, Use::Value)
            }
            Expr::Binary(operation) => self.operation(operation, certain),
            Expr::Index(index) => {
                read(&index.expr, Use::Look)?;
                read(&index.index, Use::Value)
            }
            Expr::MethodCall(call) => {
                read(&call.receiver, Use::Look)?;
                let stores = STORES.contains(&&*call.method.to_string());
                self.arguments(&call.args, stores, certain)
            }
            Expr::Call(call) => {
                read(&call.func, Use::Value)?;
                self.arguments(&call.args, is_constructor(&call.func), certain)
            }
            Expr::Tuple(tuple) => tuple.elems.iter().try_for_each(|e| read(e, Use::Value)),
            Expr::Array(array) => array.elems.iter().try_for_each(|e| read(e, Use::Value)),
            Expr::Range(range) => ends(range).try_for_each(|end| read(end, Use::Value)),
            Expr::Struct(made) if is_written_out(made) => made
                .fields
                .iter()
                .try_for_each(|field| read(&field.expr, Use::Value)),
            Expr::Closure(closure) => self.closure(closure),
            Expr::Try(inner) => {
                self.read(&inner.expr, certain, Use::Value)?;
                self.leave = true;
                Some(())
            }
            Expr::Macro(call) => match written::target(&call.mac) {
                Some(target) => self.text(expression, &call.mac, &target, certain),
                None => self.macro_call(call),
            },
            Expr::Block(block) if block.label.is_none() => self.block(&block.block, certain),
            Expr::Let(test) => {
                read(&test.expr, Use::Look)?;
                self.bind(&test.pat);
                Some(())
            }
            Expr::If(choice) => {
                let outside = self.bound.len();
                self.read(&choice.cond, certain, Use::Value)?;
                self.block(&choice.then_branch, Certain::Perhaps)?;
                self.bound.truncate(outside);
                let mut otherwise = choice.else_branch.iter();
                otherwise.try_for_each(|(_, e)| self.read(e, Certain::Perhaps, Use::Value))
            }
            Expr::Match(choice) => {
                read(&choice.expr, Use::Look)?;
                choice.arms.iter().try_for_each(|arm| {
                    let outside = self.bound.len();
                    self.bind(&arm.pat);
                    if let Pat::Guard(guarded) = &arm.pat {
                        self.read(&guarded.guard, Certain::Perhaps, Use::Value)?;
                    }
                    self.read(&arm.body, Certain::Perhaps, Use::Value)?;
                    self.bound.truncate(outside);
                    Some(())
                })
            }
            _ => None,
        }
    }

    /// `&x`, or `&mut` of one of the variables, or an element of it.
    fn reference(
        &mut self,
        expression: &'ast Expr,
        borrow: &'ast ExprReference,
        certain: Certain,
        how: Use,
    ) -> Option<()> {
        let lent = || rules::lent(&borrow.expr).filter(|_| borrow.mutability.is_some());
        let own = self.target(&borrow.expr).is_some()
            || lent().is_some_and(|place| self.targets.contains(&place));
        (borrow.mutability.is_none() || own).then_some(())?;
        if how == Use::Value
            && !own
            && root(&borrow.expr).is_some_and(|root| (self.local)(&root.to_string()))
        {
            self.made(expression, true, false);
            return Some(());
        }
        self.read(&borrow.expr, certain, Use::Look)
    }

    /// What a call is given, and whether it keeps references.
    fn arguments(
        &mut self,
        arguments: impl IntoIterator<Item = &'ast Expr>,
        keeps: bool,
        certain: Certain,
    ) -> Option<()> {
        arguments.into_iter().try_for_each(|argument| {
            let is_lent = !keeps && matches!(argument, Expr::Reference(_));
            let how = if is_lent { Use::Look } else { Use::Value };
            self.read(argument, certain, how)
        })
    }

    fn operation(&mut self, operation: &'ast ExprBinary, certain: Certain) -> Option<()> {
        let (left, right) = (&*operation.left, &*operation.right);
        // Of numbers, the right side comes first.
        if by_operator(&operation.op).is_some() {
            self.read(right, certain, Use::Value)?;
            return self.read(left, certain, Use::Value);
        }
        let (how, of_right) = match operation.op {
            BinOp::And(_) | BinOp::Or(_) => (Use::Value, Certain::Perhaps),
            BinOp::Eq(_)
            | BinOp::Ge(_)
            | BinOp::Gt(_)
            | BinOp::Le(_)
            | BinOp::Lt(_)
            | BinOp::Ne(_) => (Use::Look, certain),
            _ => (Use::Value, certain),
        };
        self.read(left, certain, how)?;
        self.read(right, of_right, how)
    }

    fn block(&mut self, block: &'ast Block, certain: Certain) -> Option<()> {
        let outside = self.bound.len();
        let mut statements = block.stmts.iter();
        statements.try_for_each(|statement| match statement {
            Stmt::Expr(expression, _) => self.read(expression, certain, Use::Value),
            Stmt::Local(local) => {
                self.read(&local.init.as_ref()?.expr, certain, Use::Look)?;
                self.bind(&local.pat);
                Some(())
            }
            _ => None,
        })?;
        self.bound.truncate(outside);
        Some(())
    }

    fn bind(&mut self, pattern: &Pat) {
        let place = |root| Place {
            root,
            fields: Vec::new(),
        };
        self.bound.extend(patterns::idents(pattern).map(place));
    }

    fn closure(&mut self, closure: &'ast ExprClosure) -> Option<()> {
        let outside = self.bound.len();
        closure.inputs.iter().for_each(|input| self.bind(input));
        self.read(&closure.body, Certain::Perhaps, Use::Value)?;
        self.bound.truncate(outside);
        Some(())
    }

    /// `write!(x, ..)`
    fn text(
        &mut self,
        expression: &'ast Expr,
        call: &'ast Macro,
        target: &Place,
        certain: Certain,
    ) -> Option<()> {
        let target = self.targets.iter().position(|place| place == target)?;
        let tokens = written::behind_target(call);
        let names = named(call, &tokens);
        let is_there = |name: &Ident| {
            let mut others = self.targets.iter().chain(&self.bound);
            others.any(|place| place.root == *name)
        };
        if certain != Certain::Surely || names.iter().any(is_there) {
            return None;
        }
        self.add(expression, PartKind::Text { target, call });
        Some(())
    }

    /// Its arguments keep their names.
    fn macro_call(&mut self, call: &ExprMacro) -> Option<()> {
        let call = &call.mac;
        macros::known_arguments(call)?;
        let names = named(call, &call.tokens);
        names.into_iter().try_for_each(|name| {
            if self.targets.iter().any(|target| target.root == name) {
                return None;
            }
            let is_bound = self.bound.iter().any(|bound| bound.root == name);
            if !is_bound && (self.local)(&name.to_string()) {
                self.name(&name, Use::Look);
            }
            Some(())
        })
    }
}

/// The variables that some tokens of a macro call mention, and its format string.
fn named(call: &Macro, tokens: &TokenStream) -> Vec<Ident> {
    let mut names = formats::mentioned(tokens);
    names.extend(formats::of_call(call));
    names
}

/// What a range is given.
fn ends(range: &ExprRange) -> impl Iterator<Item = &Expr> {
    let ends = [&range.start, &range.end];
    ends.into_iter().flatten().map(|end| &**end)
}

/// `x` of `x`, `x.y`, `*x`
fn root(expression: &Expr) -> Option<&Ident> {
    match expression {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        Expr::Paren(inner) => root(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => root(&unary.expr),
        _ => None,
    }
}

/// `line.as_bytes()`
fn is_slice_of(call: &ExprMethodCall) -> bool {
    let is_one = ["as_bytes", "as_slice", "as_str"].contains(&&*call.method.to_string());
    is_one && call.args.is_empty()
}

/// `Point { x: a, y: b }`, not `Point { x, y }`, whose fields are no expressions of their own.
fn is_written_out(made: &ExprStruct) -> bool {
    made.rest.is_none() && made.fields.iter().all(|field| field.colon_token.is_some())
}
