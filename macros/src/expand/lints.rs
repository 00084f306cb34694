//! Lints as uses of deprecated functions, each where the user wrote what it is about.

use crate::diagnostics::lints;
use crate::model::Lint;
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::{Expr, Stmt};

// Output:
//     {
//         #[deprecated(note = "..")]
//         fn unseeded_randomness() {}
//         unseeded_randomness();
//     }
pub(crate) fn statement(lint: &Lint) -> Stmt {
    let (name, note) = lints::lint(&lint.kind);
    let name = Ident::new(name, lint.span);
    let tokens: TokenStream = quote_spanned! {lint.span=>
        {
            #[deprecated(note = #note)]
            fn #name() {}
            #name();
        }
    };
    Stmt::Expr(Expr::Verbatim(tokens), None)
}
