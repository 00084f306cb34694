//! A loop that does nothing but arithmetic: its types decide whether every rank may run all of it by itself.

use crate::model::{Arithmetic, By, Gather, ItemsFrom, Mention, Options, Output, Role, Schedule};
use crate::walk::LoopSummary;
use syn::Ident;

/// With all outputs; `None` where the loop does something else with them, or the user has said who runs it.
pub(crate) fn arithmetic(
    summary: &LoopSummary,
    outputs: &[Output],
    options: &Options,
    per_rank: &[Ident],
) -> Option<Arithmetic> {
    let mut arithmetic = summary.head.arithmetic.clone()?;
    let is_usual = options.gather == Gather::All
        && options.schedule == Schedule::Managed { chunk: None }
        && options.threads.is_none()
        && options.items == ItemsFrom::All
        && !options.local
        && options.on_error.is_none()
        && options.checkpoint.is_none();
    if !is_usual || outputs.is_empty() {
        return None;
    }
    for Output { place, role, .. } in outputs {
        let is_sum = arithmetic.sums.contains(&place.root);
        let fits = match role {
            Role::Collection { .. } | Role::Elements | Role::Updates | Role::Items => !is_sum,
            Role::Reduction { by, .. } => is_sum && adds(by),
            Role::ChangedItems | Role::Replayed => false,
        };
        if !fits || !place.fields.is_empty() {
            return None;
        }
        if !is_sum && !arithmetic.variables.contains(&place.root) {
            arithmetic.variables.push(place.root.clone());
        }
    }
    let is_made = |variable: &Ident| outputs.iter().any(|output| output.place.root == *variable);
    // A constant could be anything, a variant of a generic type among others, whose type can't be asked for. Of what each rank
    // has its own, each would make its own.
    let is_known = |variable: &Ident| {
        let is_read = |mention: &Mention| mention.place.root == *variable;
        let is_variable = summary.variables().any(is_read) || is_made(variable);
        is_variable && !per_rank.contains(variable)
    };
    let Arithmetic {
        variables,
        tables,
        sums,
    } = &arithmetic;
    let are_known = variables.iter().chain(tables).all(is_known) && sums.iter().all(is_made);
    are_known.then_some(arithmetic)
}

fn adds(by: &By) -> bool {
    matches!(by, By::Sum | By::Difference | By::Balance | By::Product)
}
