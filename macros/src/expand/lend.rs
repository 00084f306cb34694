//! The outputs on their three ways: lent to the runtime, taken by the closure as fresh values, and
//! handed back as the part of a chunk.

use crate::analyze::{self, APPENDS};
use crate::model::{Declared, Output};
use crate::paths;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMethodCall, Ident, Item, Macro};

/// The runtime knows tuples up to this length, and takes tuples of tuples.
const LONGEST_TUPLE: usize = 8;

/// `mut a`, `(mut a, mut b)`
pub(crate) fn parameters(outputs: &[Output]) -> TokenStream {
    grouped(outputs.iter().map(|output| {
        let name = paths::output(&output.place);
        quote_spanned!(Span::mixed_site()=> mut #name)
    }))
}

/// `a`, `(a, b)`
pub(crate) fn values(outputs: &[Output]) -> TokenStream {
    grouped(
        outputs
            .iter()
            .map(|output| paths::output(&output.place).into_token_stream()),
    )
}

/// What `make` makes of the names of the parts: `mark(&a)`, `(mark(&a), mark(&b))`
pub(crate) fn each_part(outputs: &[Output], make: impl Fn(Ident) -> TokenStream) -> TokenStream {
    grouped(
        outputs
            .iter()
            .map(|output| make(paths::output(&output.place))),
    )
}

/// `&mut a`, `(&mut a, keyed(&mut b))`
pub(crate) fn arguments(outputs: &[Output]) -> TokenStream {
    grouped(outputs.iter().map(argument))
}

fn argument(output: &Output) -> TokenStream {
    let root = &output.place.root;
    let fields = &output.place.fields;
    // An output of a type that can't be one is refused where it is first filled.
    let span = root.span();
    let is_reference = fields.is_empty() && output.declared == Declared::Reference;
    let lent = if is_reference {
        quote_spanned!(span=> &mut *#root)
    } else {
        quote_spanned!(span=> &mut #root #(.#fields)*)
    };
    let runtime = paths::Runtime(span);
    if output.keyed {
        quote_spanned!(span=> #runtime::keyed(#lent))
    } else {
        lent
    }
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

/// Input: `state.results.push(x)`
///
/// Output: `__state_results.push(x)`
pub(crate) fn rename_receivers(body: &mut Block, outputs: &[Output]) {
    let renamed = |output: &&Output| paths::needs_name(&output.place);
    let outputs = outputs.iter().filter(renamed).collect();
    Rename { outputs }.visit_block_mut(body);
}

struct Rename<'plan> {
    outputs: Vec<&'plan Output>,
}

impl Rename<'_> {
    fn name(&self, receiver: &Expr) -> Option<TokenStream> {
        let place = analyze::whole(receiver)?;
        let output = self.outputs.iter().find(|output| output.place == place)?;
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
