//! Updates in place: each iteration works on its elements in a window of the array, or on copies that come
//! back by index.

use super::elements::{self, Element};
use super::paths::{self, Runtime};
use super::pieces;
use super::{output, state, unaliased};
use crate::model::{Loop, Output, Place, Role};
use crate::syntax::sources::{self, Source};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprForLoop, Label, Pat};

fn updated(outputs: &[Output]) -> impl Iterator<Item = &Output> {
    outputs.iter().filter(|output| match output.role {
        Role::Collection { .. } | Role::Reduction { .. } | Role::ChangedItems | Role::Replayed => {
            false
        }
        Role::Elements | Role::Updates | Role::Items => true,
    })
}

/// Output: `let mut __out__all = updates(&out);`, and of items also `let __xs_array = array(&xs);`
pub(crate) fn made(outputs: &[Output]) -> TokenStream {
    // Those with windows are made when the items are.
    let made = updated(outputs).map(|output| {
        let runtime = Runtime(output.place.root.span());
        let (here, name) = (runtime.0, paths::all_updates(&output.place));
        let array = output::lent(output, &quote_spanned!(here=> &));
        let known = paths::known_array(&output.place);
        match (&output.role, output.window) {
            (Role::Items, Some(_)) => quote_spanned!(here=> let #known = #runtime::array(#array);),
            (_, Some(_)) => TokenStream::new(),
            (Role::Items, None) => quote_spanned! {here=>
                let #known = #runtime::array(#array);
                let mut #name = #known.updates();
            },
            (_, None) => quote_spanned!(here=> let mut #name = #runtime::updates(#array);),
        }
    });
    made.collect()
}

// Input:
//     distribute(options, items!(0..n), |..| .., &mut __out__all, ..);
//
// Output:
//     match items!(0..n) {
//         __items => {
//             let __out__told = told(|__captures| capture!(__captures, "out", out));
//             let mut __out__all = windows(&mut out, 0).with(__out__told);
//             distribute(options, __items, |..| .., &mut __out__all, ..);
//             __out__all.collected().store(&mut out);
//         }
//     }
/// The items come first, as they may ask for the length of the array. `None`: nothing has windows.
pub(crate) fn in_windows(
    each: &Loop,
    items: &TokenStream,
    call: impl FnOnce(&TokenStream) -> TokenStream,
) -> Option<TokenStream> {
    let windowed = || updated(&each.outputs).filter(|output| output.window.is_some());
    windowed().next()?;
    let told_name = |output: &Output| {
        // Elements that are only set are not read.
        let is_read = matches!(output.role, Role::Updates | Role::Items);
        (is_read && !each.options.local).then(|| paths::told(&output.place))
    };
    let told = windowed().map(|output| {
        let name = told_name(output)?;
        let told = state::told(each, &output.place);
        Some(quote_spanned!(name.span()=> let #name = #told;))
    });
    let made = windowed().map(|output| {
        let told = told_name(output).map(|name| quote_spanned!(name.span()=> .with(#name)));
        let runtime = Runtime(output.place.root.span());
        let (here, name) = (runtime.0, paths::all_updates(&output.place));
        let array = output::lent(output, &quote_spanned!(here=> &mut));
        if output.role == Role::Items {
            let known = paths::known_array(&output.place);
            return quote_spanned!(here=> let mut #name = #known.windows(#array, 0)#told;);
        }
        let first = output.window.map(Literal::usize_unsuffixed);
        quote_spanned!(here=> let mut #name = #runtime::windows(#array, #first)#told;)
    });
    let stored = windowed().map(|output| {
        let name = paths::all_updates(&output.place);
        store(
            output,
            &quote_spanned!(output.place.root.span()=> #name.collected()),
        )
    });
    let (hidden, name) = (Runtime::hidden(), paths::local("__items"));
    let call = call(&name.to_token_stream());
    Some(quote_spanned! {hidden.0=>
        match #items {
            #name => {
                #(#told)*
                #(#made)*
                #call
                #(#stored)*
            }
        }
    })
}

/// Output: `__out__all.store(&mut out);`
fn store(output: &Output, updates: &TokenStream) -> TokenStream {
    let here = output.place.root.span();
    let array = output::lent(output, &quote_spanned!(here=> &mut));
    if output.role == Role::Items {
        let known = paths::known_array(&output.place);
        return quote_spanned!(here=> #updates.store(#known.of_mut(#array, 0)););
    }
    quote_spanned!(here=> #updates.store(#array);)
}

/// Output: `let mut __out__updates = __out__updates.open(__block.length());`
pub(crate) fn opened(outputs: &[Output]) -> TokenStream {
    let (hidden, block) = (Runtime::hidden(), paths::block());
    let windowed = updated(outputs).filter(|output| output.window.is_some());
    let opened = windowed.map(|output| {
        let window = paths::updates(&output.place);
        quote_spanned!(hidden.0=> let mut #window = #window.open(#block.length());)
    });
    opened.collect()
}

/// Whether elements are reached by the number that an item has.
pub(crate) fn goes_by_number(outputs: &[Output]) -> bool {
    let by_number = |output: &Output| matches!(output.role, Role::Elements | Role::Updates);
    outputs.iter().any(by_number)
}

/// Output: `__out__all.store(&mut out);`
pub(crate) fn stored(outputs: &[Output]) -> TokenStream {
    let without_windows = updated(outputs).filter(|output| output.window.is_none());
    let stored = without_windows
        .map(|output| store(output, &paths::all_updates(&output.place).to_token_stream()));
    stored.collect()
}

/// Input: `xs.iter_mut().zip(ys)`
///
/// Output: `zip(0..xs.len(), ys).enumerate()`, if the loop changes its items: they stay alive while elements are
/// stored.
pub(crate) fn items(node: &ExprForLoop, each: &Loop) -> Option<Expr> {
    let source = source(node, each)?;
    let here = node.expr.span();
    let array = |place: &Place| {
        let (known, array) = (paths::known_array(place), borrowed(place, each, &quote!(&)));
        // Not the user's parentheses, which may be too many.
        quote_spanned!(Span::mixed_site()=> (0..#known.of(#array, 0).len()))
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
    let outputs = each.outputs.iter();
    let arrays: Vec<&Output> = outputs.filter(|o| o.role == Role::Items).collect();
    if arrays.is_empty() {
        return None;
    }
    let is_items = |place: &Place| arrays.iter().any(|output| output.place == *place);
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
//     for i in __block { out[i] += e; }
//
// Output:
//     for i in __block {
//         let mut __out__element = copy(&out[i]);
//         let mut __once = once(());
//         for () in &mut __once { __out__element += e; }
//         if __once.is_left() { break; }
//         __out__updates.put(i, __out__element);
//     }
//
// Output, in a window:
//     for i in __block {
//         let __out__element = __out__updates.element(i, copying());
//         (*__out__element) += e;
//     }
fn on_copies(moved: &mut ExprForLoop, copied: &[&Element<'_>]) {
    let hidden = Runtime::hidden();
    let before: TokenStream = copied.iter().map(|element| element.copied()).collect();
    if copied.iter().all(|element| element.has_window()) {
        if !unaliased::loops(&moved.body) {
            return pieces::begin(&mut moved.body, &before);
        }
        let names: Vec<Ident> = copied.iter().map(|element| element.name()).collect();
        return unaliased::hand_over(moved, &before, &names);
    }
    let after = copied.iter().map(|element| element.put()).collect();
    let nothing = quote_spanned!(hidden.0=> ());
    once(moved, &nothing, &nothing, &before, &after);
}

// Input:
//     for (x, y) in __block { *x += y; }
//
// Output:
//     for (__index, (__xs__item, __shared__0)) in __block {
//         let __xs__element = __xs__updates.element(__xs__item, copying());
//         let (x, y) = (__xs_array.lent(__xs__element), __shared__0);
//         *x += y;
//     }
//
// Output, of a loop that can be left:
//     for (__index, (__xs__item, __shared__0)) in __block {
//         let mut __xs__element = copy(&xs[__xs__item]);
//         let mut __once = once((__xs_array.lent(&mut __xs__element), __shared__0));
//         for (x, y) in &mut __once { *x += y; }
//         if __once.is_left() { break; }
//         __xs__updates.put(__index, __xs__element);
//     }
fn on_items(moved: &mut ExprForLoop, source: &Source<'_>, each: &Loop) {
    let (hidden, number) = (Span::mixed_site(), paths::local("__index"));
    let mut shape = Shape {
        in_windows: each.exits.is_empty(),
        ..Shape::default()
    };
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
        if each.exits.is_empty() {
            before.extend(quote_spanned!(runtime.0=> let #element = #updates.element(#item, #runtime::copying());));
            continue;
        }
        let (known, array) = (paths::known_array(place), borrowed(place, each, &quote!(&)));
        let item = quote_spanned!(runtime.0=> &#known.of(#array, 0)[#item]);
        before.extend(quote_spanned!(hidden=> let mut #element = #runtime::copy(#item);));
        after.extend(quote_spanned!(hidden=> #updates.put(#number, #element);));
    }
    let users = &moved.pat;
    let users = quote!(#users);
    if each.exits.is_empty() {
        let hidden = Runtime::hidden();
        before.extend(quote_spanned!(hidden.0=> let #users = #value;));
        pieces::begin(&mut moved.body, &before);
    } else {
        once(moved, &users, &value, &before, &after);
    }
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
    let (hidden, body, once) = (Runtime::hidden(), &moved.body, paths::local("__once"));
    let label: Option<Label> = moved.label.take();
    let block = quote_spanned! {hidden.0=> {
        #before
        let mut #once = #hidden::once(#value);
        #label for #pattern in &mut #once #body
        if #once.is_left() { break; }
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
    in_windows: bool,
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
                let borrow = (!self.in_windows).then(|| quote_spanned!(hidden=> &mut));
                (
                    quote!(#item),
                    quote_spanned!(hidden=> #known.lent(#borrow #element)),
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
