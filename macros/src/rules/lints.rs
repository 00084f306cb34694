//! Differences between ranks in an annotated function: random numbers without a seed, listings without an
//! order, files of the setup.
//!
//! Invariant: code that runs after the last distributed loop is of no concern here.

use super::files::{self, Files, Found};
use super::items::{self, Order};
use crate::model::{Effect, EffectKind, ItemsFrom, Lint, LintKind, Listed, Loop, LoopId, Place};
use crate::syntax::tags;
use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{
    Expr, ExprCall, ExprClosure, ExprForLoop, ExprIf, ExprMethodCall, ExprPath, Item, ItemFn, Stmt,
};

/// The lints of the function; items that can't be had become effects of their loop.
pub(crate) fn lints(function: &ItemFn, loops: &mut [Loop], left: bool) -> Vec<Lint> {
    let mut visitor = Hazards {
        function,
        last: loops.iter().map(|each| each.id).max(),
        loops,
        bodies: 0,
        searches: 0,
        closures: 0,
        is_over: false,
        read_ahead: None,
        files: Files::new(function, left),
        lints: Vec::new(),
    };
    if visitor.last.is_some() {
        visitor.visit_block(&function.block);
        visitor.is_over = false;
        visitor.captures();
    }
    visitor.lints
}

struct Hazards<'plan> {
    function: &'plan ItemFn,
    loops: &'plan mut [Loop],
    last: Option<LoopId>,
    /// Distributed loops around the place that is looked at.
    bodies: usize,
    /// Those of them that can be left.
    searches: usize,
    closures: usize,
    /// The last distributed loop lies behind.
    is_over: bool,
    /// A loop over standard input that may be left, and the name that it has here.
    read_ahead: Option<(usize, Ident)>,
    files: Files,
    lints: Vec<Lint>,
}

impl Hazards<'_> {
    fn push(&mut self, span: Span, kind: LintKind) {
        if !self.is_over {
            self.lints.push(Lint { span, kind });
        }
    }

    fn items(&mut self, index: usize, expression: &Expr) {
        let each = &mut self.loops[index];
        let (span, kind) = if let Some((how, span)) = items::endless(expression)
            && each.exits.is_empty()
        {
            (span, EffectKind::Endless(how))
        } else if let Some(name) = items::standard_input(self.function, expression)
            && each.options.items == ItemsFrom::All
        {
            (name.span(), EffectKind::StandardInput)
        } else {
            let from_master = each.options.items == ItemsFrom::Master;
            let order = items::order(self.function, expression);
            self.order(order.filter(|_| !from_master));
            return;
        };
        let place = Place {
            root: Ident::new("items", span),
            fields: Vec::new(),
        };
        each.effects.push(Effect { place, span, kind });
    }

    /// Variables that were made in another order on each rank, or are gone through in another one.
    fn captures(&mut self) {
        let compared = self.loops.iter().flat_map(|each| &each.compared);
        let whole = compared.filter(|place| place.fields.is_empty());
        let variables: Vec<Ident> = whole.map(|place| place.root.clone()).collect();
        for variable in variables {
            self.order(items::order_of(self.function, variable));
        }
        let listed = self.loops.iter().flat_map(|each| &each.listed);
        let listed = listed.filter(|listed| items::shows_order(self.function, listed));
        let lints = listed.map(|Listed { table, .. }| Lint {
            span: table.root.span(),
            kind: LintKind::HashOrder(table.to_string()),
        });
        let lints: Vec<Lint> = lints.collect();
        self.lints.extend(lints);
    }

    fn order(&mut self, order: Option<Order>) {
        match order {
            Some(Order::Listing(name)) => {
                self.push(name.span(), LintKind::Listing(name.to_string()));
            }
            Some(Order::Hash(table, method)) => {
                self.push(method.span(), LintKind::HashOrder(table));
            }
            None => {}
        }
    }

    /// Standard input, or a reader over it, is used after a loop that has read ahead.
    fn reads_on(&mut self, name: &Ident) {
        if let Some((index, own)) = &self.read_ahead
            && (name == own || name == "stdin")
        {
            let place = Place {
                root: name.clone(),
                fields: Vec::new(),
            };
            self.loops[*index].effects.push(Effect {
                place,
                span: name.span(),
                kind: EffectKind::ReadAhead,
            });
            self.read_ahead = None;
        }
    }

    fn reads_on_master(&self) -> bool {
        self.loops
            .iter()
            .any(|each| each.options.items == ItemsFrom::Master)
    }

    /// `rand::rng`, `SmallRng::from_entropy`, `fastrand::u64`
    fn random(&mut self, path: &ExprPath) {
        let segments = names(path);
        let names: Vec<&str> = segments.iter().map(String::as_str).collect();
        let Some(span) = path.path.segments.last().map(|s| s.ident.span()) else {
            return;
        };
        let text = names.join("::");
        match names[..] {
            ["fastrand", "seed"] => self.push(span, LintKind::GlobalSeed(text)),
            ["fastrand", name] if name.starts_with(char::is_lowercase) => {
                self.unseeded(span, text);
            }
            [.., "thread_rng" | "from_entropy" | "from_os_rng" | "OsRng"]
            | [
                "rand",
                "rng" | "random" | "random_range" | "random_bool" | "random_iter",
            ]
            | ["fastrand", "Rng", "new"] => self.unseeded(span, text),
            _ => {}
        }
    }

    /// `thread::sleep`, `Instant::now`
    fn clock(&mut self, path: &ExprPath) {
        let segments = names(path);
        let names: Vec<&str> = segments.iter().map(String::as_str).collect();
        let is_clock = matches!(
            names[..],
            ["sleep"] | [.., "thread", "sleep"] | [.., "Instant" | "SystemTime", "now"]
        );
        if let Some(last) = path
            .path
            .segments
            .last()
            .filter(|_| is_clock && self.searches > 0)
        {
            self.push(last.ident.span(), LintKind::Clock(names.join("::")));
        }
    }

    fn unseeded(&mut self, span: Span, name: String) {
        let kind = match self.bodies {
            0 => LintKind::RandomSetup(name),
            _ => LintKind::Random(name),
        };
        self.push(span, kind);
    }

    fn file(&mut self, call: &ExprCall) {
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
        {
            let found = self.files.called(&names(path), call, self.is_over);
            self.found(found, last.ident.span());
        }
    }

    fn found(&mut self, found: Option<Found>, span: Span) {
        match found {
            // The items of a loop whose items are the master's.
            Some(Found::Lint(LintKind::StdinInSetup)) if self.reads_on_master() => {}
            Some(Found::Lint(kind)) => self.lints.push(Lint { span, kind }),
            Some(Found::Effect(kind)) => {
                let place = Place {
                    root: Ident::new("file", span),
                    fields: Vec::new(),
                };
                if let Some(first) = self.loops.first_mut() {
                    first.effects.push(Effect { place, span, kind });
                }
            }
            None => {}
        }
    }
}

