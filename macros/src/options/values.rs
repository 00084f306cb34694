//! The values of options, each read by a function of its own.

use super::args::Given;
use crate::diagnostics::arguments as messages;
use crate::model::{Checkpoint, Gather, ItemsFrom, OnError, Progress, Schedule};
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, LitInt, LitStr, Result, Token, parenthesized};

/// The option whose value is read, and how it is written.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) name: &'a Ident,
    pub(super) written: &'static str,
}

/// `(a, b)`, which may be given in several parts.
pub(super) fn variables(
    list: &mut Vec<Ident>,
    named: Named<'_>,
    input: ParseStream<'_>,
    of_a_field: &str,
) -> Result<()> {
    let rest: TokenStream = input.fork().parse()?;
    let read = |input: ParseStream<'_>| {
        let content;
        parenthesized!(content in input);
        content.parse_terminated(Ident::parse_any, Token![,])
    };
    let Ok(variables) = read.parse2(input.parse()?) else {
        return Err(messages::not_variables(
            named.name,
            &rest,
            named.written,
            of_a_field,
        ));
    };
    for name in variables {
        if list.contains(&name) {
            return Err(messages::variable_twice(&name));
        }
        list.push(name);
    }
    Ok(())
}

/// The only place that stores an option with one value, and so the only one that has to reject duplicates.
pub(super) fn set<T>(slot: &mut Option<Given<T>>, named: Named<'_>, value: T) -> Result<()> {
    if slot.is_some() {
        return Err(messages::duplicate_option(named.name));
    }
    *slot = Some(Given {
        value,
        span: named.name.span(),
    });
    Ok(())
}

pub(super) fn gather(named: Named<'_>, input: ParseStream<'_>) -> Result<Gather> {
    choose(named, input, |word| match word {
        "master" => Some(Gather::Master),
        "all" => Some(Gather::All),
        _ => None,
    })
}

pub(super) fn items(named: Named<'_>, input: ParseStream<'_>) -> Result<ItemsFrom> {
    choose(named, input, |word| match word {
        "master" => Some(ItemsFrom::Master),
        "all" => Some(ItemsFrom::All),
        _ => None,
    })
}

pub(super) fn schedule(named: Named<'_>, input: ParseStream<'_>) -> Result<Schedule> {
    let word = choose(named, input, |word| match word {
        "managed" => Some(Schedule::Managed { chunk: None }),
        "round_robin" => Some(Schedule::RoundRobin),
        "blocks" => Some(Schedule::Blocks),
        _ => None,
    })?;
    if word != (Schedule::Managed { chunk: None }) || !input.peek(syn::token::Paren) {
        return Ok(word);
    }
    let content;
    parenthesized!(content in input);
    let given = content.fork().parse::<TokenStream>()?;
    let chunk = content
        .call(Ident::parse_any)
        .is_ok_and(|name| name == "chunk");
    if !chunk || content.parse::<Token![=]>().is_err() || content.is_empty() {
        let _: TokenStream = content.parse()?;
        return Err(messages::not_managed_chunk(&given));
    }
    let length = count("chunk", "`schedule = managed(chunk = 16)`", &content)?;
    Ok(Schedule::Managed {
        chunk: Some(length),
    })
}

pub(super) fn on_error(named: Named<'_>, input: ParseStream<'_>) -> Result<OnError> {
    let word = choose(named, input, |word| match word {
        "stop" => Some(OnError::Stop),
        "retry" => Some(OnError::Retry(0)),
        "skip" => Some(OnError::Skip),
        _ => None,
    })?;
    if word != OnError::Retry(0) {
        return Ok(word);
    }
    if !input.peek(syn::token::Paren) {
        let _: TokenStream = input.parse()?;
        return Err(messages::how_often(named.name));
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(messages::how_often(named.name));
    }
    count("retry", "`on_error = retry(3)`", &content).map(OnError::Retry)
}

pub(super) fn checkpoint(named: Named<'_>, input: ParseStream<'_>) -> Result<Checkpoint> {
    if !input.peek(LitStr) {
        return choose(named, input, |word| {
            (word == "off").then_some(Checkpoint::Nowhere)
        });
    }
    let folder: LitStr = input.parse()?;
    if folder.value().is_empty() {
        return Err(messages::no_folder(&folder, named.written));
    }
    Ok(Checkpoint::In(folder))
}

/// What follows the `=`, or nothing.
pub(super) fn progress(named: Named<'_>, input: ParseStream<'_>) -> Result<Progress> {
    if input.is_empty() {
        return Ok(Progress::Shown);
    }
    if !input.peek(LitStr) {
        return choose(named, input, |word| {
            (word == "off").then_some(Progress::Hidden)
        });
    }
    let name: LitStr = input.parse()?;
    if name.value().trim().is_empty() || name.value().chars().any(char::is_control) {
        return Err(messages::no_name(&name, named.written));
    }
    Ok(Progress::Named(name))
}

pub(super) fn threads(named: Named<'_>, input: ParseStream<'_>) -> Result<usize> {
    count("threads", named.written, input)
}

/// One word of a fixed list.
fn choose<T>(
    named: Named<'_>,
    input: ParseStream<'_>,
    value: impl Fn(&str) -> Option<T>,
) -> Result<T> {
    let given: TokenTree = input.parse()?;
    if let Some(value) = value(&given.to_string()) {
        Ok(value)
    } else {
        let _: TokenStream = input.parse()?;
        Err(messages::unknown_value(named.name, &given, named.written))
    }
}

/// An integer literal of at least 1: the macro can't evaluate anything else.
fn count<T>(option: &str, written: &str, input: ParseStream<'_>) -> Result<T>
where
    T: std::str::FromStr + PartialOrd + From<u8>,
    T::Err: std::fmt::Display,
{
    let given: TokenTree = input.fork().parse()?;
    let not_a_count = || messages::not_a_count(option, &given, written);
    let number = input.parse::<LitInt>().and_then(|n| n.base10_parse::<T>());
    match number {
        Ok(number) if number >= T::from(1) => Ok(number),
        _ => {
            let _: TokenStream = input.parse()?;
            Err(not_a_count())
        }
    }
}
