//! Random programs of ranks whose mail and reports are late, against the truth.

mod programs;
mod ranks;
mod search;

use std::collections::{BTreeMap, VecDeque};
use std::panic::Location;

use proptest::prelude::*;

use super::*;
use programs::programs;
use ranks::{Programs, Stage, State, Step};

impl State {
    fn ledger(&self, rank: Rank) -> Ledger {
        let with = |(other, to): (Rank, &ranks::Stream)| {
            let from = &self.streams[other][rank];
            Mail {
                messages: Count {
                    sent: to.sent,
                    taken: from.taken(),
                },
                bulk: Bulk {
                    lent: to.held().unwrap_or_default(),
                    wanted: from.wanted,
                },
            }
        };
        Ledger::new(self.streams[rank].iter().enumerate().map(with))
    }

    /// What a rank says that has looked in vain, whatever is under way to it.
    fn report(&self, programs: &Programs, rank: Rank) -> Option<WaitReport> {
        let needs: Vec<Rank> = self.ranks[rank].needs.iter().copied().collect();
        let awaited = match (self.ranks[rank].stage, self.step(programs, rank)?) {
            (Stage::Before, _) | (_, Step::Send { .. } | Step::Test { .. }) => return None,
            (Stage::Lending, _) => {
                let to = 0..programs.len();
                Awaited::Taken(
                    to.filter(|&to| self.streams[rank][to].held().is_some())
                        .collect(),
                )
            }
            (Stage::Receiving, Step::Receive { from, .. })
                if from.len() > 1 && !needs.is_empty() =>
            {
                Awaited::Any(needs)
            }
            (Stage::Receiving, _) => Awaited::All(needs),
        };
        Some(WaitReport {
            waiting: Waiting {
                // So that it can be seen which wait a verdict is about.
                call: format!("{:?}", self.position(rank)),
                collective: false,
                site: Location::caller().into(),
                awaited,
                taking: self.taking(rank).into_iter().collect(),
            },
            mail: self.ledger(rank),
            host: String::new(),
        })
    }
}

/// What a rank says to the master.
#[derive(Debug)]
enum Word {
    Waiting(WaitReport),
    Resumed,
    Left(Ledger),
}

/// One run: the ranks, their words under way, and the master.
struct Run<'a> {
    programs: &'a Programs,
    state: State,
    /// How many changes of its mail each rank had seen when it reported its present wait.
    told: Vec<Option<u64>>,
    gone: Vec<bool>,
    words: Vec<VecDeque<Word>>,
    watch: Watch,
}

impl<'a> Run<'a> {
    fn new(programs: &'a Programs) -> Self {
        let size = programs.len();
        Self {
            programs,
            state: State::new(size),
            told: vec![None; size],
            gone: vec![false; size],
            words: (0..size).map(|_| VecDeque::new()).collect(),
            watch: Watch::new(String::new()),
        }
    }

    /// A rank does something. Says whether it did.
    fn advance(&mut self, rank: Rank, choice: usize) -> bool {
        let mut moves = self.state.moves(self.programs, rank);
        if moves.is_empty() {
            return false;
        }
        let next = moves.swap_remove(choice % moves.len());
        let went_on = next.position(rank) != self.state.position(rank);
        if went_on && self.told[rank].take().is_some() {
            self.words[rank].push_back(Word::Resumed);
        }
        self.state = next;
        true
    }

    /// A rank that waits has waited for long.
    fn speak(&mut self, rank: Rank) {
        let changes = Some(self.state.changes(rank));
        if self.state.step(self.programs, rank).is_none() {
            if !std::mem::replace(&mut self.gone[rank], true) {
                let mail = self.state.ledger(rank);
                self.words[rank].push_back(Word::Left(mail));
            }
        } else if self.told[rank] != changes
            && let Some(report) = self.state.report(self.programs, rank)
        {
            self.words[rank].push_back(Word::Waiting(report));
            self.told[rank] = changes;
        }
    }

    /// The master hears the next word of a rank.
    fn hear(&mut self, rank: Rank) -> bool {
        let word = self.words[rank].pop_front();
        let heard = word.is_some();
        match word {
            None => {}
            Some(Word::Waiting(report)) => self.watch.waiting(rank, report),
            Some(Word::Resumed) => self.watch.resumed(rank),
            Some(Word::Left(mail)) => self.watch.left(rank, mail),
        }
        heard
    }

    /// The waiting ranks of the master's verdict, and where they wait by their words.
    fn stuck(&self) -> BTreeMap<Rank, String> {
        let size = self.programs.len();
        let world = RollCall::world(size);
        let stands: Vec<_> = (0..size)
            .map(|rank| self.watch.stand(rank, &world, None))
            .collect();
        let place = |(rank, stuck): (Rank, bool)| match &stands[rank] {
            Stand::Waiting(report) if stuck => Some((rank, report.waiting.call.clone())),
            _ => None,
        };
        stuck(&stands)
            .into_iter()
            .enumerate()
            .filter_map(place)
            .collect()
    }

    /// Whether these ranks are where the verdict says, and can never go on.
    fn is_true(&self, verdict: &BTreeMap<Rank, String>) -> bool {
        let here =
            |(&rank, place): (&Rank, &String)| *place == format!("{:?}", self.state.position(rank));
        let ranks = verdict.keys().copied().collect();
        verdict.iter().all(here) && !self.state.may_go_on(self.programs, &ranks)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn every_verdict_is_true_and_every_deadlock_is_found(
        programs in programs(),
        schedule in proptest::collection::vec((0..4_usize, 0..8_usize, 0..12_usize), 0..100),
    ) {
        let mut run = Run::new(&programs);
        let size = programs.len();
        let mut proved = BTreeMap::new();
        for (rank, what, choice) in schedule {
            let rank = rank % size;
            match what {
                0..3 => _ = run.advance(rank, choice),
                // Busy for a while, so that words are old when they are heard.
                3 => (0..choice).for_each(|choice| _ = run.advance(rank, choice)),
                4..6 => run.speak(rank),
                _ if run.hear(rank) => {
                    let stuck = run.stuck();
                    // What is true once stays true.
                    if stuck.iter().any(|one| !proved.contains_key(one.0)) {
                        prop_assert!(run.is_true(&stuck), "{:?} in {:?}", stuck, run.state);
                        proved.extend(stuck);
                    }
                }
                _ => {}
            }
        }
        // Everybody does what it can, reports arrive, and then the verdict is the truth.
        while (0..size).any(|rank| run.advance(rank, 0)) {}
        for rank in 0..size {
            run.speak(rank);
            while run.hear(rank) {}
        }
        let waiting: Vec<Rank> = (0..size)
            .filter(|&rank| run.state.step(&programs, rank).is_some())
            .collect();
        prop_assert_eq!(run.stuck().into_keys().collect::<Vec<_>>(), waiting);
    }
}
