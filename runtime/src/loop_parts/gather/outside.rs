//! Writers that lead out of the process: what each rank writes there by itself comes there from all of them.
//!
//! The parameter `Literal` is the type of a literal `0`, as in `owned`: of a type that stays in the process only the impl
//! for `u8` fits; of others the one for `u16` does as well, nothing follows, and the literal becomes an `i32`.

use std::fs::File;
use std::io::{BufWriter, LineWriter, Stderr, StderrLock, Stdout, StdoutLock, Write};
use std::net::TcpStream;

/// What each rank may write to by itself, as far as that can be told by its type alone.
#[diagnostic::on_unimplemented(
    message = "every rank gets what this loop makes, and each would write it to the `{Self}`",
    label = "the iterations write to this, in the order of the items",
    note = "fill a `Vec<u8>` or a `String` in the loop, and write that after it where one rank runs: in `main`, or by `parallel_for::on_master(|| ..)`",
    note = "or keep the outputs on the master, which then writes alone: `#[parallel_for(gather = master)]`",
    note = "if each rank has a file of its own: `#[parallel_for(reduce(x: method))]`, with the variable and the method"
)]
pub trait OwnWriter<Literal> {}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> OwnWriter<u8> for T {}

#[diagnostic::do_not_recommend]
impl<T: Outside + ?Sized> OwnWriter<u16> for T {}

/// A writer whose other end is not of the process.
pub trait Outside {}

impl Outside for File {}
impl Outside for Stderr {}
impl Outside for StderrLock<'_> {}
impl Outside for Stdout {}
impl Outside for StdoutLock<'_> {}
impl Outside for TcpStream {}
impl<T: Outside + Write> Outside for BufWriter<T> {}
impl<T: Outside + Write> Outside for LineWriter<T> {}
impl<T: Outside + ?Sized> Outside for &T {}
impl<T: Outside + ?Sized> Outside for &mut T {}
impl<T: Outside + ?Sized> Outside for Box<T> {}

/// Asks whether each rank may write to a variable. The other argument is the literal `0`.
pub fn own_writer<T: OwnWriter<Literal> + ?Sized, Literal>(_: &T, _: Literal) {}
