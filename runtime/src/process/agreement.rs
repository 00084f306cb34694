//! What ranks tell each other before anything else: where each runs, and what its variables say.
//!
//! Invariant: every rank learns the same, and no rank goes on where one's variables make no sense or two
//! ranks' don't go together.

use std::collections::BTreeSet;
use std::panic::Location;

use serde::{Deserialize, Serialize};

use crate::base::clock::nanoseconds;
use crate::base::rank::{MASTER, Rank};
use crate::observe::Event;
use crate::process::cores::{self, Berth};
use crate::process::environment::{self, Environment};
use crate::process::neighbours::{self, Neighbour, Resident};
use crate::protocol::message::Call;
use crate::transport::collectives;
use crate::transport::link::Link;

/// What a rank says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Introduction {
    berth: Berth,
    resident: Option<Resident>,
    environment: Result<Environment, String>,
}

/// What holds for all ranks.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Agreement {
    /// The compute threads of each rank.
    pub(crate) threads: Vec<usize>,
    /// The one that each rank watches.
    pub(crate) neighbours: Vec<Option<Neighbour>>,
    /// Whether the master wants to know when threads do something.
    pub(crate) spans: bool,
    /// What to tell the user, once.
    pub(crate) warning: Option<String>,
}

/// Makes the ranks' first call, with this rank's variables.
///
/// # Errors
/// In the same words on every rank, when the program can't run so.
pub(crate) fn agree(
    link: &Link,
    environment: Result<Environment, String>,
) -> Result<Agreement, String> {
    let site = Location::caller().into();
    collectives::enter(link, Call::Start, &site);
    let host = &link.identity().host;
    let introduction = Introduction {
        berth: Berth::of_this_process(host),
        resident: Resident::of_this_process(host),
        environment,
    };
    let introductions = collectives::gather(link, introduction);
    if let Some(all) = &introductions {
        let hosts = all.iter().map(|rank| rank.berth.host.clone());
        link.learn_hosts(hosts.collect());
    }
    let agreement: Result<Agreement, String> =
        collectives::broadcast(link, introductions.map(settle));
    if agreement.as_ref().is_ok_and(|agreement| agreement.spans) {
        link.observers().take_spans();
        compare_clocks(link);
    }
    collectives::leave(link);
    agreement
}

/// Lets the master compare the clocks of all ranks with its own, some times.
fn compare_clocks(link: &Link) {
    const TIMES: usize = 8;
    for _ in 0..TIMES {
        let begun = nanoseconds();
        collectives::broadcast(link, link.is_master().then_some(()));
        let clocks = collectives::gather(link, nanoseconds());
        let ended = nanoseconds();
        for (rank, theirs) in clocks.into_iter().flatten().enumerate().skip(1) {
            link.observers().tell(|| Event::Compared {
                rank,
                theirs,
                between: (begun, ended),
            });
        }
    }
}

/// The agreement of ranks that introduce themselves so, in rank order.
fn settle(ranks: Vec<Introduction>) -> Result<Agreement, String> {
    let (berths, (residents, environments)): (Vec<_>, (Vec<_>, Vec<_>)) = ranks
        .into_iter()
        .map(|rank| (rank.berth, (rank.resident, rank.environment)))
        .unzip();
    let environments = understood(environments)?;
    for (rank, environment) in environments.iter().enumerate() {
        compare(&environments[MASTER], (rank, environment))?;
    }
    let unknown: BTreeSet<&String> = environments.iter().flat_map(|one| &one.unknown).collect();
    let shares = cores::share(&berths).into_iter().zip(&environments);
    Ok(Agreement {
        threads: shares
            .map(|(share, environment)| environment.threads.unwrap_or(share))
            .collect(),
        neighbours: neighbours::rings(&residents),
        spans: environments[MASTER].wants_spans(),
        warning: environment::warning(unknown),
    })
}

/// What the variables of all ranks say, where all make sense.
fn understood(ranks: Vec<Result<Environment, String>>) -> Result<Vec<Environment>, String> {
    let everywhere = ranks.iter().all(|rank| *rank == ranks[MASTER]);
    let ranks = ranks.into_iter().enumerate();
    ranks
        .map(|(rank, environment)| match environment {
            Err(words) if !everywhere => Err(format!("on rank {rank}, {words}")),
            environment => environment,
        })
        .collect()
}

