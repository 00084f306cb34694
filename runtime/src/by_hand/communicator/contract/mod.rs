//! What every call of a communicator must do. One suite for all fabrics: unit tests run it on ranks
//! that are threads, with messages that are late at random, and a program runs it under `mpiexec`
//! (feature `contract`).

mod collectives;
mod grids;
mod messages;
mod slices;
mod splits;

#[cfg(test)]
mod broken;
#[cfg(test)]
mod tests;

use super::Communicator;
use crate::base::error::Error;

/// One duty, checked on all ranks of a world of any size.
type Check = fn(&Communicator) -> Result<(), Error>;

macro_rules! checks {
    ($($file:ident: $($check:ident)+;)+) => {
        const CHECKS: &[(&str, Check)] = &[$($((stringify!($check), $file::$check)),+),+];
    };
}

checks! {
    messages:
        messages_arrive_in_order_and_by_their_tags
        long_and_short_messages_of_one_rank_can_be_taken_in_any_order
        everybody_may_send_first
        requests_are_served_in_the_order_they_were_made
        a_message_of_another_type_is_an_error_and_stays
        there_is_nobody_beyond_the_last_rank
        probing_takes_nothing;
    collectives:
        values_reach_the_ranks_that_they_are_for
        values_are_folded_in_rank_order
        what_one_rank_can_not_do_is_an_error_on_all
        whoever_is_a_call_ahead_confuses_nobody;
    slices:
        slices_of_any_lengths_are_gathered_and_scattered
        equal_parts_are_scattered_and_swapped
        slices_are_folded_in_rank_order
        wrong_lengths_are_errors_and_leave_nothing_behind;
    splits:
        a_split_groups_by_color_and_orders_by_key
        ranks_without_a_color_stay_outside
        messages_of_one_communicator_are_not_taken_by_another
        splits_can_be_split;
    grids:
        every_rank_has_its_cell
        neighbours_get_what_is_sent_their_way
        a_grid_is_a_communicator_of_its_own
        a_shift_moves_values_along
        ranks_that_are_left_over_have_no_cell
        grids_that_can_not_be_had_are_errors_on_all
        who_passes_too_few_values_and_its_neighbours_return_the_error;
}

/// Runs the whole suite; every rank must call it.
///
/// # Panics
/// Panics where a call does not do what it must.
pub(crate) fn check(world: &Communicator) {
    for (name, check) in CHECKS {
        // A rank that is a check ahead must not send into this one.
        let result = world.duplicate().and_then(|own| {
            check(&own)?;
            own.immediate_probe(super::ANY)
        });
        assert_eq!(result, Ok(None), "{name}");
    }
}
