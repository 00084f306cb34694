//! What a loop must not do, and what may be wrong with it: each rule finds its faults, `check` reports them.

pub(crate) mod asserted;
pub(crate) mod check;
pub(crate) mod effects;
mod files;
mod items;
pub(crate) mod lints;
pub(crate) mod misuses;
pub(crate) mod writes;
