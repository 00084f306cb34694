//! The variables that a body captures are used by many threads at once. The closure's own `Sync`
//! bound sees to that, but what the compiler says about it names a closure that the user never
//! wrote. So an expansion asks about each variable first, at its first use in the body, and where
//! one of them is refused the closure is not asked any more.
//!
//! Invariant: a body runs on several threads only if its closure is `Sync`; what stands here only
//! chooses who says that it is not.

use std::marker::PhantomData;

use crate::base::type_level::{Never, No, Yes};
use crate::loop_parts::options::Options;

/// Whether several threads can use a variable of type `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` can't be shared between threads, and the iterations of this loop run on several",
    label = "all iterations use this variable",
    note = "threads can't share `Rc`, `Cell`, `RefCell`, receivers of channels, raw pointers, and whatever contains one of them",
    note = "declare it in the body, so that each iteration has its own; or replace `Rc` by `Arc`, a `Cell` or `RefCell` by the value that the iterations need, and a `Communicator` by `parallel_for::rank()` and `size()`: messages are for before and after the loop",
    note = "with `#[parallel_for(threads = 1)]` every rank runs its iterations on one thread, which can use it; what they change in it stays on that rank",
    note = "in a generic function, add what its loop needs to the type parameter, all at once: `T: parallel_for::Transport + Sync`, and `Clone` where elements are changed in place or an iteration may run twice"
)]
pub trait Shareable<T: ?Sized, Answer> {}

/// What is asked about; not the type itself, or the compiler would suggest to call what is a
/// closure.
#[derive(Debug)]
pub struct Variable;

#[diagnostic::do_not_recommend]
impl<T: Sync + ?Sized> Shareable<T, Yes> for Variable {}
#[diagnostic::do_not_recommend]
impl<T: Never + ?Sized> Shareable<T, No> for Variable {}

/// The answer for one variable.
#[derive(Debug)]
pub struct Shared<Answer>(PhantomData<Answer>);

/// Asks about a variable. By a raw pointer, which is nothing but its type and its place: a field of
/// a packed struct has no reference.
pub fn shared<T: ?Sized, Answer>(_variable: *const T) -> Shared<Answer>
where
    Variable: Shareable<T, Answer>,
{
    Shared(PhantomData)
}

/// A body that several threads can run; `Answers` are those for its variables, as nested pairs.
pub trait SharedBody<Answers>: Sync {}

impl<F: Sync> SharedBody<()> for F {}
impl<F: SharedBody<Rest>, Rest> SharedBody<(Shared<Yes>, Rest)> for F {}
impl<F: SharedBody<Rest>, Rest> SharedBody<(Shared<No>, Rest)> for F {}

/// What comes first in the call of a loop: its options, with or without the answers.
pub trait Settings {
    /// The answers for the variables.
    type Answers;

    /// The options.
    fn options(self) -> Options;
}

impl Settings for Options {
    type Answers = ();

    fn options(self) -> Options {
        self
    }
}

/// Options with the answers for the variables that the body captures.
#[derive(Debug)]
pub struct Captured<Answers>(Options, PhantomData<Answers>);

/// Adds the answers to the options.
pub fn captured<Answers>(options: Options, _answers: Answers) -> Captured<Answers> {
    Captured(options, PhantomData)
}

impl<Answers> Settings for Captured<Answers> {
    type Answers = Answers;

    fn options(self) -> Options {
        self.0
    }
}
