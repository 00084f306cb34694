//! Where the master hears what the other ranks have done, and grants what they wish for.

mod silence;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

use super::chunk_source::{Grant, Granted, Managed};
use super::{EncodedParts, panicked};
use crate::base::aligned::Block;
use crate::base::clock::now;
use crate::base::rank::{MASTER, Rank};
use crate::base::shared::SharedBytes;
use crate::base::wire::{Encoded, decode_message, encode_message};
use crate::loop_parts::gather::Parcel;
use crate::loop_parts::items::Panic;
use crate::loop_parts::on_error::Mishap;
use crate::observe::{Event, Stage};
use crate::protocol::message::{Order, Outcome, Over, Request, Site, Verdict};
use crate::protocol::roll_call::USUAL_CAUSE;
use crate::transport::fabric::Tag;
use crate::transport::link::Link;
use crate::transport::mailbox::Message;

/// The master's side of the conversation with the other ranks, for one loop.
pub(crate) struct RequestHandler<'a> {
    pub(crate) link: &'a Link,
    pub(crate) chunks: &'a dyn Managed,
    pub(crate) site: &'a Site,
    /// Whether the chunks of the other ranks were leased here.
    pub(crate) managed: bool,
    /// Whether to compare the items that the ranks ran.
    pub(crate) checked: bool,
    pub(crate) shares: &'a RefCell<Shares>,
    /// Whether it has looked for requests before: what it finds then has just come.
    pub(crate) attentive: Cell<bool>,
}

/// What is known of the other ranks.
#[derive(Debug)]
pub(crate) struct Shares {
    /// Ranks that will ask for nothing more, and how many items they have in all.
    over: BTreeMap<Rank, Option<u64>>,
    /// The digests of the items that each rank has run without asking.
    digests: Vec<u64>,
    /// The halt that the ranks were told of.
    announced: u64,
    /// Whether a rank found items that belong to nobody.
    surplus: bool,
    /// Their iterations that panicked, and did not simply end the loop.
    pub(super) mishaps: Vec<Mishap>,
}

impl Shares {
    pub(crate) fn new(ranks: usize) -> Self {
        Self {
            over: BTreeMap::new(),
            digests: vec![0; ranks],
            announced: u64::MAX,
            surplus: false,
            mishaps: Vec::new(),
        }
    }
}

