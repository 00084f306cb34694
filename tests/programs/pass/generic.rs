//! Generic functions: bounds, where clauses, lifetimes, constants and `impl Trait`.

use std::fmt::Debug;

use parallel_for::parallel_for;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[parallel_for]
fn twice<T>(values: &[T]) -> Vec<T>
where
    T: Clone + Sync + Send + Serialize + DeserializeOwned,
{
    let mut results = Vec::new();
    for value in values {
        results.push(value.clone());
        results.push(value.clone());
    }
    results
}

#[parallel_for]
fn apply<I, R>(items: I, function: impl Fn(I::Item) -> R + Sync) -> Vec<R>
where
    I: IntoIterator<IntoIter: Send>,
    R: Serialize + DeserializeOwned + Send,
{
    let mut results = Vec::new();
    for item in items {
        results.push(function(item));
    }
    results
}

#[parallel_for]
fn starts<'a, const N: usize>(words: &'a [&'a str; N], default: &'a str) -> Vec<String> {
    let mut results = Vec::new();
    for word in words {
        results.push(word.get(..2).unwrap_or(default).to_owned());
    }
    results
}

fn show(value: impl Debug) {
    parallel_for::on_master(|| println!("{value:?}"));
}

pub(crate) fn main() {
    show(twice(&[1, 2, 3]));
    show(twice(&["a".to_owned(), "b".to_owned()]));
    show(apply(0..20_u32, |n| n * n));
    show(apply(vec!["x", "yy"], str::len));
    show(starts(&["hello", "w", "rld"], "--"));
}
