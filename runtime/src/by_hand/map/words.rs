//! How a map calls the item for which its function panicked or failed.

use crate::base::panicking;
use crate::distribute::Words;
use crate::protocol::message::{Cause, Halt, Site};

pub(super) const MAP: Words = |halt, site| describe("map", halt, site);
pub(super) const MAP_ORDERED: Words = |halt, site| describe("map_ordered", halt, site);
pub(super) const MAP_UNORDERED: Words = |halt, site| describe("map_unordered", halt, site);
pub(super) const STARMAP: Words = |halt, site| describe("starmap", halt, site);
pub(super) const TRY_MAP: Words = |halt, site| describe("try_map", halt, site);

fn describe(function: &str, halt: &Halt, site: &Site) -> String {
    let Halt {
        iteration,
        rank,
        host,
        cause,
    } = halt;
    let what = match cause {
        Cause::Panicked(report) | Cause::NotAdded { report, .. } => {
            panicking::describe(report).replace('\n', "\n  ")
        }
        Cause::Refused { words, .. } => words.clone(),
        Cause::Left => "failed".to_owned(),
    };
    format!("item {iteration} of the `{function}` at {site}, on rank {rank} ({host}), {what}")
}
