//! Ranks that run small programs on a fabric which may be as late as it likes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::base::rank::Rank;

/// A step of a rank's program.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Sends a message of so many frames.
    Send { to: Rank, tag: u8, frames: u64 },
    /// Waits for a message from any of these ranks, of this tag or any.
    Receive {
        from: BTreeSet<Rank>,
        tag: Option<u8>,
    },
    /// Asks for a message for a while, and goes on without it.
    Test { from: Rank, tag: u8 },
    /// Lends a message to some ranks, and receives one from each of others at the same time. For
    /// each frame: whether the fabric holds on to it until it is wanted.
    Exchange {
        tag: u8,
        to: BTreeMap<Rank, Vec<bool>>,
        from: BTreeSet<Rank>,
    },
}

/// All ranks' programs.
pub(super) type Programs = Vec<Vec<Step>>;

/// Where all ranks are, and what is under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) ranks: Vec<Local>,
    /// From the first rank to the second.
    pub(super) streams: Vec<Vec<Stream>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Local {
    /// How many steps are completed.
    pub(super) done: usize,
    pub(super) stage: Stage,
    /// What has come and was not received, in the order it came.
    queue: Vec<SimulatedMessage>,
    /// Of whom messages are missing in this step.
    pub(super) needs: BTreeSet<Rank>,
}

/// How far a rank is in its step. In the last two it waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Stage {
    #[default]
    Before,
    Lending,
    Receiving,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct SimulatedMessage {
    source: Rank,
    tag: u8,
    /// It is whole when this frame was taken, and with it all before.
    last: u64,
    /// Whether it is what the present step receives.
    claimed: bool,
}

/// What one rank has sent to another. Frames are numbered from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Stream {
    pub(super) sent: u64,
    headers: VecDeque<SimulatedMessage>,
    frames: u64,
    /// The frames that are lent, as far as the fabric holds on to them until they are wanted.
    lent: Vec<u64>,
    pub(super) wanted: u64,
    got: u64,
}

impl Stream {
    pub(super) fn taken(&self) -> u64 {
        self.sent - self.headers.len() as u64
    }

    /// The last frame that the fabric holds on to.
    pub(super) fn held(&self) -> Option<u64> {
        let last = self.lent.last().copied();
        last.filter(|&last| last > self.wanted)
    }
}

impl State {
    pub(super) fn new(size: usize) -> Self {
        Self {
            ranks: vec![Local::default(); size],
            streams: vec![vec![Stream::default(); size]; size],
        }
    }

