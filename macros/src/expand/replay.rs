//! Statements that run in the order of the items: the body makes their values, and puts them into its part; a closure
//! of the call runs each statement with them.

use super::output;
use super::paths::{self, Runtime};
use super::reduce::parsed;
use crate::model::{Loop, Output, Place, Role};
use crate::syntax::replay::{self, Part, PartKind};
use crate::syntax::{nodes, places};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use std::collections::HashMap;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, ExprAssign, ExprAsync, ExprClosure, ExprUnsafe, Item, Local, Macro,
    Pat, Stmt,
};

/// The outputs whose statements run so.
pub(crate) fn replayed(outputs: &[Output]) -> impl Iterator<Item = &Output> {
    outputs
        .iter()
        .filter(|output| output.role == Role::Replayed)
}

// Input:
//     distribute(.., |..| { counts[k] += weight(k); if weight(k) > best { best = weight(k); } }, &mut results, ..)
//
// Output:
//     replaying(
//         |__outputs| distribute(.., |..| .., __outputs, ..),
//         &mut results,
//         (&mut counts, &mut best),
//         |__targets, __replay| {
//             let (__counts__target, __best__target) = __targets;
//             match __replay {
//                 Either::This((__value0, k)) => { (**__counts__target)[k] += __value0; }
//                 Either::Other((__value0, k)) => if __value0 > (**__best__target) { .. }
//             }
//         },
//         0,
//     )
/// The call with these outputs, and the statements of the body around it, if any run so.
pub(crate) fn around(
    body: &Block,
    each: &Loop,
    outputs: &TokenStream,
    ending: Option<&Ending>,
    call: impl FnOnce(&TokenStream) -> TokenStream,
) -> TokenStream {
    let mut targets = replayed(&each.outputs).peekable();
    if targets.peek().is_none() {
        return call(outputs);
    }
    let mut body = body.clone();
    let mut statements = Statements::new(&body, each);
    statements.visit_block_mut(&mut body);
    let lent = targets.map(|output| {
        let here = output.place.root.span();
        output::lent(output, &quote_spanned!(here=> &mut))
    });
    let names = replayed(&each.outputs).map(|output| paths::target(&output.place));
    let [given, target, replay] = ["__outputs", "__targets", "__replay"].map(paths::local);
    let call = call(&given.to_token_stream());
    let arms = &statements.arms;
    let (here, ours) = (Runtime(each.span), paths::ours(each.span));
    // Values that can't travel are refused at the loop.
    let replaying = match (ending.is_some(), each.options.local) {
        (false, false) => quote_spanned!(here.0=> replaying),
        (false, true) => quote_spanned!(here.0=> replaying_locally),
        (true, false) => quote_spanned!(here.0=> stopping),
        (true, true) => quote_spanned!(here.0=> stopping_locally),
    };
    let literal = (!each.options.local).then(|| quote!(0,));
    let left_by = paths::local("__left");
    let end_lent = ending.map(|_| quote_spanned!(ours=> &mut #left_by,));
    let returns = ending.map(|Ending { returns, .. }| quote_spanned!(ours=> -> #returns));
    let completed = ending.map(|ending| &ending.completed);
    quote_spanned! {ours=>
        #here::#replaying(
            |#given| #call,
            #outputs,
            (#(#lent,)*),
            |#target, #replay| #returns {
                let (#(#names,)*) = #target;
                match #replay { #(#arms)* }
                #completed
            },
            #end_lent
            #literal
        )
    }
}

/// How what may be left by `?` ends: the type, and the value where it was not left.
pub(crate) struct Ending {
    pub(crate) returns: TokenStream,
    pub(crate) completed: TokenStream,
}

/// Whether one of the statements may leave the loop where it runs.
pub(crate) fn leaves(body: &Block, each: &Loop) -> bool {
    Statements::new(body, each).leaves
}

/// Input: `while stopping(.., &mut __left, 0) { .. }`
///
/// Output: `match None { mut __left => { while ..; if let Some(__end) = __left { __end?; } } }`
pub(crate) fn left_by_statement(rounds: &TokenStream) -> TokenStream {
    let hidden = Runtime::hidden();
    let [left, end] = ["__left", "__end"].map(paths::local);
    quote_spanned! {hidden.0=>
        match ::core::option::Option::None {
            mut #left => {
                #rounds
                if let ::core::option::Option::Some(#end) = #left {
                    #end?;
                }
            }
        }
    }
}

/// The call with its items, which are made before the closure that it stands in: they may leave the function.
pub(crate) fn behind_items(
    each: &Loop,
    items: &TokenStream,
    call: impl FnOnce(&TokenStream) -> TokenStream,
) -> TokenStream {
    if replayed(&each.outputs).next().is_none() {
        return call(items);
    }
    let name = paths::local("__items");
    let call = call(&name.to_token_stream());
    quote_spanned!(Span::mixed_site()=> match #items { #name => { #call } })
}

/// Input: `counts[k] += weight(k)`
///
/// Output: `__replays.put(Either::This((weight(k), k)))`
pub(crate) fn rewrite(body: &mut Block, each: &Loop) {
    if replayed(&each.outputs).next().is_some() {
        Statements::new(body, each).visit_block_mut(body);
        Lengths::new(each).visit_block_mut(body);
    }
}

/// Output: `let __counts__length = length(&mut counts);`, where the body asks for it
pub(crate) fn lengths(body: &Block, each: &Loop) -> TokenStream {
    let mut body = body.clone();
    let mut lengths = Lengths::new(each);
    Statements::new(&body, each).visit_block_mut(&mut body);
    lengths.visit_block_mut(&mut body);
    let asked = replayed(&each.outputs).filter(|output| lengths.asked.contains(&output.place));
    let asked = asked.map(|output| {
        let (name, runtime) = (
            paths::length(&output.place),
            Runtime(output.place.root.span()),
        );
        let lent = output::lent(output, &quote_spanned!(runtime.0=> &mut));
        quote_spanned!(runtime.0=> let #name = #runtime::length(#lent);)
    });
    asked.collect()
}

/// Output: `own_writer(&file, 0);`
pub(crate) fn writers(each: &Loop) -> TokenStream {
    let written = each.written.iter().map(|place| {
        let (root, fields) = (&place.root, &place.fields);
        let here = Runtime(root.span());
        quote_spanned!(here.0=> #here::own_writer(&#root #(.#fields)*, 0);)
    });
    written.collect()
}

/// Input: `counts.len()`
///
/// Output: `__counts__length`
struct Lengths<'plan> {
    each: &'plan Loop,
    asked: Vec<Place>,
}

impl<'plan> Lengths<'plan> {
    fn new(each: &'plan Loop) -> Self {
        let asked = Vec::new();
        Self { each, asked }
    }
}

impl VisitMut for Lengths<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::MethodCall(call) = expression
            && call.method == "len"
            && call.args.is_empty()
            && let Some(place) = places::pointee(&call.receiver)
            && replayed(&self.each.outputs).any(|output| output.place == place)
        {
            *expression = places::alone(paths::length(&place));
            if !self.asked.contains(&place) {
                self.asked.push(place);
            }
            return;
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

struct Statements<'plan> {
    each: &'plan Loop,
    targets: Vec<Place>,
    /// In the whole body.
    count: usize,
    arms: Vec<TokenStream>,
    leaves: bool,
    /// A `?` there leaves the closure.
    closures: usize,
    /// The `unsafe` blocks around the visited node: their attributes.
    unsafe_blocks: Vec<Vec<Attribute>>,
}

impl<'plan> Statements<'plan> {
    fn new(body: &Block, each: &'plan Loop) -> Self {
        let targets = replayed(&each.outputs).map(|output| output.place.clone());
        let mut statements = Self {
            each,
            targets: targets.collect(),
            count: 0,
            arms: Vec::new(),
            leaves: false,
            closures: 0,
            unsafe_blocks: Vec::new(),
        };
        statements.visit_block_mut(&mut body.clone());
        statements.count = statements.arms.len();
        statements.arms.clear();
        statements
    }

    /// Puts the values of a statement into the part, if it is one of those; its value is `dropped`.
    fn replace(&mut self, expression: &mut Expr, dropped: bool) -> bool {
        let Some(site) = replay::site(expression, dropped) else {
            return false;
        };
        if !site
            .targets
            .iter()
            .all(|target| self.targets.contains(target))
            || site.leaves && self.closures > 0
        {
            return false;
        }
        self.leaves |= site.leaves;
        let is_local = |name: &str| self.each.locals.iter().any(|local| local == name);
        let Some(parts) = replay::parts(expression, &self.targets, &is_local) else {
            return false;
        };
        let left = match &*expression {
            Expr::Assign(assignment) if site.step.is_some() => {
                Some(nodes::address(&*assignment.left))
            }
            _ => None,
        };
        let parts = self.parts(parts.list, left);
        let here = site.targets[0].root.span();
        parts.replace(expression);
        let (names, values) = (&parts.names, &parts.values);
        let hidden = Span::mixed_site();
        let index = self.arms.len();
        let pattern = self.variant(index, &quote_spanned!(hidden=> (#(#names,)*)));
        let statement = self.in_unsafe_blocks(quote_spanned!(hidden=> #expression;));
        self.arms
            .push(quote_spanned!(hidden=> #pattern => { #statement }));
        let value = self.variant(index, &quote_spanned!(hidden=> (#(#values,)*)));
        let part = paths::replays();
        *expression = parsed(quote_spanned!(here=> #part.put(#value)));
        true
    }

    /// Output: `#[allow(unused_unsafe)] unsafe { image.unsafe_put_pixel(__value0, __value1, __value2); }`, where it stands in such a block
    fn in_unsafe_blocks(&self, statement: TokenStream) -> TokenStream {
        if self.unsafe_blocks.is_empty() {
            return statement;
        }
        let attributes = self.unsafe_blocks.iter().flatten();
        quote_spanned!(Span::mixed_site()=> #(#attributes)* #[allow(unused_unsafe)] unsafe { #statement })
    }

    /// The value of one of several statements: `Either::Other(Either::This(value))`
    fn variant(&self, index: usize, value: &TokenStream) -> TokenStream {
        let hidden = Runtime::hidden();
        let innermost = if index + 1 < self.count {
            quote_spanned!(hidden.0=> #hidden::Either::This(#value))
        } else {
            value.clone()
        };
        (0..index).fold(
            innermost,
            |inner, _| quote_spanned!(hidden.0=> #hidden::Either::Other(#inner)),
        )
    }

    /// Input: `unsafe { image.unsafe_put_pixel(x, y, *colours.get_unchecked(x)); }`
    ///
    /// Output: `#[allow(unused_unsafe)] unsafe { __replays.put((x, y, *colours.get_unchecked(x))); }`
    fn unsafe_statement(&mut self, block: &mut Expr, dropped: bool) {
        let end = replay::unsafe_end(block).filter(|_| dropped);
        let ends_so = end.is_some_and(|end| replay::site(end, true).is_some());
        let Expr::Unsafe(block) = block else {
            return;
        };
        if let Some(Stmt::Expr(_, semicolon)) = block.block.stmts.last_mut()
            && ends_so
        {
            *semicolon = Some(syn::Token![;](Span::mixed_site()));
        }
        self.unsafe_blocks.push(block.attrs.clone());
        let before = self.arms.len();
        self.visit_block_mut(&mut block.block);
        self.unsafe_blocks.pop();
        if self.arms.len() > before {
            block.attrs.push(syn::parse_quote!(#[allow(unused_unsafe)]));
        }
    }

    /// A statement's variable, by its place in the list.
    fn target(&self, index: usize) -> TokenStream {
        let mut outputs = replayed(&self.each.outputs);
        let output = outputs.find(|output| output.place == self.targets[index]);
        dereferenced(output.expect("the targets are these outputs'"))
    }

    /// Beside the left side of a step, the variable is a value there, which may move.
    fn parts(&self, parts: Vec<Part<'_>>, left: Option<*const ()>) -> Replaced {
        let mut replaced = Replaced::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for Part { node, kind } in parts {
            match kind {
                PartKind::Target(target) => {
                    let is_value = left.is_some_and(|left| left != node);
                    replaced
                        .nodes
                        .insert(node, given(&self.target(target), is_value));
                }
                PartKind::Text { target, call } => {
                    let target = self.target(target);
                    let name = replaced.add(text(call));
                    let here = Runtime::hidden();
                    let written = quote_spanned!(here.0=> ::core::write!(#target, "{}", #name));
                    replaced.nodes.insert(node, written);
                }
                PartKind::Slice {
                    value,
                    by_reference,
                } => {
                    let here = Runtime::hidden();
                    let lend = (!by_reference).then(|| quote!(&));
                    let name = replaced
                        .add(quote_spanned!(here.0=> #here::ToOwned::to_owned(#lend #value)));
                    let slice = if by_reference {
                        quote_spanned!(here.0=> (&#name[..]))
                    } else {
                        quote_spanned!(here.0=> #name[..])
                    };
                    replaced.nodes.insert(node, slice);
                }
                PartKind::Name { name, looks } => {
                    replaced.values.push(given(&name.to_token_stream(), looks));
                    replaced.names.push(name);
                }
                PartKind::Value {
                    value,
                    is_known,
                    looks,
                } => {
                    let value = value.to_token_stream();
                    let text = value.to_string();
                    let known = places.get(&text).filter(|_| is_known).copied();
                    let at = known.unwrap_or_else(|| {
                        replaced.add(given(&value, looks));
                        replaced.names.len() - 1
                    });
                    // Moved once, it is not looked at.
                    if known.is_some() && !looks {
                        replaced.values[at] = given(&value, false);
                    }
                    places.insert(text, at);
                    let name = replaced.names[at].to_token_stream();
                    replaced.nodes.insert(node, name);
                }
            }
        }
        replaced
    }
}

/// The statement's variable: `(**__counts)`, or `(*__counts)` where that is a reference.
fn dereferenced(output: &Output) -> TokenStream {
    let name = paths::target(&output.place);
    let here = paths::ours(output.place.root.span());
    let is_reference = output.place.fields.is_empty() && output.declared.is_reference();
    let star = (!is_reference).then(|| quote!(*));
    quote_spanned!(here=> (*#star #name))
}

/// Input: `writeln!(x, "{n}")`
///
/// Output: `match Text::new() { mut __text => { writeln!(__text, "{n}"); __text } }`
fn text(call: &Macro) -> TokenStream {
    let (hidden, name) = (Runtime::hidden(), paths::local("__text"));
    let (path, arguments) = (&call.path, replay::behind_target(call));
    quote_spanned! {hidden.0=>
        match #hidden::Text::new() {
            mut #name => {
                #path!(#name, #arguments);
                #name
            }
        }
    }
}

fn given(value: &TokenStream, looks: bool) -> TokenStream {
    let hidden = Runtime::hidden();
    if looks {
        quote_spanned!(hidden.0=> #hidden::Clone::clone(&#value))
    } else {
        value.clone()
    }
}

/// A statement's nodes that are others where it runs, and the values that it is given.
#[derive(Default)]
struct Replaced {
    nodes: HashMap<*const (), TokenStream>,
    names: Vec<Ident>,
    values: Vec<TokenStream>,
}

impl Replaced {
    /// One more value that the body makes.
    fn add(&mut self, value: TokenStream) -> Ident {
        let number = self.names.len();
        let name = format_ident!("__value{number}", span = Span::mixed_site());
        self.names.push(name.clone());
        self.values.push(value);
        name
    }

    fn replace(&self, expression: &mut Expr) {
        struct Nodes<'a>(&'a HashMap<*const (), TokenStream>);
        impl VisitMut for Nodes<'_> {
            fn visit_expr_mut(&mut self, expression: &mut Expr) {
                match self.0.get(&nodes::address(expression)) {
                    Some(other) => *expression = Expr::Verbatim(other.clone()),
                    None => visit_mut::visit_expr_mut(self, expression),
                }
            }
        }
        Nodes(&self.nodes).visit_expr_mut(expression);
    }
}

impl VisitMut for Statements<'_> {
    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        if let Stmt::Expr(expression, semicolon) = statement
            && self.replace(expression, semicolon.is_some())
        {
            semicolon.get_or_insert_with(|| syn::Token![;](Span::mixed_site()));
            return;
        }
        if let Stmt::Expr(block @ Expr::Unsafe(_), semicolon) = statement {
            self.unsafe_statement(block, semicolon.is_some());
            return;
        }
        visit_mut::visit_stmt_mut(self, statement);
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if !self.replace(expression, false) {
            visit_mut::visit_expr_mut(self, expression);
        }
    }

    // `_ = table.set(i, x);`
    fn visit_expr_assign_mut(&mut self, node: &mut ExprAssign) {
        let is_dropped = matches!(*node.left, Expr::Infer(_));
        if !(is_dropped && self.replace(&mut node.right, true)) {
            visit_mut::visit_expr_assign_mut(self, node);
        }
    }

    // `let _ = table.set(i, x);`
    fn visit_local_mut(&mut self, node: &mut Local) {
        let is_dropped = matches!(node.pat, Pat::Wild(_));
        if let Some(init) = node.init.as_mut().filter(|_| is_dropped)
            && self.replace(&mut init.expr, true)
        {
            return;
        }
        visit_mut::visit_local_mut(self, node);
    }

    fn visit_expr_closure_mut(&mut self, node: &mut ExprClosure) {
        self.closures += 1;
        visit_mut::visit_expr_closure_mut(self, node);
        self.closures -= 1;
    }

    fn visit_expr_async_mut(&mut self, node: &mut ExprAsync) {
        self.closures += 1;
        visit_mut::visit_expr_async_mut(self, node);
        self.closures -= 1;
    }

    // Of a value it would be: see the walk.
    fn visit_expr_unsafe_mut(&mut self, _: &mut ExprUnsafe) {}

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
