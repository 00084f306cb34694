//! Waiting for several requests at once.

use std::cell::RefCell;

use super::ReceiveRequest;
use crate::base::error::{Error, ErrorKind};
use crate::by_hand::communicator::waiting::Calling;
use crate::protocol::deadlock::{Awaited, Waiting};

/// Waits for the values of all requests, which are returned in the order of the requests.
///
/// # Errors
/// The first error of a request; the requests after it are dropped.
///
/// ```
/// # fn main() -> Result<(), parallel_for::Error> {
/// let world = parallel_for::world();
/// let requests = [world.immediate_receive::<char>((0, 1))?, world.immediate_receive((0, 2))?];
/// world.send((0, 2), &'b')?;
/// world.send((0, 1), &'a')?;
/// assert_eq!(parallel_for::wait_all(requests)?, ['a', 'b']);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "MPI_Waitall")]
pub fn wait_all<T>(requests: impl IntoIterator<Item = ReceiveRequest<T>>) -> Result<Vec<T>, Error> {
    requests.into_iter().map(ReceiveRequest::wait).collect()
}

/// Waits for the value of any of the requests: removes that request, and returns where it was and
/// its value.
///
/// # Errors
/// The error of the request that completed first, which is removed; and when there are no requests.
///
/// ```
/// # fn main() -> Result<(), parallel_for::Error> {
/// let world = parallel_for::world();
/// let mut requests = vec![world.immediate_receive((0, 1))?, world.immediate_receive((0, 2))?];
/// world.send((0, 2), &'b')?;
/// assert_eq!(parallel_for::wait_any(&mut requests)?, (1, 'b'));
/// assert_eq!(requests.len(), 1);
/// # Ok(())
/// # }
/// ```
#[track_caller]
#[doc(alias = "MPI_Waitany")]
pub fn wait_any<T>(requests: &mut Vec<ReceiveRequest<T>>) -> Result<(usize, T), Error> {
    let calling = Calling::new("wait_any");
    let Some(first) = requests.first() else {
        let words = "there are no requests to wait for";
        return Err(calling.error(ErrorKind::Misuse, words));
    };
    let communicator = first.communicator.clone();
    let open = RefCell::new(requests.as_mut_slice());
    let describe = || {
        let (mut awaited, mut taking) = (Vec::new(), Vec::new());
        for request in open.borrow().iter() {
            let waiting = request.waiting();
            awaited.extend(waiting.awaited.into_ranks());
            taking.extend(waiting.taking);
        }
        // Where the bytes of one are coming, this one is enough.
        let awaited = if taking.is_empty() {
            Awaited::Any(awaited)
        } else {
            Awaited::All(Vec::new())
        };
        let of = format!(" of {} receives", open.borrow().len());
        Waiting {
            taking,
            ..calling.waiting(&of, awaited)
        }
    };
    let (index, result) = communicator.wait(calling, describe, |link| {
        let mut open = open.borrow_mut();
        let mut each = open.iter_mut().enumerate();
        Ok(each.find_map(|(index, request)| Some((index, request.poll(link).transpose()?))))
    })?;
    drop(requests.remove(index));
    let (value, _) = result?;
    Ok((index, value))
}
