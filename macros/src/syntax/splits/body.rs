//! The body of a loop that may be two: which of its statements go behind, and what they are handed.

use crate::model::Place;
use crate::syntax::methods::GUARDS;
use crate::syntax::patterns;
use crate::syntax::uses::{self, Change, Use};
use syn::visit::Visit;
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

/// The body of the loop, taken apart.
pub(super) struct Body<'ast> {
    pub(super) statements: Vec<&'ast Stmt>,
    uses: Vec<Vec<Use>>,
    /// The variables of the head, and those that each statement declares.
    pub(super) of_items: Vec<&'ast PatIdent>,
    pub(super) names: Vec<Vec<&'ast PatIdent>>,
    node: &'ast ExprForLoop,
}

impl<'ast> Body<'ast> {
    /// `None`: it declares items, or two variables of one name.
    pub(super) fn new(node: &'ast ExprForLoop) -> Option<Self> {
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

    pub(super) fn all_names(&self) -> impl Iterator<Item = &&'ast PatIdent> {
        self.of_items.iter().chain(self.names.iter().flatten())
    }

    fn is_local(&self, place: &Place) -> bool {
        self.all_names().any(|name| name.ident == place.root)
    }

    fn uses(&self, at: usize, place: &Place) -> bool {
        self.uses[at].iter().any(|each| each.place.overlaps(place))
    }

    pub(super) fn uses_name(&self, at: usize, name: &Ident) -> bool {
        self.uses[at].iter().any(|each| each.place.root == *name)
    }

    /// The statements that go behind, in their order: those that use what the loop is refused for, with all that
    /// can't do without them.
    pub(super) fn going(&self, known: &Known<'_>) -> Option<Vec<usize>> {
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
    pub(super) fn may_hand_on(&self, at: usize, known: &Known<'_>) -> bool {
        let is_known = |place: &Place| known.changed.iter().any(|known| known.overlaps(place));
        self.uses[at].iter().any(|each| {
            let place = &each.place;
            let may_change = each.change == Change::Perhaps && place.fields.is_empty();
            may_change && !self.is_local(place) && !is_known(place) && (known.is_mutable)(place)
        })
    }

    /// What is pushed of a variable, and what the loop behind calls it.
    pub(super) fn handed(
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
pub(super) fn lends(items: &Expr, known: &Known<'_>) -> bool {
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