    pub(super) fn step<'a>(&self, programs: &'a Programs, rank: Rank) -> Option<&'a Step> {
        programs[rank].get(self.ranks[rank].done)
    }

    /// Differs when a rank has gone on.
    pub(super) fn position(&self, rank: Rank) -> (usize, Stage) {
        (self.ranks[rank].done, self.ranks[rank].stage)
    }

    /// Differs when this rank has sent, asked for or taken anything.
    pub(super) fn changes(&self, rank: Rank) -> u64 {
        let with = |other: Rank| {
            let (to, from) = (&self.streams[rank][other], &self.streams[other][rank]);
            to.sent + from.taken() + from.wanted + from.got
        };
        (0..self.ranks.len()).map(with).sum()
    }

    /// The ranks whose messages are being received, and not yet whole.
    pub(super) fn taking(&self, rank: Rank) -> BTreeSet<Rank> {
        let claimed = self.ranks[rank].queue.iter().filter(|one| one.claimed);
        claimed
            .filter(|one| self.streams[one.source][rank].got < one.last)
            .map(|one| one.source)
            .collect()
    }

    /// Everything that this rank may do next; nothing where it waits in vain or has left.
    pub(super) fn moves(&self, programs: &Programs, rank: Rank) -> Vec<State> {
        let Some(step) = self.step(programs, rank) else {
            return Vec::new();
        };
        let mut moves = self.certain(step, rank);
        moves.extend(self.uncertain(step, rank));
        moves
    }

    /// What does not depend on what comes first.
    pub(super) fn certain(&self, step: &Step, rank: Rank) -> Vec<State> {
        let mut next = self.clone();
        let (local, taking) = (&mut next.ranks[rank], self.taking(rank));
        match local.stage {
            Stage::Before => {
                next.begin(step, rank);
                return vec![next];
            }
            Stage::Lending if self.streams[rank].iter().all(|to| to.held().is_none()) => {
                local.stage = Stage::Receiving;
                return vec![next];
            }
            Stage::Receiving if local.needs.is_empty() && taking.is_empty() => {
                local.queue.retain(|message| !message.claimed);
                next.complete(rank);
                return vec![next];
            }
            Stage::Lending | Stage::Receiving => {}
        }
        let frame = |source: Rank| {
            let mut next = self.clone();
            let stream = &mut next.streams[source][rank];
            // The fabric hands a frame over some time after it was asked for.
            if stream.wanted == stream.got {
                stream.wanted += 1;
            } else {
                stream.got += 1;
            }
            next
        };
        taking.into_iter().map(frame).collect()
    }

    /// What does: any header may be the next to come, and a test may end before.
    fn uncertain(&self, step: &Step, rank: Rank) -> Vec<State> {
        if self.ranks[rank].stage == Stage::Before {
            return Vec::new();
        }
        let mut moves = Vec::new();
        for source in 0..self.ranks.len() {
            let mut next = self.clone();
            if let Some(header) = next.streams[source][rank].headers.pop_front() {
                next.ranks[rank].queue.push(header);
                next.claim(step, rank);
                moves.push(next);
            }
        }
        if matches!(step, Step::Test { .. }) {
            let mut next = self.clone();
            for message in &mut next.ranks[rank].queue {
                message.claimed = false;
            }
            next.complete(rank);
            moves.push(next);
        }
        moves
    }

    fn begin(&mut self, step: &Step, rank: Rank) {
        let needs = &mut self.ranks[rank].needs;
        match step {
            &Step::Send { to, tag, frames } => {
                self.send(rank, to, tag, frames);
                self.ranks[rank].done += 1;
                return;
            }
            Step::Receive { from, .. } => needs.clone_from(from),
            Step::Test { from, .. } => *needs = BTreeSet::from([*from]),
            Step::Exchange { tag, to, from } => {
                needs.clone_from(from);
                for (&to, frames) in to {
                    let before = self.streams[rank][to].frames;
                    self.send(rank, to, *tag, frames.len() as u64);
                    let held = (before + 1..).zip(frames).filter(|(_, held)| **held);
                    if to != rank {
                        self.streams[rank][to].lent = held.map(|(number, _)| number).collect();
                    }
                }
            }
        }
        self.ranks[rank].stage = match step {
            Step::Exchange { .. } => Stage::Lending,
            _ => Stage::Receiving,
        };
        self.claim(step, rank);
    }

    fn send(&mut self, source: Rank, to: Rank, tag: u8, frames: u64) {
        let stream = &mut self.streams[source][to];
        let frames = if source == to { 0 } else { frames };
        stream.frames += frames;
        let message = SimulatedMessage {
            source,
            tag,
            last: stream.frames,
            claimed: false,
        };
        if source == to {
            self.ranks[to].queue.push(message);
        } else {
            stream.sent += 1;
            stream.headers.push_back(message);
        }
    }

    /// Matches what has come with what this step receives.
    fn claim(&mut self, step: &Step, rank: Rank) {
        let (wanted, one_is_enough) = match step {
            Step::Receive { tag, .. } => (*tag, true),
            Step::Send { tag, .. } | Step::Test { tag, .. } => (Some(*tag), true),
            Step::Exchange { tag, .. } => (Some(*tag), false),
        };
        let Local { queue, needs, .. } = &mut self.ranks[rank];
        for message in queue {
            let fits = wanted.is_none_or(|tag| tag == message.tag);
            if fits && !message.claimed && needs.remove(&message.source) {
                message.claimed = true;
                if one_is_enough {
                    needs.clear();
                }
            }
        }
    }

    fn complete(&mut self, rank: Rank) {
        let local = &mut self.ranks[rank];
        local.done += 1;
        local.stage = Stage::Before;
        local.needs.clear();
    }
}
