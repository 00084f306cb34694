//! Asks the types of a loop of arithmetic whether nobody but the language and the standard library does it.

use super::paths::{self, Runtime};
use crate::model::{Arithmetic, Loop};
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

// Input:
//     for i in 0..n { out[i] = a[i] * 2.0; }
//
// Output:
//     let __arithmetic = arithmetic((variable(&a), (variable(&out), ())));
//     distribute(Options { arithmetic: Some(__arithmetic), ..Options::of_loop(0, 1234) }, ..);
/// Before the loop has borrowed its outputs.
pub(crate) fn asked(each: &Loop) -> TokenStream {
    let Some(Arithmetic {
        variables,
        tables,
        sums,
    }) = &each.arithmetic
    else {
        return TokenStream::new();
    };
    let (hidden, answer) = (Runtime::hidden(), paths::arithmetic());
    let variables = variables.iter().map(|variable| (variable, "variable"));
    let tables = tables.iter().map(|table| (table, "table"));
    let sums = sums.iter().map(|sum| (sum, "float"));
    let questions: Vec<TokenStream> = variables.chain(tables).chain(sums).map(question).collect();
    let nothing = quote_spanned!(hidden.0=> ());
    let questions = questions.iter().rfold(
        nothing,
        |rest, question| quote_spanned!(hidden.0=> (#question, #rest)),
    );
    quote_spanned!(hidden.0=> let #answer = #hidden::arithmetic(#questions);)
}

fn question((variable, about): (&Ident, &str)) -> TokenStream {
    let here = Runtime(variable.span());
    let about = Ident::new(about, here.0);
    quote_spanned!(here.0=> #here::#about(&#variable))
}
