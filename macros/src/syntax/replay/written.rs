//! `write!(x, ..)` and `writeln!(x, ..)`: the body makes the text.

use crate::model::Place;
use crate::syntax::{macros, places};
use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, Macro};

/// The variable that is written to.
pub(super) fn target(call: &Macro) -> Option<Place> {
    let name = macros::name(call);
    if name != "write" && name != "writeln" {
        return None;
    }
    match macros::known_arguments(call)?.first()? {
        Expr::Reference(lent) if lent.mutability.is_some() => places::pointee(&lent.expr),
        target => places::pointee(target),
    }
}

/// The arguments behind it: `"{}\n", x`
pub(crate) fn behind_target(call: &Macro) -> TokenStream {
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
    let tokens = call.tokens.clone().into_iter();
    tokens
        .skip_while(|token| !is_comma(token))
        .skip(1)
        .collect()
}
