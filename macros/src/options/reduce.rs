//! `reduce(total: +, self.best: max, hash: mix)`: the reductions that the user names.

use super::args::Reduce;
use super::values::Named;
use crate::diagnostics::arguments as messages;
use crate::model::Place;
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Member, Path, Result, Token, parenthesized};

/// `(x: +, y: f)`
pub(super) fn parse(input: ParseStream<'_>, named: Named<'_>) -> Result<Vec<Reduce>> {
    if !input.peek(syn::token::Paren) {
        let _: TokenStream = input.parse()?;
        return Err(messages::missing_value(named.name, named.written));
    }
    let content;
    parenthesized!(content in input);
    let given = content.fork().parse::<TokenStream>()?;
    let list = content.parse_terminated(one, Token![,]);
    match list {
        Ok(list) if !list.is_empty() => Ok(list.into_iter().collect()),
        _ => {
            let _: TokenStream = content.parse()?;
            Err(messages::not_a_reduction(named.name, &given, named.written))
        }
    }
}

fn one(input: ParseStream<'_>) -> Result<Reduce> {
    input.parse::<Option<Token![*]>>()?;
    let root = input.call(Ident::parse_any)?;
    let mut place = Place {
        root,
        fields: Vec::new(),
    };
    while input.parse::<Option<Token![.]>>()?.is_some() {
        place.fields.push(input.parse::<Member>()?);
    }
    input.parse::<Token![:]>()?;
    let span = place.root.span();
    for operator in ["+", "-", "*", "&", "|", "^"] {
        let given: Option<proc_macro2::Punct> = input.fork().parse().ok();
        if given.is_some_and(|given| given.as_char().to_string() == operator) {
            input.parse::<proc_macro2::Punct>()?;
            return Ok(Reduce {
                place,
                with: operator.to_owned(),
                span,
                is_function: false,
            });
        }
    }
    let path = input.call(Path::parse_mod_style)?;
    let last = path.segments.last().map(|name| name.ident.to_string());
    let known = last.filter(|name| name == "max" || name == "min");
    let is_function = known.is_none();
    let with = path.to_token_stream().to_string().replace(' ', "");
    Ok(Reduce {
        place,
        with: known.unwrap_or(with),
        span,
        is_function,
    })
}
