//! All ranks wait for each other.

use super::{CollectiveMessage, nothing};
use crate::base::error::Error;
use crate::by_hand::communicator::Communicator;
use crate::by_hand::communicator::waiting::Calling;

impl Communicator {
    /// Returns when every rank has called it. Waiting costs next to no CPU time.
    ///
    /// Method: dissemination (Hensgen, Finkel, Manber 1988): log₂ n rounds of one message per rank.
    ///
    /// # Errors
    /// When the message-passing library fails.
    ///
    /// ```
    /// # fn main() -> Result<(), parallel_for::Error> {
    /// parallel_for::world().barrier()
    /// # }
    /// ```
    #[track_caller]
    #[doc(alias = "MPI_Barrier")]
    #[doc(alias = "Barrier")]
    pub fn barrier(&self) -> Result<(), Error> {
        let calling = Calling::new("barrier");
        let together = self.enter(calling, nothing)?;
        let (rank, size) = (self.rank(), self.size());
        let steps = (0..usize::BITS).map(|bit| 1_usize << bit);
        for (round, step) in steps.take_while(|&step| step < size).enumerate() {
            together.send((rank + step) % size, round, CollectiveMessage::empty());
            together.receive((rank + size - step) % size, round)?;
        }
        Ok(())
    }
}
