//! Ranks by number.

/// A rank's number, from 0; rank 0 is the master.
pub(crate) type Rank = usize;

/// The rank that has the outputs, prints and manages.
pub(crate) const MASTER: Rank = 0;

/// Whether there can be more than one. What ranks do for each other is asked for behind this alone, where it is made
/// of a loop's types: a program for one process is not to be compiled with it.
pub(crate) const SEVERAL: bool = cfg!(any(feature = "mpi", feature = "contract", test));

/// Whether what iterations make may leave the process: for other ranks, or for a journal.
pub(crate) const TRAVELS: bool = SEVERAL || cfg!(feature = "checkpoint");
