//! `#[parallel_for(gather = all, schedule = managed(chunk = 4), threads = 2, items = master)]`:
//! the options as the user wrote them, with their spans. Every mistake in them is reported.

mod reduce;

pub(crate) use reduce::Reduce;

use crate::diagnostics::{Errors, arguments as messages};
use crate::model::{Gather, ItemsFrom, Schedule};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, LitInt, Result, Token, parenthesized};

/// A value and where it was given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// The options of one attribute; `None` where the user left the choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args {
    /// `gather = master | all`
    pub(crate) gather: Option<Given<Gather>>,
    /// `schedule = managed | managed(chunk = k) | round_robin | blocks`
    pub(crate) schedule: Option<Given<Schedule>>,
    /// `threads = k`
    pub(crate) threads: Option<Given<usize>>,
    /// `items = master | all`
    pub(crate) items: Option<Given<ItemsFrom>>,
    /// `reduce(x: +, y: f)`
    pub(crate) reduce: Vec<Reduce>,
    /// `private(a, b)`
    pub(crate) private: Vec<Ident>,
    /// `per_rank(a, b)`
    pub(crate) per_rank: Vec<Ident>,
}

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

    /// `name = value`
    fn argument(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = input.call(Ident::parse_any)?;
        let text = name.to_string();
        if !messages::OPTIONS.iter().any(|(option, _)| *option == text) {
            let _: TokenStream = input.parse()?;
            return Err(messages::unknown_option(&name));
        }
        if text == "reduce" {
            self.reduce.extend(reduce::parse(input, &name)?);
            return nothing_more(input);
        }
        if text == "private" {
            return variables(&mut self.private, &name, input);
        }
        if text == "per_rank" {
            return variables(&mut self.per_rank, &name, input);
        }
        if !input.peek(Token![=]) {
            let _: TokenStream = input.parse()?;
            return Err(messages::missing_value(&name));
        }
        input.parse::<Token![=]>()?;
        if input.is_empty() {
            return Err(messages::missing_value(&name));
        }
        match text.as_str() {
            "gather" => set(&mut self.gather, &name, gather(input)?),
            "schedule" => set(&mut self.schedule, &name, schedule(input)?),
            "threads" => set(&mut self.threads, &name, threads(input)?),
            _ => set(&mut self.items, &name, items(input)?),
        }?;
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

/// `(a, b)`, which may be given in several parts.
fn variables(list: &mut Vec<Ident>, option: &Ident, input: ParseStream<'_>) -> Result<()> {
    let rest: TokenStream = input.fork().parse()?;
    let read = |input: ParseStream<'_>| {
        let content;
        parenthesized!(content in input);
        content.parse_terminated(Ident::parse_any, Token![,])
    };
    let Ok(names) = read.parse2(input.parse()?) else {
        return Err(messages::not_variables(option, &rest));
    };
    for name in names {
        if list.contains(&name) {
            return Err(messages::variable_twice(&name));
        }
        list.push(name);
    }
    Ok(())
}

/// The only place that stores an option with one value, and so the only one that has to reject duplicates.
fn set<T>(slot: &mut Option<Given<T>>, name: &Ident, value: T) -> Result<()> {
    if slot.is_some() {
        return Err(messages::duplicate_option(name));
    }
    *slot = Some(Given {
        value,
        span: name.span(),
    });
    Ok(())
}

fn gather(input: ParseStream<'_>) -> Result<Gather> {
    choose("gather", input, |word| match word {
        "master" => Some(Gather::Master),
        "all" => Some(Gather::All),
        _ => None,
    })
}

fn items(input: ParseStream<'_>) -> Result<ItemsFrom> {
    choose("items", input, |word| match word {
        "master" => Some(ItemsFrom::Master),
        "all" => Some(ItemsFrom::All),
        _ => None,
    })
}

fn schedule(input: ParseStream<'_>) -> Result<Schedule> {
    let word = choose("schedule", input, |word| match word {
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
    let length = count("chunk", &content)?;
    Ok(Schedule::Managed {
        chunk: Some(length),
    })
}

fn threads(input: ParseStream<'_>) -> Result<usize> {
    count("threads", input)
}

/// One word of a fixed list.
fn choose<T>(option: &str, input: ParseStream<'_>, value: impl Fn(&str) -> Option<T>) -> Result<T> {
    let given: TokenTree = input.parse()?;
    if let Some(value) = value(&given.to_string()) {
        Ok(value)
    } else {
        let _: TokenStream = input.parse()?;
        Err(messages::unknown_value(option, &given))
    }
}

/// An integer literal of at least 1: the macro can't evaluate anything else.
fn count<T>(option: &str, input: ParseStream<'_>) -> Result<T>
where
    T: std::str::FromStr + PartialOrd + From<u8>,
    T::Err: std::fmt::Display,
{
    let given: TokenTree = input.fork().parse()?;
    let not_a_count = || messages::not_a_count(option, &given);
    let number = input.parse::<LitInt>().and_then(|n| n.base10_parse::<T>());
    match number {
        Ok(number) if number >= T::from(1) => Ok(number),
        _ => {
            let _: TokenStream = input.parse()?;
            Err(not_a_count())
        }
    }
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
