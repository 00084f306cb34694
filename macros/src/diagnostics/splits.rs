//! How to make a loop two, beside what is wrong with it.

use crate::model::{Given, Split};
use syn::Error;

/// The error, with one more way to write the loop.
pub(crate) fn or_split(error: &Error, split: &Split) -> Error {
    Error::new(error.span(), format!("{error}\nhelp: {}", words(split)))
}

fn words(split: &Split) -> String {
    let about: Vec<String> = split
        .about
        .iter()
        .map(|place| format!("`{place}`"))
        .collect();
    let about = match &*about {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        about => about.join(""),
    };
    let (statements, need, them) = match split.count {
        1 => ("the statement", "needs", "it"),
        _ => ("the statements", "need", "them"),
    };
    let text = split.text.as_deref().unwrap_or("..");
    match &split.given {
        Given::Items(head) => format!(
            "or split the loop: run {statements} with {about} in a plain loop behind it: `{head} {{ {text} }}`"
        ),
        Given::Pushed {
            list,
            values,
            names,
        } => format!(
            "or split the loop: push what {statements} with {about} {need}, `{list}.push({});`, and run {them} in a \
             plain loop behind it: `for {} in {list} {{ {text} }}`",
            one(values),
            one(names)
        ),
    }
}

/// `x`, `(x, y)`
fn one(parts: &[String]) -> String {
    match parts {
        [part] => part.clone(),
        parts => format!("({})", parts.join(", ")),
    }
}
