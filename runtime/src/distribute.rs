//! The whole story of one loop, as an expansion calls it.

use std::ops::Range;
use std::panic::Location;
use std::rc::Rc;
use std::vec;

use crate::collectives;
use crate::crew::{Alone, Crew, Pooled};
use crate::gather::{Filled, Output};
use crate::items::{Chunk, MasterItems, ShippedItems, Source};
use crate::link::Link;
use crate::options::{self, Gather, Options};
use crate::panicking;
use crate::place;
use crate::protocol::drive::{self, Ending, ManagerHands, Parcel, Plan, QueueHands};
use crate::protocol::message::{Call, Entry, Site, Verdict};
use crate::schedule::{Schedule, Workforce};
use crate::wire::{Encoded, Format, Transport, decode_message, encode_message};
use crate::world::World;

#[cfg(test)]
mod failures;
#[cfg(test)]
mod tests;

/// Runs `body` for all items, on all threads of all ranks, and adds what it filled to `outputs` in
/// the order of the items.
///
/// # Panics
/// Panics on every rank when the body panics for some item, with the message for the lowest one,
/// or when the ranks disagree on the loop or its items.
#[track_caller]
pub fn distribute<S, O, F>(options: Options, source: S, body: F, mut outputs: O)
where
    S: Source + Send,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part> + Sync,
{
    let Some(scene) = Scene::new(&options) else {
        return drive::run_sequentially(source, &body, &mut outputs);
    };
    let threads = scene.threads;
    if threads == 1 && scene.world.link().size() == 1 {
        run(&scene, &options, source, body, &mut outputs, &Alone);
    } else {
        let pool = scene.world.pools().with(threads);
        run(
            &scene,
            &options,
            source,
            body,
            &mut outputs,
            &Pooled {
                pool: &pool,
                threads,
            },
        );
    }
}

/// As [`distribute`] on one thread of each rank, so that the body may use what threads can't
/// share. The master of several ranks only manages.
///
/// # Panics
/// As [`distribute`].
#[track_caller]
pub fn distribute_unshared<S, O, F>(options: Options, source: S, body: F, mut outputs: O)
where
    S: Source,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
{
    let Some(scene) = Scene::new(&options) else {
        return drive::run_sequentially(source, &body, &mut outputs);
    };
    run(&scene, &options, source, body, &mut outputs, &Alone);
}

/// As [`distribute`], with items that the master's main thread alone iterates over.
///
/// # Panics
/// As [`distribute`], and when serde can't write or read an item.
#[track_caller]
pub fn distribute_from_master<I, O, F>(
    options: Options,
    source: MasterItems<I>,
    body: F,
    mut outputs: O,
) where
    I: Iterator<Item: Transport>,
    O: Output,
    F: Fn(Chunk<vec::IntoIter<I::Item>>, O::Part) -> Filled<O::Part> + Sync,
{
    let Some(scene) = Scene::new(&options) else {
        return drive::run_sequentially(source, &body, &mut outputs);
    };
    let threads = scene.threads;
    let pool = scene.world.pools().with(threads);
    let crew = Pooled {
        pool: &pool,
        threads,
    };
    scene.run(
        &options,
        None,
        0,
        threads,
        &mut outputs,
        |link, plan, outputs| {
            if link.is_master() {
                drive::manage_from_main(link, plan, source, body, outputs, &crew)
            } else {
                drive::work::<_, O, _, _>(link, ShippedItems::new(), body, &crew).into()
            }
        },
    );
}

