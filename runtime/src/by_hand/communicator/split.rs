//! Communicators made of others.
//!
//! Invariant: a new communicator's number is given by the first rank of the one it is made of, and
//! holds that rank's number in the world; so no two communicators anywhere have the same.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::collectives::{Together, nothing};
use super::waiting::Calling;
use super::{Communicator, Group};
use crate::base::error::Error;

impl Communicator {
    /// Makes a communicator of the ranks that pass the same `color`, one for each color; in it the
    /// ranks are ordered by `key`, and by their number in this one where keys are equal.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let even = world.rank() % 2 == 0;
    /// let half = world.split(even.into(), 0)?;
    /// assert_eq!(half.rank(), world.rank() / 2);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Comm_split")]
    #[doc(alias = "Split")]
    pub fn split(&self, color: usize, key: isize) -> Result<Communicator, Error> {
        let together = self.enter(Calling::new("split"), nothing)?;
        let made = self.regroup(&together, Some(color), key)?;
        Ok(made.unwrap_or_else(|| unreachable!("a rank with a color belongs to a communicator")))
    }

    /// As [`split`](Self::split), for some ranks only: those that pass `None` take part in the
    /// call, but belong to none of the new communicators.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// let world = parallel_for::world();
    /// let first = world.split_some((world.rank() < 2).then_some(0), 0)?;
    /// assert_eq!(first.is_some(), world.rank() < 2);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_UNDEFINED")]
    #[doc(alias = "MPI_Comm_create")]
    pub fn split_some(
        &self,
        color: Option<usize>,
        key: isize,
    ) -> Result<Option<Communicator>, Error> {
        let together = self.enter(Calling::new("split_some"), nothing)?;
        self.regroup(&together, color, key)
    }

    /// A communicator of the same ranks, whose messages never mix with this one's: for a library
    /// that must not disturb the program that uses it.
    ///
    /// # Errors
    /// When the message-passing library fails.
    #[track_caller]
    #[doc(alias = "MPI_Comm_dup")]
    #[doc(alias = "Dup")]
    pub fn duplicate(&self) -> Result<Communicator, Error> {
        let together = self.enter(Calling::new("duplicate"), nothing)?;
        let made = self.regroup(&together, Some(0), 0)?;
        Ok(made.unwrap_or_else(|| unreachable!("a rank with a color belongs to a communicator")))
    }

    /// This rank's part of a call that makes communicators.
    pub(super) fn regroup(
        &self,
        together: &Together<'_>,
        color: Option<usize>,
        key: isize,
    ) -> Result<Option<Communicator>, Error> {
        let link = self.link()?;
        let first_number = if self.rank() == 0 {
            link.fresh_contexts(self.size())
        } else {
            0
        };
        let wishes: Vec<(Option<usize>, isize, u64)> =
            together.circulate(0, (color, key, first_number))?;
        let (_, _, first_number) = wishes[0];
        let mut groups: BTreeMap<usize, Vec<(isize, usize)>> = BTreeMap::new();
        for (rank, (color, key, _)) in wishes.into_iter().enumerate() {
            if let Some(color) = color {
                groups.entry(color).or_default().push((key, rank));
            }
        }
        let mine = (first_number..)
            .zip(groups)
            .find(|(_, (other, _))| Some(*other) == color);
        let Some((context, (_, mut ranks))) = mine else {
            return Ok(None);
        };
        ranks.sort_unstable();
        let own = ranks.iter().position(|&(_, rank)| rank == self.rank());
        let members: Vec<_> = ranks
            .into_iter()
            .map(|(_, rank)| self.group.members[rank])
            .collect();
        if members[0] == link.rank() {
            link.found(context, &members);
        }
        let group = Group {
            home: self.group.home.clone(),
            context,
            members,
            rank: own.expect("it has this rank's color"),
        };
        Ok(Some(Communicator {
            group: Rc::new(group),
        }))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let link = self.home.link();
        link.forget_calls(self.context);
        if self.context != 0 && self.members[0] == link.rank() {
            link.dissolve(self.context);
        }
    }
}
