//! The rules that a function and its loops have to keep, each headed by code that breaks it.

use crate::diagnostics::{
    Errors, choice, effects, exits, outputs, placement, scratch, splits, writes,
};
use crate::model::{Checkpoint, ItemsFrom, Loop, Plan, Schedule};
use syn::{Safety, Signature};

/// All rules; each reports every violation.
pub(crate) fn check(signature: &Signature, plan: &Plan, errors: &mut Errors) {
    check_const(signature, errors);
    check_unsafe(signature, errors);
    check_extern(signature, errors);
    for each in &plan.loops {
        check_loop(each, errors);
    }
}

/// Whether a loop keeps all rules.
pub(crate) fn stands_up(each: &Loop) -> bool {
    let mut errors = Errors::new();
    check_loop(each, &mut errors);
    errors.check().is_ok()
}

fn check_loop(each: &Loop, errors: &mut Errors) {
    check_gather(each, errors);
    check_items(each, errors);
    check_local(each, errors);
    check_exits(each, errors);
    check_effect(each, errors);
    check_scratch(each, errors);
    check_uses(each, errors);
    check_effects(each, errors);
}

// #[parallel_for]
// const fn squares() { .. }
fn check_const(signature: &Signature, errors: &mut Errors) {
    if let Some(token) = signature.constness {
        errors.push(placement::const_fn(token.span));
    }
}

// #[parallel_for]
// unsafe fn squares(xs: *const u64) { .. }
fn check_unsafe(signature: &Signature, errors: &mut Errors) {
    if let Safety::Unsafe(token) = signature.safety {
        errors.push(placement::unsafe_fn(token.span));
    }
}

// #[parallel_for]
// extern "C" fn squares() { .. }
fn check_extern(signature: &Signature, errors: &mut Errors) {
    if let Some(abi) = &signature.abi {
        errors.push(placement::extern_fn(abi.extern_token.span));
    }
}

// while again() {
//     #[parallel_for(gather = master)]
//     for x in xs { .. }
// }
fn check_gather(each: &Loop, errors: &mut Errors) {
    if let Some((span, why)) = each.denied_master {
        errors.push(choice::denied_master(span, why));
    }
}

// #[parallel_for(items = master, schedule = blocks)]
// fn lengths() { .. }
fn check_items(each: &Loop, errors: &mut Errors) {
    let managed = matches!(each.options.schedule, Schedule::Managed { .. });
    if each.options.items == ItemsFrom::Master && !managed {
        errors.push(choice::items_without_manager(each.span));
    }
}

// #[parallel_for(local, items = master)] or #[parallel_for(local, checkpoint = "kept")]
// fn lengths() { .. }
fn check_local(each: &Loop, errors: &mut Errors) {
    if each.options.local && each.options.items == ItemsFrom::Master {
        errors.push(choice::local_items_of_the_master(each.span));
    }
    if each.options.local && matches!(each.options.checkpoint, Some(Checkpoint::In(_))) {
        errors.push(choice::local_and_kept(each.span));
    }
}

// for x in xs { results.push(work(x).await); }
fn check_exits(each: &Loop, errors: &mut Errors) {
    for error in each.exits.iter().filter_map(exits::unsupported) {
        errors.push(error);
    }
}

// #[parallel_for(private(results))]
// fn squares() { for x in xs { results.push(x * x); } }
fn check_effect(each: &Loop, errors: &mut Errors) {
    let has_effect = !each.outputs.is_empty() || !each.exits.is_empty();
    let is_refused =
        !each.writes.is_empty() || !each.effects.is_empty() || !each.scratch_mistakes.is_empty();
    // On the threads of one process, what it does elsewhere is done.
    if has_effect || is_refused {
        return;
    }
    if !each.options.local {
        errors.push(choice::fills_nothing(each.span));
    } else if each.prints_alone {
        errors.push(choice::prints_alone(each.span));
    }
}

// for x in xs { buffer.clear(); buffer.push(x); } show(buffer);
fn check_scratch(each: &Loop, errors: &mut Errors) {
    for mistake in &each.scratch_mistakes {
        errors.push(scratch::no_scratch(mistake));
    }
}

// for x in xs { results.push(results.len()); }
// for x in xs { sum += x; results.push(sum); }
fn check_uses(each: &Loop, errors: &mut Errors) {
    let misuses = each.misuses.iter().map(outputs::not_an_append);
    let writes = each.writes.iter().map(writes::outer_write);
    for (number, error) in misuses.chain(writes).enumerate() {
        errors.push(match &each.split {
            Some(split) if number == 0 => splits::or_split(&error, split),
            _ => error,
        });
    }
}

// for x in 0.. { results.push(x + rng.random::<u64>()); }
fn check_effects(each: &Loop, errors: &mut Errors) {
    for effect in &each.effects {
        errors.push(effects::effect(effect));
    }
}
