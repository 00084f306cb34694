//! Updates in place: each iteration works on copies of its elements, and the new elements come back
//! by index.

use super::elements::{self, Element};
use super::output;
use super::paths::{self, Runtime};
use crate::model::{Loop, Output, Place, Role};
use crate::syntax::sources::{self, Source};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprForLoop, Label, Pat};

fn updated(outputs: &[Output]) -> impl Iterator<Item = &Output> {
    outputs.iter().filter(|output| match output.role {
        Role::Collection { .. } | Role::Reduction { .. } => false,
        Role::Elements | Role::Updates | Role::Items => true,
    })
}

/// Output: `let mut __out__all = updates(&out);`, and of items also `let __xs_array = array(&xs);`
pub(crate) fn made(outputs: &[Output]) -> TokenStream {
    let made = updated(outputs).map(|output| {
        let runtime = Runtime(output.place.root.span());
        let (here, name) = (runtime.0, paths::all_updates(&output.place));
        let array = output::lent(output, &quote_spanned!(here=> &));
        if output.role == Role::Items {
            let known = paths::known_array(&output.place);
            return quote_spanned! {here=>
                let #known = #runtime::array(#array);
                let mut #name = #known.updates();
            };
        }
        quote_spanned!(here=> let mut #name = #runtime::updates(#array);)
    });
    made.collect()
}

/// Whether elements are reached by the number that an item has.
pub(crate) fn goes_by_number(outputs: &[Output]) -> bool {
    let by_number = |output: &Output| matches!(output.role, Role::Elements | Role::Updates);
    outputs.iter().any(by_number)
}

/// Output: `__out__all.store(&mut out);`
pub(crate) fn stored(outputs: &[Output]) -> TokenStream {
    let stored = updated(outputs).map(|output| {
        let (here, name) = (output.place.root.span(), paths::all_updates(&output.place));
        let array = output::lent(output, &quote_spanned!(here=> &mut));
        if output.role == Role::Items {
            let known = paths::known_array(&output.place);
            return quote_spanned!(here=> #name.store(#known.of_mut(#array, 0)););
        }
        quote_spanned!(here=> #name.store(#array);)
    });
    stored.collect()
}

/// Input: `xs.iter_mut().zip(ys)`
///
/// Output: `zip(xs.iter(), ys).enumerate()`, if the loop changes its items. Where it can be left,
/// `0..xs.len()` stands for `xs.iter()`: the items stay alive while the elements are stored.
pub(crate) fn items(node: &ExprForLoop, each: &Loop) -> Option<Expr> {
    let source = source(node, each)?;
    let here = node.expr.span();
    let array = |place: &Place| {
        let (known, array) = (paths::known_array(place), borrowed(place, each, &quote!(&)));
        if each.exits.is_empty() {
            quote_spanned!(here=> #known.of(#array, 0).iter())
        } else {
            // Not the user's parentheses, which may be too many.
            quote_spanned!(Span::mixed_site()=> (0..#known.of(#array, 0).len()))
        }
    };
    let items = match &source {
        Source::Enumerated(inner) => rebuilt(inner, here, &array),
        source => rebuilt(source, here, &array),
    };
    Some(Expr::Verbatim(quote_spanned!(here=> #items.enumerate())))
}

/// Output: `zip(xs.iter_mut(), ys)`, for the iteration that leaves the loop
pub(crate) fn items_again(node: &ExprForLoop, each: &Loop) -> Option<TokenStream> {
    let source = source(node, each)?;
    let here = node.expr.span();
    let array = |place: &Place| {
        let (known, array) = (
            paths::known_array(place),
            borrowed(place, each, &quote!(&mut)),
        );
        quote_spanned!(here=> #known.of_mut(#array, 0).iter_mut())
    };
    Some(rebuilt(&source, here, &array))
}

/// Output: `&xs`, `&*xs` where the variable is a reference
fn borrowed(place: &Place, each: &Loop, borrow: &TokenStream) -> TokenStream {
    let mut outputs = each.outputs.iter();
    let output = outputs.find(|output| output.place == *place);
    output.map_or_else(TokenStream::new, |output| output::lent(output, borrow))
}

fn source<'ast>(node: &'ast ExprForLoop, each: &Loop) -> Option<Source<'ast>> {
    let is_items = |place: &Place| {
        let mut items = each.outputs.iter().filter(|o| o.role == Role::Items);
        items.any(|output| output.place == *place)
    };
    let source = sources::source(&node.expr, &is_items)?;
    (!matches!(source, Source::Shared(_))).then_some(source)
}

/// The items with the arrays in another form.
fn rebuilt(source: &Source<'_>, here: Span, array: &impl Fn(&Place) -> TokenStream) -> TokenStream {
    match source {
        Source::Mutable(place) => array(place),
        Source::Enumerated(inner) => {
            let inner = rebuilt(inner, here, array);
            quote_spanned!(here=> #inner.enumerate())
        }
        Source::Zipped(left, right) => {
            let (left, right) = (rebuilt(left, here, array), rebuilt(right, here, array));
            {
                let runtime = Runtime(here);
                quote_spanned!(here=> #runtime::zip(#left, #right))
            }
        }
        Source::Shared(expression) => quote!(#expression),
    }
}

/// Gives each iteration its elements.
pub(crate) fn rewrite(moved: &mut ExprForLoop, node: &ExprForLoop, each: &Loop) {
    let elements = elements::elements(&node.body, each);
    elements::rewrite(&mut moved.body, &elements);
    let copied: Vec<&Element<'_>> = elements.iter().filter(|e| e.is_copied()).collect();
    if !copied.is_empty() {
        on_copies(moved, &copied);
    }
    if let Some(source) = source(node, each) {
        on_items(moved, &source, each);
    }
}

// Input:
//     for i in __chunk { out[i] += e; }
//
// Output:
//     for i in __chunk {
//         let mut __out__element = copy(&out[i]);
//         for () in once(()) { __out__element += e; }
//         if left_once() { break; }
//         __out__updates.put(i, __out__element);
//     }
fn on_copies(moved: &mut ExprForLoop, copied: &[&Element<'_>]) {
    let hidden = Runtime::hidden();
    let before = copied.iter().map(|element| element.copied()).collect();
    let after = copied.iter().map(|element| element.put()).collect();
    let nothing = quote_spanned!(hidden.0=> ());
    once(moved, &nothing, &nothing, &before, &after);
}

// Input:
//     for (x, y) in __chunk { *x += y; }
//
// Output:
//     for (__index, (__xs__item, __shared__0)) in __chunk {
//         let mut __xs__element = copy(__xs__item);
//         for (x, y) in once((__xs_array.lent(&mut __xs__element), __shared__0)) { *x += y; }
//         if left_once() { break; }
//         __xs__updates.put(__index, __xs__element);
//     }
fn on_items(moved: &mut ExprForLoop, source: &Source<'_>, each: &Loop) {
    let (hidden, number) = (Span::mixed_site(), paths::local("__index"));
    let mut shape = Shape::default();
    let (pattern, value) = match source {
        Source::Enumerated(inner) => {
            let (pattern, value) = shape.unpacked(inner);
            (pattern, quote_spanned!(hidden=> (#number, #value)))
        }
        source => shape.unpacked(source),
    };
    let (mut before, mut after) = (TokenStream::new(), TokenStream::new());
    for place in &shape.places {
        let (mut item, element) = (paths::item(place), paths::element(place));
        let updates = paths::updates(place);
        // Elements that can't be cloned are refused at the array.
        let runtime = Runtime(place.root.span());
        item.set_span(item.span().located_at(runtime.0));
        let item = if each.exits.is_empty() {
            quote!(#item)
        } else {
            let (known, array) = (paths::known_array(place), borrowed(place, each, &quote!(&)));
            quote_spanned!(runtime.0=> &#known.of(#array, 0)[#item])
        };
        before.extend(quote_spanned!(hidden=> let mut #element = #runtime::copy(#item);));
        after.extend(quote_spanned!(hidden=> #updates.put(#number, #element);));
    }
    let users = &moved.pat;
    let users = quote!(#users);
    once(moved, &users, &value, &before, &after);
    *moved.pat = Pat::Verbatim(quote_spanned!(hidden=> (#number, #pattern)));
}

/// A `continue` of the body, also a labelled one, has to get to what comes after it.
fn once(
    moved: &mut ExprForLoop,
    pattern: &TokenStream,
    value: &TokenStream,
    before: &TokenStream,
    after: &TokenStream,
) {
    let (hidden, body) = (Runtime::hidden(), &moved.body);
    let label: Option<Label> = moved.label.take();
    let block = quote_spanned! {hidden.0=> {
        #before
        #label for #pattern in #hidden::once(#value) #body
        if #hidden::left_once() { break; }
        #after
    }};
    // As syntax, so that the ways out in it are found.
    if let Ok(block) = syn::parse2(block) {
        moved.body = block;
    }
}

/// One item of a loop that changes its items, taken apart and put together again.
#[derive(Default)]
struct Shape {
    places: Vec<Place>,
    locals: usize,
}

impl Shape {
    /// The pattern of the shared item, and the item that the body gets.
    fn unpacked(&mut self, source: &Source<'_>) -> (TokenStream, TokenStream) {
        let hidden = Span::mixed_site();
        match source {
            Source::Mutable(place) => {
                self.places.push(place.clone());
                let (item, element) = (paths::item(place), paths::element(place));
                let known = paths::known_array(place);
                (
                    quote!(#item),
                    quote_spanned!(hidden=> #known.lent(&mut #element)),
                )
            }
            Source::Enumerated(inner) => {
                let number = self.local();
                let (pattern, value) = self.unpacked(inner);
                (
                    quote_spanned!(hidden=> (#number, #pattern)),
                    quote_spanned!(hidden=> (#number, #value)),
                )
            }
            Source::Zipped(left, right) => {
                let (a, left) = self.unpacked(left);
                let (b, right) = self.unpacked(right);
                (
                    quote_spanned!(hidden=> (#a, #b)),
                    quote_spanned!(hidden=> (#left, #right)),
                )
            }
            Source::Shared(_) => {
                let item = self.local();
                (quote!(#item), quote!(#item))
            }
        }
    }

    fn local(&mut self) -> Ident {
        self.locals += 1;
        paths::local(&format!("__shared__{}", self.locals))
    }
}
