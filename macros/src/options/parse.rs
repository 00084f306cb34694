//! From the tokens of an attribute to its options.

use super::args::Args;
use super::table::{OPTIONS, Takes};
use super::values::Named;
use crate::diagnostics::{Errors, arguments as messages};
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, Result, Token};

impl Args {
    /// Reads the options of all the attributes on one function or loop.
    pub(crate) fn parse(lists: impl IntoIterator<Item = TokenStream>, errors: &mut Errors) -> Self {
        let mut args = Self::default();
        for argument in lists.into_iter().flat_map(split_at_commas) {
            // Each argument on its own, so that a mistake in one does not hide those in others.
            let read = |input: ParseStream<'_>| args.argument(input);
            if let Err(error) = read.parse2(argument) {
                errors.push(error);
            }
        }
        args
    }

    /// `name = value`, `name(..)`, `name`
    fn argument(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = input.call(Ident::parse_any)?;
        let Some(option) = OPTIONS.iter().find(|option| name == option.name) else {
            let _: TokenStream = input.parse()?;
            let names = OPTIONS.map(|option| option.name);
            return Err(messages::unknown_option(&name, &names));
        };
        let written = option.written;
        let named = Named {
            name: &name,
            written,
        };
        match option.takes {
            Takes::List(read) => read(self, named, input)?,
            Takes::Nothing(read) => {
                if !input.is_empty() {
                    let _: TokenStream = input.parse()?;
                    return Err(messages::needless_value(&name, written));
                }
                read(self, named, input)?;
            }
            Takes::Either(read) if input.is_empty() => read(self, named, input)?,
            Takes::Value(read) | Takes::Either(read) => {
                if !input.peek(Token![=]) {
                    let _: TokenStream = input.parse()?;
                    return Err(messages::missing_value(&name, written));
                }
                input.parse::<Token![=]>()?;
                if input.is_empty() {
                    return Err(messages::missing_value(&name, written));
                }
                read(self, named, input)?;
            }
        }
        nothing_more(input)
    }
}

fn nothing_more(input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    let rest: TokenStream = input.parse()?;
    Err(messages::missing_comma(&rest))
}

fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut arguments = vec![TokenStream::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            arguments.push(TokenStream::new());
        } else if let Some(argument) = arguments.last_mut() {
            argument.extend([token]);
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}