/// Whether another rank goes together with the master.
fn compare(master: &Environment, (rank, other): (Rank, &Environment)) -> Result<(), String> {
    let usual = Environment::default().common().into_iter();
    let values = usual.zip(master.common()).zip(other.common());
    for (((name, usual), (_, ours)), (_, theirs)) in values {
        if ours != theirs {
            return Err(format!(
                "{name} is `{ours}` on rank {MASTER}, but `{theirs}` on rank {rank} (`{usual}` where it is not set)\n\
                 help: give it to all ranks: `mpiexec -x {name}` (Open MPI), `mpiexec -genvlist {name}` (MPICH, \
                 Intel MPI), `srun --export=ALL`"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::observe::Observers;
    use crate::transport::fabric::threads::{Weather, world};

    /// What each rank learns where these are the variables of ranks 0, 1 and so on.
    fn agreements(environments: &[Result<Environment, String>]) -> Vec<Result<Agreement, String>> {
        let weather = Weather {
            seed: 11,
            longest: Duration::from_micros(200),
            far: Duration::ZERO,
        };
        let ranks = world(environments.len(), weather)
            .into_iter()
            .zip(environments);
        std::thread::scope(|scope| {
            let ranks: Vec<_> = ranks
                .map(|(fabric, environment)| {
                    scope.spawn(|| {
                        agree(
                            &Link::new(Box::new(fabric), None, Observers::default()),
                            environment.clone(),
                        )
                    })
                })
                .collect();
            let ranks = ranks.into_iter();
            ranks.map(|rank| rank.join().expect("it returns")).collect()
        })
    }

    /// The words that all ranks are told.
    fn refusal(environments: &[Result<Environment, String>]) -> String {
        let agreements = agreements(environments);
        let words = agreements[0].as_ref().unwrap_err();
        assert!(agreements.iter().all(|one| one.as_ref() == Err(words)));
        words.clone()
    }

    fn usual() -> Environment {
        Environment::default()
    }

    #[test]
    fn threads_are_each_ranks_own() {
        let threads = Some(7);
        let own = Environment { threads, ..usual() };
        for agreement in agreements(&[Ok(usual()), Ok(own), Ok(usual())]) {
            let Agreement {
                threads, warning, ..
            } = agreement.unwrap();
            assert_eq!((threads[1], threads[0]), (7, threads[2]));
            assert_eq!(warning, None);
        }
    }

    #[test]
    fn one_rank_that_checks_nothing_stops_all() {
        let checks = false;
        let other = Environment { checks, ..usual() };
        let words = refusal(&[Ok(usual()), Ok(usual()), Ok(other.clone())]);
        let expected = "PARALLEL_FOR_CHECK is `on` on rank 0, but `off` on rank 2 (`on` where";
        assert!(words.starts_with(expected), "{words}");
        assert!(agreements(&[Ok(other.clone()), Ok(other)])[1].is_ok());
    }

    #[test]
    fn one_rank_that_waits_forever_stops_all() {
        let patience = None;
        let other = Environment {
            patience,
            ..usual()
        };
        let words = refusal(&[Ok(other), Ok(usual())]);
        assert!(words.contains("DEADLOCK_AFTER is `off` on rank 0, but `5` on rank 1"));
    }

    #[test]
    fn nonsense_is_told_with_the_rank_unless_all_have_it() {
        let nonsense = || Err("A=b is not c".to_owned());
        let words = refusal(&[Ok(usual()), nonsense(), nonsense()]);
        assert_eq!(words, "on rank 1, A=b is not c");
        assert_eq!(refusal(&[nonsense(), nonsense()]), "A=b is not c");
    }

    #[test]
    fn variables_that_nobody_reads_are_told_once_for_all_ranks() {
        let with = |names: &[&str]| {
            let unknown = names.iter().map(|&name| name.to_owned()).collect();
            Ok(Environment { unknown, ..usual() })
        };
        let agreements = agreements(&[with(&["P_A"]), with(&["P_B", "P_A"]), with(&[])]);
        for agreement in agreements {
            let warning = agreement.unwrap().warning.unwrap();
            assert!(warning.contains("does not read P_A, P_B\n"), "{warning}");
        }
    }
}
