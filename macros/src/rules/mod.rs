//! Rules that a loop must keep, and doubtful code: each rule finds its faults, `check` reports them.

pub(crate) mod check;
pub(crate) mod effects;
mod files;
mod items;
pub(crate) mod lints;
pub(crate) mod misuses;
pub(crate) mod reduce_option;
pub(crate) mod splits;
pub(crate) mod writes;
