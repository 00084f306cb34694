//! Whether the values behind items are known: asked once, so that whatever the expansion does with items is asked of a
//! type that stays unknown where they are not (see `type_level`).

use super::behind::Changing;
use crate::base::type_level::{Never, No};
use crate::base::wire::Transport;

/// Items through which a loop changes values; `Same` is their type, and unknown where these can't be told. `Way` is what
/// happens to the values.
#[diagnostic::on_unimplemented(
    message = "the items are `{Self}`, and the new values behind them can't be told for the other ranks",
    label = "the changes would stay on the rank of their iteration",
    note = "items can be `&mut T` and `&mut [T]`, and tuples of up to four, of these and of other values that are `Clone`; in turn `T` is to be `Clone`, and to derive `Serialize` and `Deserialize`, as it travels",
    note = "or keep the loop on the threads of this process, where nothing has to travel, and where the items of a loop without exits can be any: `#[parallel_for(local)]`",
    note = "in a generic function, add what its loop needs to the type parameter, all at once: `T: parallel_for::Transport + Sync`, and `Clone` where elements are changed in place or an iteration may run twice"
)]
pub trait Known<Same, Kind, Way>: Sized {
    /// The items themselves.
    fn same(items: Vec<Self>) -> Vec<Same>;
}

/// They travel to other ranks.
#[derive(Debug)]
pub struct Travel;

/// They stay in this process.
#[derive(Debug)]
pub struct Stay;

#[diagnostic::do_not_recommend]
impl<I: Changing<K, Value: Transport>, K> Known<I, K, Travel> for I {
    fn same(items: Vec<I>) -> Vec<I> {
        items
    }
}

#[diagnostic::do_not_recommend]
impl<I: Changing<K>, K> Known<I, K, Stay> for I {
    fn same(items: Vec<I>) -> Vec<I> {
        items
    }
}

#[diagnostic::do_not_recommend]
impl<I: Never, Way> Known<No, No, Way> for I {
    fn same(_: Vec<I>) -> Vec<No> {
        Vec::new()
    }
}

/// The items, if what is behind them can travel.
#[must_use]
pub fn known<I: Known<Same, K, Travel>, Same, K>(items: Vec<I>) -> Vec<Same> {
    I::same(items)
}

/// The same in a loop on the threads of one process.
#[must_use]
pub fn known_here<I: Known<Same, K, Stay>, Same, K>(items: Vec<I>) -> Vec<Same> {
    I::same(items)
}