impl RequestHandler<'_> {
    /// Hears all that has arrived and hands the parts on; says whether there was anything.
    pub(crate) fn hear_all(&self, deliver: &mut dyn FnMut(EncodedParts)) -> bool {
        let mut heard = false;
        while let Some(message) = self.link.receive(None, Tag::Request) {
            heard = true;
            // Who asks has entered before: its parts are read only if that was the same loop.
            if !self.link.all_present() {
                self.link.attend_in_loop();
            }
            if let Some(encoded) = self.hear(message) {
                deliver(encoded);
            }
        }
        self.attentive.set(true);
        heard
    }

    /// Grants all wishes that can be granted; says whether there were any.
    pub(crate) fn grant_all(&self) -> bool {
        let mut any = false;
        loop {
            let Granted { grant, panic } = self.chunks.grant();
            if grant.is_none() && panic.is_none() {
                return any;
            }
            any = true;
            if let Some(grant) = grant {
                self.order(grant);
            }
            if let Some(panic) = panic {
                self.fail(panic);
            }
        }
    }

    /// Whether there are items that belong to nobody.
    pub(crate) fn has_surplus(&self) -> bool {
        self.shares.borrow().surplus || self.chunks.manager(|manager| manager.has_surplus())
    }

    /// Refuses shares of other items than the master's own, or of another number of them.
    pub(crate) fn audit(&self) {
        let ours = self.chunks.end();
        for (&rank, &theirs) in &self.shares.borrow().over {
            if let (Some(theirs), Some(ours)) = (theirs, ours)
                && theirs != ours
            {
                self.refuse_lengths(rank, theirs, Some(ours));
            }
        }
        let different = self.chunks.audit(&self.shares.borrow().digests);
        if let Some(rank) = different {
            self.link.refuse(&format!(
                "the loop at {} has different items on rank {rank} than on rank {MASTER}, somewhere in the share of rank {rank}\n{USUAL_CAUSE}",
                self.site
            ));
        }
    }

    /// Tells the other ranks of a halt that they don't know of, so that they stop as well.
    pub(crate) fn announce(&self) {
        let halt = self
            .chunks
            .manager(|manager| manager.halt().map(|halt| halt.iteration));
        let shares = &mut *self.shares.borrow_mut();
        if let Some(iteration) = halt.filter(|&iteration| iteration < shares.announced) {
            shares.announced = iteration;
            let until = encode_message(&Order::Until { iteration });
            let listening = self
                .link
                .others()
                .filter(|rank| !shares.over.contains_key(rank));
            for rank in listening {
                self.link.send(rank, Tag::Order, &until, Vec::new());
            }
        }
    }

    /// How the loop has ended.
    pub(crate) fn verdict(&self) -> Verdict {
        match self.chunks.manager(|manager| manager.halt().cloned()) {
            Some(halt) => Verdict::Halted(Box::new(halt)),
            None => Verdict::Complete,
        }
    }

    /// Whether all other ranks will ask for nothing more.
    pub(crate) fn all_over(&self) -> bool {
        self.shares.borrow().over.len() + 1 == self.link.size()
    }

    /// Tells the ranks how the loop has ended. Who gave up asking a manager is not listening.
    pub(crate) fn stop(&self) {
        let stop = encode_message(&Order::Stop(self.verdict()));
        let over = &self.shares.borrow().over;
        for rank in self
            .link
            .others()
            .filter(|rank| !(self.managed && over.contains_key(rank)))
        {
            self.link.send(rank, Tag::Order, &stop, Vec::new());
        }
    }

    fn hear(&self, message: Message) -> Option<EncodedParts> {
        let Message {
            source: rank,
            body,
            attachments,
        } = message;
        let Request {
            call,
            finished,
            wants,
            over,
        } = decode_message(&body);
        self.link.has_heard(rank);
        if call != self.link.call() {
            // A wish that the end of its loop has overtaken.
            return None;
        }
        let mut encoded = None;
        if let Some(mut finished) = finished {
            self.link.observers().tell(|| Event::Finished {
                rank,
                chunks: &finished.chunks,
                cost: finished.cost,
                bytes: attachments.iter().map(|one| one.len()).sum(),
                memory: finished.memory,
            });
            if let Some(span) = finished.encoding {
                self.link.observers().tell(|| Event::Handled {
                    rank,
                    stage: Stage::Encoding,
                    span,
                });
            }
            for mishap in &finished.mishaps {
                self.link.observers().tell_mishap(Some(mishap));
            }
            self.shares
                .borrow_mut()
                .mishaps
                .append(&mut finished.mishaps);
            let sum = &mut self.shares.borrow_mut().digests[rank];
            *sum = sum.wrapping_add(finished.digest);
            // First: a chunk that is finished without its halt being known would count as complete.
            if let Outcome::Halted { halt, .. } = &finished.outcome {
                self.chunks.stop_at(halt.clone());
            }
            if self.managed {
                let is_checked = self.checked && finished.outcome.has_parts();
                let digest = is_checked.then_some(finished.digest);
                let busy = Duration::from_nanos(finished.cost.nanos);
                for chunk in &finished.chunks {
                    let returned = match &finished.outcome {
                        Outcome::Failed(halt) => {
                            self.chunks.leases().fail(rank, chunk, halt.clone())
                        }
                        _ => self
                            .chunks
                            .manager(|manager| manager.finish(rank, chunk, digest, busy)),
                    };
                    if let Err(words) = returned {
                        self.link
                            .refuse(&format!("the loop at {}: {words}", self.site));
                    }
                }
            }
            match finished.outcome {
                Outcome::Parts(form) => {
                    let blocks = attachments.into_iter().map(Block::Own).collect();
                    encoded = Some(EncodedParts {
                        chunks: finished.chunks,
                        parts: Parcel { form, blocks },
                        digest: finished.whole.then_some(finished.digest),
                    });
                }
                Outcome::Halted { halt, parts } => {
                    let blocks = attachments.into_iter().map(Block::Own).collect();
                    encoded = parts.map(|form| {
                        let parts = Parcel { form, blocks };
                        EncodedParts::until(finished.chunks, parts, halt.iteration)
                    });
                }
                Outcome::Failed(_) => {}
                Outcome::Short { length } => self.refuse_lengths(rank, length, None),
            }
        }
        let heard = self.attentive.get().then(now);
        self.chunks
            .manager(|manager| manager.wish(rank, wants, heard));
        if let Some(Over { length, surplus }) = over {
            self.link.observers().tell(|| Event::Left { rank });
            let shares = &mut *self.shares.borrow_mut();
            shares.over.insert(rank, length);
            shares.surplus |= surplus;
        }
        encoded
    }

    fn refuse_lengths(&self, rank: Rank, theirs: u64, ours: Option<u64>) -> ! {
        let ours_in_words = ours.map_or("more".to_owned(), |ours| ours.to_string());
        let first = ours.map_or(theirs, |ours| ours.min(theirs));
        self.link.refuse(&format!(
            "the loop at {} has {theirs} items on rank {rank}, but {ours_in_words} on rank {MASTER}; \
             the first iteration that differs is {first}\n{USUAL_CAUSE}",
            self.site
        ))
    }

    fn order(&self, grant: Grant) {
        let Grant {
            rank,
            chunk,
            shipped,
            reserve,
            waited,
            settled,
        } = grant;
        self.link.observers().tell(|| Event::Leased {
            rank,
            chunk: &chunk,
        });
        if self.chunks.manager(|manager| manager.holds(rank) == 1) {
            self.link.has_lent(rank);
        }
        let (format, items) = shipped
            .map(|Encoded { format, bytes }| (format, bytes))
            .unzip();
        let order = Order::Run {
            chunk,
            reserve,
            waited,
            shipped: format,
            settled,
        };
        self.link.send(
            rank,
            Tag::Order,
            &encode_message(&order),
            items.into_iter().map(SharedBytes::from).collect(),
        );
    }

    fn fail(&self, panic: Panic) {
        self.chunks.stop_at(panicked(panic, self.link.identity()));
    }
}
