//! The outputs on their three ways: lent to the runtime, taken by the closure as fresh values, and
//! handed back as the part of a chunk.

use super::paths::Runtime;
use super::{output, paths, reduce, replay};
use crate::model::{Loop, Output, OwnMethod, Role};
use crate::syntax::methods::APPENDS;
use crate::syntax::places;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMethodCall, Ident, Item, Macro};

/// The runtime knows tuples up to this length, and takes tuples of tuples.
const LONGEST_TUPLE: usize = 8;

/// `mut a`, `(mut a, mut b)`
pub(crate) fn variables(outputs: &[Output]) -> TokenStream {
    each_part(
        outputs,
        |name| quote_spanned!(Span::mixed_site()=> mut #name),
    )
}

/// `a`, `(a, b)`
pub(crate) fn values(outputs: &[Output]) -> TokenStream {
    each_part(outputs, Ident::into_token_stream)
}

/// What `make` makes of the names of the parts: `mark(&a)`, `(mark(&a), mark(&b))`
///
/// Those of statements that run in the order of the items have one together, behind those of all others: `(a, __replays)`
pub(crate) fn each_part(outputs: &[Output], make: impl Fn(Ident) -> TokenStream) -> TokenStream {
    let others = others(outputs).map(|output| make(output::part(output)));
    let others = grouped(others);
    if replay::replayed(outputs).next().is_none() {
        return others;
    }
    let replays = make(paths::replays());
    quote_spanned!(Span::mixed_site()=> (#others, #replays))
}

fn others(outputs: &[Output]) -> impl Iterator<Item = &Output> {
    outputs
        .iter()
        .filter(|output| output.role != Role::Replayed)
}

/// How the parts are compared to what serde makes of them, if they travel: `.compared(compared(0, 0))`. Where the
/// closure ends, the compiler knows most of their types.
pub(crate) fn compared(each: &Loop) -> TokenStream {
    if each.options.local {
        return TokenStream::new();
    }
    let hidden = Runtime::hidden();
    let means = each_part(
        &each.outputs,
        |_| quote_spanned!(hidden.0=> #hidden::compared(0, 0)),
    );
    // A type that is known too late is refused at the loop.
    let compared = Ident::new("compared", each.span);
    quote_spanned!(hidden.0=> .#compared(#means))
}

/// `output(collection(&mut a), 0, 0)`, `(output(pushed_once(..), 0, 0), output(keyed(collection(&mut b)), 0, 0))`; of a
/// loop on the threads of one process `kept(collection(&mut a), 0)`
pub(crate) fn arguments(each: &Loop) -> TokenStream {
    grouped(others(&each.outputs).map(|output| argument(output, each)))
}

fn argument(output: &Output, each: &Loop) -> TokenStream {
    let root = &output.place.root;
    // An output of a type that can't be one is refused where it is first filled.
    let span = root.span();
    let runtime = Runtime(span);
    let lent = output::lent(output, &quote_spanned!(span=> &mut));
    match &output.role {
        Role::Collection {
            own: Some(own),
            keyed,
            once,
        } => {
            let how = match (*keyed, *once) {
                _ if own.name == "extend" => "extended",
                (true, _) => "keyed",
                (false, false) => "appended",
                (false, true) if each.exits.is_empty() => "pushed_once",
                (false, true) => "pushed_once_unless_left",
            };
            let collection = of_any_type(output, own, how);
            handed(&collection, span, each)
        }
        Role::Collection { keyed, once, .. } => {
            let mut collection = quote_spanned!(span=> #runtime::collection(#lent));
            if *keyed {
                collection = quote_spanned!(span=> #runtime::keyed(#collection));
            }
            if *once && each.exits.is_empty() {
                collection = quote_spanned!(span=> #runtime::pushed_once(#collection));
            } else if *once {
                collection = quote_spanned!(span=> #runtime::pushed_once_unless_left(#collection));
            }
            handed(&collection, span, each)
        }
        Role::Reduction { by, .. } => reduce::argument(output, by, &lent, each.options.local),
        Role::Elements | Role::Updates | Role::Items | Role::ChangedItems => {
            let updates = paths::all_updates(&output.place);
            quote_spanned!(span=> &mut #updates)
        }
        // Lent by themselves.
        Role::Replayed => TokenStream::new(),
    }
}

/// Output: `output(.., 0, 0)`, `kept(.., 0)`
fn handed(collection: &TokenStream, span: Span, each: &Loop) -> TokenStream {
    let runtime = Runtime(span);
    if each.options.local {
        return quote_spanned!(span=> #runtime::kept(#collection, 0));
    }
    quote_spanned!(span=> #runtime::output(#collection, 0, 0))
}

/// A collection of a type that only the compiler knows, with the call that fills it if it is none of the standard
/// library.
///
/// Output: `match &mut a { __x => { use ..; (&typed(&*__x)).appended(__x, |__x, (__e0,)| { __x.push(__e0); }) } }`
fn of_any_type(output: &Output, own: &OwnMethod, how: &str) -> TokenStream {
    let span = output.place.root.span();
    let runtime = Runtime(span);
    let how = Ident::new(how, span);
    let (x, method) = (paths::local("__x"), &own.name);
    let values: Vec<Ident> = (0..own.arguments)
        .map(|number| paths::local(&format!("__e{number}")))
        .collect();
    let call = quote_spanned!(span=> #x.#method(#(#values),*));
    let call = if own.dropped {
        quote_spanned!(span=> #[allow(unused_must_use)] #call;)
    } else {
        // The words of a refusal are found at the user's tokens alone.
        let value = Ident::new("__value", span);
        quote_spanned!(span=> match #call { #value => #runtime::unused(#value) })
    };
    let mut lent = output::lent(output, &quote_spanned!(span=> &mut));
    if output.place.fields.is_empty() && output.declared.is_reference() {
        // What it leads to need not be `Sized`.
        lent = quote_spanned!(span=> &mut #lent);
    }
    quote_spanned! {span=>
        match #lent {
            #x => {
                #[allow(unused_imports, reason = "which trait is needed depends on the type")]
                use #runtime::{IsCollection as _, IsOtherType as _};
                (&#runtime::typed(&*#x)).#how(
                    #x,
                    |#x, (#(#values,)*)| { #call }
                )
            }
        }
    }
}

/// Output: `let mut results = open(&mut results, __block.length());`, for lists that every iteration pushes to once
pub(crate) fn opened(outputs: &[Output]) -> TokenStream {
    let (hidden, block) = (Runtime::hidden(), paths::block());
    let once = |output: &&Output| matches!(output.role, Role::Collection { once: true, .. });
    let opened = outputs.iter().filter(once).map(|output| {
        let part = output::part(output);
        quote_spanned! {hidden.0=>
            #[allow(unused_mut, reason = "which type it is decides")]
            let mut #part = #hidden::open(&mut #part, #block.length());
        }
    });
    opened.collect()
}

/// One as it is, up to eight as a tuple, more as a tuple of tuples.
fn grouped(each: impl Iterator<Item = TokenStream>) -> TokenStream {
    let mut list: Vec<TokenStream> = each.collect();
    while list.len() > LONGEST_TUPLE {
        list = list.chunks(LONGEST_TUPLE).map(tuple).collect();
    }
    tuple(&list)
}

fn tuple(list: &[TokenStream]) -> TokenStream {
    match list {
        [one] => one.clone(),
        several => quote_spanned!(Span::mixed_site()=> (#(#several),*)),
    }
}

/// Input: `state.results.push(x)`, `(*results).push(x)`
///
/// Output: `__state_results.push(x)`, `results.push(x)`
pub(crate) fn rename_receivers(body: &mut Block, outputs: &[Output]) {
    let renamed = |output: &&Output| matches!(output.role, Role::Collection { .. });
    let outputs = outputs.iter().filter(renamed).collect();
    Rename { outputs }.visit_block_mut(body);
}

struct Rename<'plan> {
    outputs: Vec<&'plan Output>,
}

impl Rename<'_> {
    fn name(&self, receiver: &Expr) -> Option<TokenStream> {
        let place = places::pointee(receiver)?;
        let output = self.outputs.iter().find(|output| output.place == place)?;
        if !paths::needs_name(&output.place) && matches!(receiver, Expr::Path(_)) {
            return None;
        }
        Some(paths::output(&output.place).into_token_stream())
    }
}

impl VisitMut for Rename<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if APPENDS.contains(&&*call.method.to_string())
            && let Some(name) = self.name(&call.receiver)
        {
            *call.receiver = Expr::Verbatim(name);
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }

    // Input:
    //     write!(state.text, "{x}")
    //
    // Output:
    //     write!(__state_text, "{x}")
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let writes = |name: &syn::PathSegment| name.ident == "write" || name.ident == "writeln";
        if !call.path.segments.last().is_some_and(writes) {
            return;
        }
        let split = |input: syn::parse::ParseStream<'_>| -> syn::Result<(Expr, TokenStream)> {
            Ok((input.parse()?, input.parse()?))
        };
        if let Ok((target, rest)) = split.parse2(call.tokens.clone()) {
            let (borrow, target) = match &target {
                Expr::Reference(borrow) => (Some(quote!(&mut)), &*borrow.expr),
                target => (None, target),
            };
            if let Some(name) = self.name(target) {
                call.tokens = quote!(#borrow #name #rest);
            }
        }
    }

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
