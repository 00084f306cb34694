#![doc = include_str!("../docs/guide/index.md")]

// For the links of the pages.
#[allow(unused_imports, reason = "documentation only")]
use crate::{
    Communicator, collection, flatten, is_master, map, map_ordered, map_unordered, on_master,
    split_managed, split_round_robin, starmap, try_map, world,
};

pub mod errors;

macro_rules! pages {
    ($($page:ident $(($picture:ident))?)+) => {$(
        #[doc = include_str!(concat!("../docs/guide/", stringify!($page), ".md"))]
        $(
            // What is documented can bring no files along: the link definition holds the picture itself, in base64.
            #[doc = ""]
            #[doc = include_str!(concat!("../docs/pictures/", stringify!($picture), ".md"))]
        )?
        pub mod $page {}
    )+};
}

pages! {
    language
    options
    running
    long_jobs
    watching(timeline)
    random
    by_hand
    coming_from
    environment
    limits
}
