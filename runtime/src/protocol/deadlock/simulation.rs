//! Random programs of ranks whose mail and reports are late, against the truth: an exhaustive search
//! through everything that could still happen.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::panic::Location;

use proptest::prelude::*;

use super::*;

/// A step of a rank's program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Send(Rank),
    All(BTreeSet<Rank>),
    Any(BTreeSet<Rank>),
    Lend(Rank),
}

/// All ranks' programs.
type Programs = Vec<Vec<Step>>;

/// Where all ranks are. Any mail of the right rank will do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    /// How many steps each rank has completed.
    done: Vec<usize>,
    /// Of whom each rank still needs mail in its step `All`.
    needs: Vec<BTreeSet<Rank>>,
    /// Whether a rank has sent what it lends in its present step.
    lent: Vec<bool>,
    mail: Vec<Vec<Mail>>,
}

impl State {
    fn new(size: usize) -> Self {
        Self {
            done: vec![0; size],
            needs: vec![BTreeSet::new(); size],
            lent: vec![false; size],
            mail: vec![vec![Mail::default(); size]; size],
        }
    }

    fn size(&self) -> usize {
        self.done.len()
    }

    fn has_mail(&self, of: Rank, at: Rank) -> bool {
        self.mail[of][at].sent > self.mail[at][of].taken
    }

    fn step<'a>(&self, programs: &'a Programs, rank: Rank) -> Option<&'a Step> {
        programs[rank].get(self.done[rank])
    }

    fn complete(&mut self, rank: Rank) {
        self.done[rank] += 1;
        self.needs[rank].clear();
        self.lent[rank] = false;
    }

    /// Everything that this rank may do next; nothing where it waits or has left.
    fn moves(&self, programs: &Programs, rank: Rank) -> Vec<State> {
        let mut next = self.clone();
        match self.step(programs, rank) {
            None => Vec::new(),
            Some(&Step::Send(to)) => {
                next.mail[rank][to].sent += 1;
                next.complete(rank);
                vec![next]
            }
            Some(&Step::Lend(to)) if !self.lent[rank] => {
                next.mail[rank][to].sent += 1;
                next.lent[rank] = true;
                vec![next]
            }
            Some(&Step::Lend(to)) if self.has_mail(rank, to) => Vec::new(),
            Some(Step::Lend(_)) => {
                next.complete(rank);
                vec![next]
            }
            Some(Step::Any(ranks)) => ranks
                .iter()
                .filter(|&&of| self.has_mail(of, rank))
                .map(|&of| {
                    let mut next = self.clone();
                    next.mail[rank][of].taken += 1;
                    next.complete(rank);
                    next
                })
                .collect(),
            Some(Step::All(ranks)) => {
                let fresh = self.needs[rank].is_empty();
                let needs = if fresh { ranks } else { &self.needs[rank] };
                needs
                    .iter()
                    .filter(|&&of| self.has_mail(of, rank))
                    .map(|&of| {
                        let mut next = self.clone();
                        next.mail[rank][of].taken += 1;
                        next.needs[rank] =
                            needs.iter().copied().filter(|&other| other != of).collect();
                        if next.needs[rank].is_empty() {
                            next.complete(rank);
                        }
                        next
                    })
                    .collect()
            }
        }
    }

    fn ledger(&self, rank: Rank) -> Ledger {
        Ledger::new(self.mail[rank].iter().copied())
    }

    /// What a rank reports that waits now.
    #[track_caller]
    fn report(&self, programs: &Programs, rank: Rank) -> Report {
        let awaited = match self.step(programs, rank).expect("it waits") {
            Step::Any(ranks) => Awaited::Any(ranks.iter().copied().collect()),
            Step::All(ranks) if self.needs[rank].is_empty() => {
                Awaited::All(ranks.iter().copied().collect())
            }
            Step::All(_) => Awaited::All(self.needs[rank].iter().copied().collect()),
            Step::Lend(to) => Awaited::Taken(vec![*to]),
            Step::Send(_) => unreachable!("a send waits for nobody"),
        };
        Report {
            waiting: Waiting {
                call: String::new(),
                collective: false,
                site: Location::caller().into(),
                awaited,
            },
            mail: self.ledger(rank),
            host: String::new(),
        }
    }

    /// Whether some of these ranks can complete the step that it is in.
    fn may_go_on(&self, programs: &Programs, ranks: &[Rank]) -> bool {
        let mut seen = HashSet::from([self.clone()]);
        let mut open = vec![self.clone()];
        while let Some(state) = open.pop() {
            if ranks.iter().any(|&rank| state.done[rank] > self.done[rank]) {
                return true;
            }
            for rank in 0..self.size() {
                for next in state.moves(programs, rank) {
                    if seen.insert(next.clone()) {
                        open.push(next);
                    }
                }
            }
        }
        false
    }
}

