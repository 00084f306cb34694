//! A loop as the program reaches it, and how it differs from the one that a journal has in its place. Pure.

use serde::{Deserialize, Serialize};

use crate::loop_parts::captures::{Captured, Difference};
use crate::loop_parts::identity::LoopIdentity;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reached {
    /// The program has reached so many loops before.
    pub(crate) number: u64,
    /// The file and line.
    pub(crate) site: String,
    pub(crate) identity: LoopIdentity,
    /// The number of its first iteration, where it goes on after an interruption.
    pub(crate) first: u64,
    pub(crate) length: Option<u64>,
    pub(crate) fingerprint: u64,
    /// What the body captures, where that is compared.
    pub(crate) captures: Option<Vec<Captured>>,
    /// Whether other items would be noticed.
    pub(crate) sees_items: bool,
}

impl Reached {
    /// What can't be compared at the next start, though it may be another one then.
    pub(super) fn unseen(&self) -> Vec<String> {
        let captures = self.captures.iter().flatten();
        let unseen = captures.filter(|captured| captured.sketch.is_none());
        let mut unseen: Vec<String> = unseen.map(|it| format!("`{}`", it.name)).collect();
        if !self.sees_items {
            unseen.push("the items".to_owned());
        }
        unseen
    }

    /// What is other than it was then, in words.
    pub(super) fn difference(&self, then: &Self) -> Option<String> {
        let (site, was) = (&self.site, &then.site);
        if !self.identity.has_name_of(&then.identity) || self.first != then.first {
            return Some(format!(
                "the loop at {site}, in `{}`, comes where the loop at {was}, in `{}`, came",
                self.identity.function, then.identity.function
            ));
        }
        let differences = self.identity.differences(&then.identity);
        if !differences.is_empty() {
            return Some(format!(
                "the loop at {site} is another one, in {}",
                differences.join(" and ")
            ));
        }
        if self.length != then.length {
            let many = |length: Option<u64>| {
                length.map_or_else(|| "an unknown number of".to_owned(), |it| it.to_string())
            };
            return Some(format!(
                "the loop at {site} has {} items, and had {}",
                many(self.length),
                many(then.length)
            ));
        }
        if self.fingerprint != then.fingerprint {
            return Some(format!("the loop at {site} has other items"));
        }
        let (name, difference) = self.differing(then)?;
        Some(match difference {
            Difference::Order => format!(
                "the loop at {site} depends on the order of the hash table `{name}`, which differs from run to run: use a \
                 `BTreeMap` or `BTreeSet`"
            ),
            Difference::Length(now, then) => {
                format!(
                    "`{name}`, which the loop at {site} uses, has {now} elements, and had {then}"
                )
            }
            Difference::Elements(range) => format!(
                "`{name}`, which the loop at {site} uses, is another one in the elements {}..{}",
                range.start, range.end
            ),
            Difference::Value => {
                format!("`{name}`, which the loop at {site} uses, has another value")
            }
        })
    }

    /// The first variable that differs, and where.
    fn differing(&self, then: &Self) -> Option<(&str, Difference)> {
        let mut pairs = self.captures.iter().zip(&then.captures);
        pairs.find_map(|(now, then)| {
            let mut pairs = now.iter().zip(then);
            pairs.find_map(|(now, then)| {
                let (seen, before) = (now.sketch.as_ref()?, then.sketch.as_ref()?);
                Some((&*now.name, seen.difference(before)?))
            })
        })
    }
}