impl<'ast> Visit<'ast> for Hazards<'_> {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.files.ignored_by(statement);
        visit::visit_stmt(self, statement);
    }

    // What stands there is not for every rank.
    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        let chooses = files::names_a_rank(&node.cond);
        self.closures += usize::from(chooses);
        visit::visit_expr_if(self, node);
        self.closures -= usize::from(chooses);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if self.bodies == 0 && self.closures == 0 {
            let found = self.files.opened(call, self.is_over);
            self.found(found, call.method.span());
        }
        if call.method == "elapsed" && call.args.is_empty() && self.searches > 0 {
            self.push(call.method.span(), LintKind::Clock("elapsed".to_owned()));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_for_loop(&mut self, node: &'ast ExprForLoop) {
        let id = tags::id(node);
        let Some(index) = self.loops.iter().position(|each| Some(each.id) == id) else {
            return visit::visit_expr_for_loop(self, node);
        };
        self.items(index, &node.expr);
        let each = &self.loops[index];
        let reads_ahead = each.options.items == ItemsFrom::Master && !each.exits.is_empty();
        let can_be_left = !each.exits.is_empty();
        let input = items::standard_input(self.function, &node.expr).filter(|_| reads_ahead);
        // The items themselves were judged as a whole.
        self.closures += 1;
        self.visit_expr(&node.expr);
        self.closures -= 1;
        let searches = usize::from(can_be_left);
        self.bodies += 1;
        self.searches += searches;
        self.visit_block(&node.body);
        self.bodies -= 1;
        self.searches -= searches;
        self.is_over |= self.last == id;
        if let Some(input) = input {
            self.read_ahead = Some((index, input));
        }
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.random(path);
        if let Some(last) = path.path.segments.last() {
            self.reads_on(&last.ident);
        }
        self.clock(path);
        visit::visit_expr_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        // Its argument runs once.
        if items::called(call).is_some_and(|name| name == "on_master") {
            return;
        }
        if self.bodies == 0 && self.closures == 0 {
            self.file(call);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.closures += 1;
        visit::visit_expr_closure(self, closure);
        self.closures -= 1;
    }

    // They run when they are called.
    fn visit_item(&mut self, _: &'ast Item) {}
}

/// `["std", "fs", "write"]`
fn names(path: &ExprPath) -> Vec<String> {
    let segments = path.path.segments.iter();
    segments.map(|segment| segment.ident.to_string()).collect()
}
