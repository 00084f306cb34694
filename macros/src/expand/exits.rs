//! A loop that can be left. The runtime runs it like any other, up to the iteration that leaves it;
//! the user's own loop, which stands in the function itself, then runs that one.

use super::ends::leave_rounds;
use super::leaving::rewrite;
use super::moved::{closure, in_blocks, items, moved, written};
use super::paths::{self, Runtime};
use super::pieces::Pieces;
use super::replay::Ending;
use super::returned::{Returned, Unsaid, without_impl};
use super::{changed, in_place, lend, nested, options, replay, sharing, state};
use crate::model::{Exit, ExitKind, Loop, Plan};
use crate::syntax::tags::Strip;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Block, Expr, ExprForLoop, ReturnType, Type};

// Input:
//     for x in xs { results.push(work(x)?); }
//
// Output:
//     match exits(items_again!(xs)) {
//         mut __loop => while __loop.run(
//             Options::of_loop(0, 1234),
//             |mut __chunk, mut results| {
//                 let mut __mark = mark(&mut results);
//                 attempt(|| -> <Result<(), Error> as Fallible>::Unit {
//                     while let Some(__block) = block(&mut __chunk) {
//                         for x in __block { __mark = mark(&mut results); results.push(work(x)?); }
//                     }
//                     <Result<(), Error> as Fallible>::completed()
//                 });
//                 part_until(results, __mark)
//             },
//             &mut results,
//         ) {
//             for x in __loop.again() { results.push(work(x)?); }
//         }
//     }
pub(crate) fn call(
    mut node: ExprForLoop,
    each: &Loop,
    output: &ReturnType,
    mut pieces: Pieces,
) -> TokenStream {
    let nested = nested::taken(&mut node, output);
    let returned = Returned::new(output, &each.ends);
    pieces.before.extend(returned.types());
    let (closure, body) = chunk_closure(&node, each, output, &returned, &mut pieces);
    let leaves_rounds = leave_rounds(&mut node, &each.ends);
    Strip.visit_expr_for_loop_mut(&mut node);
    let node = &node;
    let (hidden, here) = (Runtime::hidden(), Runtime(each.span));
    let the_loop = paths::the_loop();
    let items = items(node, each);
    let run = match (each.options.threads, each.options.local) {
        (Some(1), true) => quote_spanned!(here.0=> run_locally_unshared),
        (Some(1), false) => quote_spanned!(here.0=> run_unshared),
        (_, true) => quote_spanned!(here.0=> run_locally),
        (_, false) => quote_spanned!(here.0=> run),
    };
    let options = sharing::asked(options::literal(each), each);
    let outputs = lend::arguments(each);
    let captures = state::captures(each);
    let first = &pieces.again;
    let again = again(node, each, &pieces);
    // Its `break`s may all have gone to the rounds.
    let silent = (leaves_rounds && node.label.is_some())
        .then(|| quote_spanned!(hidden.0=> #[allow(unused_labels)]));
    // The runtime says that the loop is where this call is, its parentheses included.
    let leaves = replay::leaves(&body, each).then(|| ending(output));
    let round = replay::around(&body, each, &outputs, leaves.as_ref(), |outputs| {
        let arguments = quote_spanned!(hidden.0=> #options, #closure, #outputs, #captures);
        quote_spanned!(here.0=> #the_loop.#run(#arguments))
    });
    let round = changed::stored(each, &round);
    // What the items borrow from lives as long as the loop, as in any `match` and `for`.
    let label = leaves_rounds.then(paths::rounds_label).into_iter();
    let mut rounds = quote_spanned!(hidden.0=> #(#label:)* while #round { #first #silent #again });
    if leaves.is_some() {
        rounds = replay::left_by_statement(&rounds);
    }
    if !nested.is_empty() {
        rounds = quote_spanned!(hidden.0=> { #(#nested)* #rounds });
    }
    let mut call = quote_spanned! {hidden.0=>
        match #here::exits(#items) {
            mut #the_loop => #rounds
        }
    };
    if changed::is_changed(each) {
        call = changed::around(node, each, &written(node, each), &call);
    }
    pieces.around(&call)
}

/// With the body whose ways out are rewritten.
fn chunk_closure(
    node: &ExprForLoop,
    each: &Loop,
    output: &ReturnType,
    returned: &Returned<'_>,
    pieces: &mut Pieces,
) -> (TokenStream, Block) {
    let (hidden, mark) = (Runtime::hidden(), paths::mark());
    let mark_of = |part| quote_spanned!(hidden.0=> #hidden::mark(&mut #part));
    let marks = lend::each_part(&each.outputs, mark_of);
    let first = quote_spanned!(hidden.0=> let mut #mark = #marks;);
    pieces.chunk.extend(first);
    let others = &pieces.prologue;
    pieces.prologue = quote_spanned!(hidden.0=> #mark = #marks; #others);

    let mut left = node.clone();
    let rewritten = rewrite(&mut left, returned);
    let mut chunk = in_blocks(&rewritten.labelled(moved(&left, each, pieces)), each);
    if each.exits.iter().any(is_attempt) {
        chunk = attempted(&chunk, output, replay::leaves(&left.body, each));
    }
    let values = lend::values(&each.outputs);
    let compared = lend::compared(each);
    let end = quote_spanned!(hidden.0=> #hidden::part_until(#values, #mark)#compared);
    (closure(&chunk, &end, each, pieces), left.body)
}

/// Output: `for x in __loop.again() { results.push(work(x)?); }`
fn again(node: &ExprForLoop, each: &Loop, pieces: &Pieces) -> ExprForLoop {
    let mut again = node.clone();
    let the_loop = paths::the_loop();
    let items = in_place::items_again(node, each).or_else(|| changed::items_again(each));
    let of_items = items.map(|items| quote!(#the_loop.again_of(#items)));
    *again.expr = Expr::Verbatim(of_items.unwrap_or_else(|| quote!(#the_loop.again())));
    pieces.inside_again(&mut again.body);
    again
}

/// `?` and macros that contain a `return` leave a closure, which returns as the function does, with
/// nothing for its value.
fn attempted(chunk: &TokenStream, output: &ReturnType, leaves: bool) -> TokenStream {
    let hidden = Runtime::hidden();
    let Ending { returns, completed } = ending(output);
    let attempt = if leaves {
        quote_spanned!(hidden.0=> attempt_all)
    } else {
        quote_spanned!(hidden.0=> attempt)
    };
    quote_spanned! {hidden.0=>
        #hidden::#attempt(|| -> #returns {
            #chunk
            #completed
        });
    }
}

/// As the function does, with nothing for its value.
fn ending(output: &ReturnType) -> Ending {
    let hidden = Runtime::hidden();
    let output = without_impl(output, Unsaid::Value);
    if is_unit(&output) {
        return Ending {
            returns: output.to_token_stream(),
            completed: quote!(()),
        };
    }
    let fallible = quote_spanned!(hidden.0=> <#output as #hidden::Fallible>);
    Ending {
        returns: quote!(#fallible::Unit),
        completed: quote!(#fallible::completed()),
    }
}

/// A `?` in a function whose type has no place for it: the compiler says so, and best of the
/// function as it was written.
pub(crate) fn misplaced_question(output: &ReturnType, plan: &Plan) -> bool {
    const INFALLIBLE: [&str; 10] = [
        "BTreeMap", "HashMap", "String", "Vec", "bool", "f64", "i32", "u32", "u64", "usize",
    ];
    let never_fails = match output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => match &**ty {
            Type::Tuple(_) | Type::Array(_) | Type::Reference(_) => true,
            Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|name| INFALLIBLE.contains(&&*name.ident.to_string())),
            _ => false,
        },
    };
    let is_question = |exit: &Exit| exit.kind == ExitKind::Question;
    never_fails
        && plan
            .loops
            .iter()
            .any(|each| each.exits.iter().any(is_question))
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

fn is_attempt(exit: &Exit) -> bool {
    matches!(exit.kind, ExitKind::Question | ExitKind::Returning(_))
}
