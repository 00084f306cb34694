#![doc = include_str!("../../docs/errors/index.md")]

// For the links of the pages.
#[allow(unused_imports, reason = "documentation only")]
use crate::{Reducible, Transport, on_master};

macro_rules! pages {
    ($($page:ident)+) => {$(
        #[doc = include_str!(concat!("../../docs/errors/", stringify!($page), ".md"))]
        pub mod $page {}
    )+};
}

pages! {
    which_loop
    placement
    collapse
    output_read
    output_changed
    entry
    carried_state
    counter
    reduction
    outside_change
    random_generator
    in_place
    scratch
    hidden_effects
    captures
    exits
    macros
    elements
    custom_collection
    sharing
    items
    order
    randomness
    setup
}
