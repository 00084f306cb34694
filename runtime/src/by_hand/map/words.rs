//! The words of a map about an item for which its function panicked or failed.

use crate::distribute::Words;
use crate::protocol::message::Wording;

pub(super) const MAP: Words = |halt, site| halt.describe_as(&items_of("`map`"), site);
pub(super) const MAP_ORDERED: Words =
    |halt, site| halt.describe_as(&items_of("`map_ordered`"), site);
pub(super) const MAP_UNORDERED: Words =
    |halt, site| halt.describe_as(&items_of("`map_unordered`"), site);
pub(super) const STARMAP: Words = |halt, site| halt.describe_as(&items_of("`starmap`"), site);
pub(super) const TRY_MAP: Words = |halt, site| halt.describe_as(&items_of("`try_map`"), site);

fn items_of(call: &'static str) -> Wording {
    Wording {
        iteration: "item",
        call,
        left: "failed",
    }
}
