#![doc = include_str!("../docs/errors/index.md")]

macro_rules! pages {
    ($($page:ident)+) => {$(
        #[doc = include_str!(concat!("../docs/errors/", stringify!($page), ".md"))]
        pub mod $page {}
    )+};
}

pages! {
    which_loop
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
