//! No ranks over MPI: the program is built without it.

use super::{Library, Start};

/// See the module of the same name in programs that are built with MPI.
pub(crate) const START: Option<Start> = None;

/// The same.
pub(crate) const LIBRARY: Option<&'static dyn Library> = None;
