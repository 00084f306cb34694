//! The options of one attribute as data.

use crate::model::{Checkpoint, Gather, ItemsFrom, OnError, Place, Progress, Schedule};
use proc_macro2::Span;
use syn::Ident;

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
    /// `local`
    pub(crate) local: Option<Given<()>>,
    /// `on_error = stop | retry(n) | skip`
    pub(crate) on_error: Option<Given<OnError>>,
    /// `checkpoint = "folder" | off`
    pub(crate) checkpoint: Option<Given<Checkpoint>>,
    /// `progress`, `progress = "name" | off`
    pub(crate) progress: Option<Given<Progress>>,
    /// `collapse`
    pub(crate) collapse: Option<Given<()>>,
    /// `reduce(x: +, y: f)`
    pub(crate) reduce: Vec<Reduce>,
    /// `private(a, b)`
    pub(crate) private: Vec<Ident>,
    /// `per_rank(a, b)`
    pub(crate) per_rank: Vec<Ident>,
}

/// `x: +`
#[derive(Clone, Debug)]
pub(crate) struct Reduce {
    pub(crate) place: Place,
    /// As it is written, without spaces.
    pub(crate) with: String,
    pub(crate) span: Span,
    pub(super) is_function: bool,
}

impl Reduce {
    /// The user's own function or method; a `max` is known, whatever its origin.
    pub(crate) fn function(&self) -> Option<&str> {
        self.is_function.then_some(&self.with)
    }
}