fn run<S, O, F, C>(scene: &Scene, options: &Options, source: S, body: F, outputs: &mut O, crew: &C)
where
    S: Source,
    O: Output,
    F: Fn(Chunk<S::Iter>, O::Part) -> Filled<O::Part>,
    C: Crew<ManagerHands<S, O, F>> + Crew<QueueHands<S, O, F>>,
{
    let (length, fingerprint) = (source.length(), source.fingerprint());
    let threads = Crew::<ManagerHands<S, O, F>>::threads(crew);
    scene.run(
        options,
        length,
        fingerprint,
        threads,
        outputs,
        |link, plan, outputs| {
            if link.is_master() {
                drive::manage(link, plan, source, body, outputs, crew)
            } else if plan.schedule.is_managed() {
                drive::work::<S, O, F, C>(link, source, body, crew).into()
            } else {
                drive::work_share::<S, O, F, C>(link, plan, source, body, crew).into()
            }
        },
    );
}

/// Where a loop is reached.
struct Scene {
    world: Rc<World>,
    site: Site,
    threads: usize,
}

impl Scene {
    /// The caller's; `None` inside a body, where loops run sequentially.
    #[track_caller]
    fn new(options: &Options) -> Option<Self> {
        if place::in_body() {
            return None;
        }
        let world = World::current();
        let threads = world.threads(options);
        Some(Self {
            world,
            site: Location::caller().into(),
            threads,
        })
    }

    /// One loop: the ranks agree on it, `drive` runs it on this rank, and all learn how it ended.
    fn run<O: Output>(
        &self,
        options: &Options,
        length: Option<u64>,
        fingerprint: u64,
        threads: usize,
        outputs: &mut O,
        drive: impl FnOnce(&Link, &Plan, &mut O) -> Ending,
    ) {
        let (link, site) = (self.world.link(), &self.site);
        if self.world.warns_of_solitude() {
            eprintln!(
                "note: the loop at {site} is reached on the master alone: it uses this rank's threads only"
            );
        }
        if options.schedule == Schedule::Blocks && length.is_none() {
            link.refuse(&format!(
                "the loop at {site} has items of unknown number, which `schedule = blocks` can't divide\n\
                 help: collect the items into a `Vec` before the loop, or use `schedule = managed`"
            ));
        }
        let plan = plan(link, site.clone(), options, threads);
        let entry = |number| Entry {
            number,
            call: Call::Loop,
            site: site.clone(),
            length,
            fingerprint,
        };
        link.enter(entry);
        let Ending { verdict, parcels } = drive(link, &plan, outputs);
        link.complete();
        match verdict {
            Verdict::Complete if plan.everywhere && link.size() > 1 => {
                spread(link, parcels, outputs);
            }
            Verdict::Complete => {}
            Verdict::Panicked(failure) => {
                if link.is_master() {
                    eprintln!("error: {}", failure.describe(site));
                }
                panicking::unwind_silently(failure.report.message)
            }
        }
    }
}

fn plan(link: &Link, site: Site, options: &Options, threads: usize) -> Plan {
    let ranks = link.size();
    // Without threads of its own, the master of several ranks leaves the work to them.
    let threads = if threads == 0 {
        (ranks - 1).max(1)
    } else {
        ranks * threads
    };
    Plan {
        site,
        schedule: options.schedule,
        everywhere: options.gather == Gather::All,
        checked: std::env::var(options::CHECK_ITEMS).as_deref() != Ok("0"),
        force: Workforce { ranks, threads },
    }
}

/// Gives all ranks the parts that the master has collected.
fn spread<O: Output>(link: &Link, parcels: Vec<Parcel>, outputs: &mut O) {
    type Labels = Vec<(Vec<Range<u64>>, Format)>;
    let message = link.is_master().then(|| {
        let (labels, attachments): (Labels, _) = parcels
            .into_iter()
            .map(|Parcel { chunks, parts }| ((chunks, parts.format), parts.bytes))
            .unzip();
        (encode_message(&labels), attachments)
    });
    let (labels, attachments) = collectives::broadcast_message(link, message);
    if link.is_master() {
        return;
    }
    let labels: Labels = decode_message(&labels);
    let parcels = labels
        .into_iter()
        .zip(attachments)
        .map(|((chunks, format), bytes)| Parcel {
            chunks,
            parts: Encoded { format, bytes },
        });
    drive::absorb_all(link, parcels, outputs);
}