/// What a rank says to the master.
#[derive(Debug)]
enum Word {
    Waiting(Report),
    Resumed,
    Left(Ledger),
}

/// One run: the ranks, their words under way, and the master.
struct Run<'a> {
    programs: &'a Programs,
    state: State,
    /// The mail with which each rank's present wait was reported.
    told: Vec<Option<Ledger>>,
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

    /// A rank does something, or reports that it can't. Says whether it did.
    fn advance(&mut self, rank: Rank, choice: usize, is_late: bool) -> bool {
        let mut moves = self.state.moves(self.programs, rank);
        if moves.is_empty() {
            self.speak(rank, is_late);
            return false;
        }
        let next = moves.swap_remove(choice % moves.len());
        if next.done[rank] > self.state.done[rank] && self.told[rank].take().is_some() {
            self.words[rank].push_back(Word::Resumed);
        }
        self.state = next;
        true
    }

    fn speak(&mut self, rank: Rank, is_late: bool) {
        let mail = self.state.ledger(rank);
        if self.state.step(self.programs, rank).is_none() {
            if !std::mem::replace(&mut self.gone[rank], true) {
                self.words[rank].push_back(Word::Left(mail));
            }
        } else if !is_late && self.told[rank].as_ref() != Some(&mail) {
            let report = self.state.report(self.programs, rank);
            self.words[rank].push_back(Word::Waiting(report));
            self.told[rank] = Some(mail);
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

    /// The waiting ranks of the master's verdict.
    fn stuck(&self) -> Vec<Rank> {
        let size = self.programs.len();
        let world = RollCall::world(size);
        let stands: Vec<_> = (0..size)
            .map(|rank| self.watch.stand(rank, &world, None))
            .collect();
        let stuck = stuck(&stands);
        let waits = |rank: &Rank| stuck[*rank] && matches!(stands[*rank], Stand::Waiting(_));
        (0..size).filter(waits).collect()
    }
}

fn programs() -> impl Strategy<Value = Programs> {
    (2..=4_usize).prop_flat_map(|size| {
        let ranks = || proptest::collection::btree_set(0..size, 1..=size);
        let step = prop_oneof![
            4 => (0..size).prop_map(Step::Send),
            3 => (0..size).prop_map(|rank| Step::All(BTreeSet::from([rank]))),
            2 => ranks().prop_map(Step::All),
            1 => ranks().prop_map(Step::Any),
            3 => (0..size).prop_map(Step::Lend),
        ];
        let program = proptest::collection::vec(step, 0..=4);
        proptest::collection::vec(program, size)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_verdict_is_true_and_every_deadlock_is_found(
        programs in programs(),
        schedule in proptest::collection::vec((0..8_usize, 0..4_usize, any::<bool>()), 0..120),
    ) {
        let mut run = Run::new(&programs);
        let size = programs.len();
        for (who, choice, is_late) in schedule {
            let rank = who / 2 % size;
            if who % 2 == 0 {
                run.advance(rank, choice, is_late);
            } else if run.hear(rank) {
                let stuck = run.stuck();
                prop_assert!(
                    stuck.is_empty() || !run.state.may_go_on(&programs, &stuck),
                    "{:?} can go on in {:?}", stuck, run.state
                );
            }
        }
        // Everybody does what it can, reports arrive, and then the verdict is the truth.
        while (0..size).any(|rank| run.advance(rank, 0, false)) {}
        for rank in 0..size {
            run.advance(rank, 0, false);
            while run.hear(rank) {}
        }
        let waiting: Vec<Rank> = (0..size)
            .filter(|&rank| run.state.step(&programs, rank).is_some())
            .collect();
        prop_assert_eq!(run.stuck(), waiting);
    }
}
