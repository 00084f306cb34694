//! Items that can't be distributed as they are, or that differ from rank to rank.

use crate::model::Listed;
use crate::syntax::places::{self, base};
use crate::syntax::sorting;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprMethodCall, Ident, ItemFn, Local, Pat, RangeLimits, Type};

/// What an expression that makes items says about their order.
#[derive(Debug)]
pub(super) enum Order {
    /// `read_dir(..)`, and where.
    Listing(Ident),
    /// `map.keys()` of a hash table.
    Hash(String, Ident),
}

/// `0..`, `(0..).map(..)`, `xs.iter().cycle()`: the end that is missing.
pub(super) fn endless(items: &Expr) -> Option<(String, proc_macro2::Span)> {
    // What comes to an end only if its receiver does.
    const TRANSPARENT: [&str; 8] = [
        "enumerate",
        "filter",
        "filter_map",
        "inspect",
        "into_iter",
        "map",
        "skip",
        "step_by",
    ];
    match items {
        Expr::Range(range) if range.end.is_none() => {
            let span = match range.limits {
                RangeLimits::HalfOpen(token) => token.spans[0],
                RangeLimits::Closed(token) => token.spans[0],
            };
            Some(("`..` without an end".to_owned(), span))
        }
        Expr::Paren(inner) => endless(&inner.expr),
        Expr::Group(inner) => endless(&inner.expr),
        Expr::MethodCall(call) => match &*call.method.to_string() {
            "cycle" => Some(("`cycle()`".to_owned(), call.method.span())),
            method if TRANSPARENT.contains(&method) => endless(&call.receiver),
            _ => None,
        },
        Expr::Call(call) => {
            let name = called(call)?;
            let endless = name == "repeat" || name == "repeat_with";
            endless.then(|| (format!("`{name}(..)`"), name.span()))
        }
        _ => None,
    }
}

/// `stdin()`, or a variable that was made from it.
pub(super) fn standard_input(function: &ItemFn, items: &Expr) -> Option<Ident> {
    let from = |expression: &Expr| {
        let mut calls = Calls::default();
        calls.visit_expr(expression);
        calls.0.into_iter().find(|name| name == "stdin")
    };
    from(items).or_else(|| {
        let variable = base(items)?;
        let value = declaration(&function.block, &variable)?.init.as_ref()?;
        // A line that was read from it is another thing than the lines to come.
        let value = matches!(&*value.expr, Expr::Call(_) | Expr::MethodCall(_)).then_some(value)?;
        from(&value.expr).map(|_| variable)
    })
}

/// Items whose order is another one on each rank.
pub(super) fn order(function: &ItemFn, items: &Expr) -> Option<Order> {
    // A hash table's own iterators are refused by their type.
    let by_type = |order: &Order| matches!(order, Order::Hash(..));
    let direct = directly(function, items).filter(|order| !by_type(order));
    direct.or_else(|| {
        let variable = base(items)?;
        let value = declaration(&function.block, &variable)?.init.as_ref()?;
        directly(function, &value.expr).filter(|_| !sorting::is_sorted(&function.block, &variable))
    })
}

/// The same of a variable.
pub(super) fn order_of(function: &ItemFn, variable: Ident) -> Option<Order> {
    order(function, &places::alone(variable))
}

fn directly(function: &ItemFn, items: &Expr) -> Option<Order> {
    let mut calls = Calls::default();
    calls.visit_expr(items);
    if calls
        .1
        .iter()
        .any(|method| method.to_string().starts_with("sort"))
    {
        return None;
    }
    let listing = calls
        .0
        .iter()
        .find(|name| *name == "read_dir" || *name == "WalkDir");
    if let Some(name) = listing {
        return Some(Order::Listing(name.clone()));
    }
    let table = base(items)?;
    let orders = [
        "drain",
        "into_iter",
        "into_keys",
        "into_values",
        "iter",
        "keys",
        "values",
    ];
    let method = calls
        .1
        .iter()
        .find(|method| orders.contains(&&*method.to_string()))?;
    is_hash_table(function, &table).then(|| Order::Hash(table.to_string(), method.clone()))
}

/// The functions and methods that an expression calls; of `WalkDir::new` the type.
#[derive(Default)]
struct Calls(Vec<Ident>, Vec<Ident>);

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        // What the master does alone is the same everywhere.
        if called(call).is_some_and(|name| name == "on_master") {
            return;
        }
        self.0.extend(called(call));
        if let Expr::Path(path) = &*call.func {
            self.0
                .extend(path.path.segments.iter().map(|s| s.ident.clone()));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.1.push(call.method.clone());
        if call.method == "read_dir" {
            self.0.push(call.method.clone());
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// The name of the function that is called.
pub(super) fn called(call: &ExprCall) -> Option<Ident> {
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    Some(path.path.segments.last()?.ident.clone())
}

/// The last `let` of that name; the only one, in most functions.
fn declaration<'ast>(block: &'ast Block, name: &Ident) -> Option<&'ast Local> {
    struct Find<'ast, 'name>(&'name Ident, Option<&'ast Local>);

    impl<'ast> Visit<'ast> for Find<'ast, '_> {
        fn visit_local(&mut self, local: &'ast Local) {
            if pattern_name(&local.pat) == Some(self.0) {
                self.1 = Some(local);
            }
            visit::visit_local(self, local);
        }
    }

    let mut find = Find(name, None);
    find.visit_block(block);
    find.1
}

fn pattern_name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(name) => Some(&name.ident),
        Pat::Type(typed) => pattern_name(&typed.pat),
        _ => None,
    }
}

/// `HashMap::new()`, `: HashSet<_>`, a parameter of that type.
fn is_hash_table(function: &ItemFn, name: &Ident) -> bool {
    let is_type = |ty: &Type| {
        let ty = match ty {
            Type::Reference(reference) => &reference.elem,
            ty => ty,
        };
        matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(names_one))
    };
    if let Some(local) = declaration(&function.block, name) {
        let by_type = matches!(&local.pat, Pat::Type(typed) if is_type(&typed.ty));
        let by_value = local.init.as_ref().is_some_and(|init| {
            matches!(&*init.expr, Expr::Call(call) if matches!(&*call.func, Expr::Path(path)
                if path.path.segments.iter().any(names_one)))
        });
        return by_type || by_value;
    }
    function.sig.inputs.iter().any(|input| {
        matches!(input, syn::FnArg::Typed(parameter)
            if pattern_name(&parameter.pat) == Some(name) && is_type(&parameter.ty))
    })
}

fn names_one(segment: &syn::PathSegment) -> bool {
    segment.ident == "HashMap" || segment.ident == "HashSet"
}

/// Whether a list is left in the order of a hash table.
pub(super) fn shows_order(function: &ItemFn, Listed { table, list }: &Listed) -> bool {
    table.fields.is_empty()
        && is_hash_table(function, &table.root)
        && !sorting::may_be_sorted(&function.block, list)
}
