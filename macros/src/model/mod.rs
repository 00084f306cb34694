//! The macro's knowledge of an annotated function: data only. `plan` fills it from the syntax tree,
//! `check` judges it, `expand` reads it; it contains no tokens to be printed.

mod doubts;
mod effects;
mod exits;
mod nest;
mod place;
mod role;
mod scratch;
mod site;
mod split;

pub(crate) use doubts::{Doubt, DoubtKind, Doubtful};
pub(crate) use effects::{
    Capture, Effect, EffectKind, Inside, Lint, LintKind, Listed, Ordered, State, Static,
};
pub(crate) use exits::{End, Exit, ExitKind};
pub(crate) use nest::{NestMistake, Uneven};
pub(crate) use place::{Declared, EndId, LetId, LoopId, Place};
pub(crate) use role::{By, Form, OwnMethod, Role, Step, Unreduced};
pub(crate) use scratch::{Scratch, ScratchMistake, ScratchMistakeKind};
pub(crate) use site::{Site, SiteCall, StepForm};
pub(crate) use split::{Given, Split};

use proc_macro2::Span;
use syn::{Ident, LitStr};

/// Where the outputs of a loop are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gather {
    Master,
    All,
    /// On the master in a program's `main`, everywhere in a function of that name in a module: which
    /// of them it is, only the compiler knows.
    OfMain,
}

/// Who runs which iterations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Schedule {
    Managed { chunk: Option<u64> },
    RoundRobin,
    Blocks,
}

/// Who iterates over the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemsFrom {
    Master,
    All,
}

/// What is done about an iteration that panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnError {
    Stop,
    /// It runs again, so many times at most.
    Retry(u32),
    Skip,
}

/// Where what is finished of a loop is kept.
#[derive(Clone, Debug)]
pub(crate) enum Checkpoint {
    Nowhere,
    /// In this folder.
    In(LitStr),
}

/// Whether people see how far a loop is.
#[derive(Clone, Debug)]
pub(crate) enum Progress {
    Hidden,
    Shown,
    /// By this name.
    Named(LitStr),
}

/// The options of one loop, after the defaults.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) gather: Gather,
    pub(crate) schedule: Schedule,
    pub(crate) threads: Option<usize>,
    pub(crate) items: ItemsFrom,
    /// The threads of each process run all of the loop.
    pub(crate) local: bool,
    /// What is done about iterations that panic, where the user has said it.
    pub(crate) on_error: Option<OnError>,
    /// Where what is finished is kept, where the user has said it.
    pub(crate) checkpoint: Option<Checkpoint>,
    /// Whether people see how far it is, where the user has said it.
    pub(crate) progress: Option<Progress>,
    /// It is made of two nested ones, and its items are written as the pair of their heads.
    pub(crate) collapse: bool,
}

impl Options {
    /// Whether the loop goes on after an iteration panicked, by the user's word.
    pub(crate) fn goes_on(&self) -> bool {
        matches!(self.on_error, Some(OnError::Retry(_) | OnError::Skip))
    }
}

/// An annotated function whose loops were found.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) loops: Vec<Loop>,
    /// `fn main`, of a program if it isn't one of a module: it starts the ranks.
    pub(crate) is_main: bool,
    pub(crate) leave: Option<Leave>,
    pub(crate) lints: Vec<Lint>,
}

/// Where the ranks other than the master leave the function; in `main` by default, those of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Leave {
    pub(crate) by_default: bool,
    /// Directly after this loop.
    pub(crate) after_loop: Option<LoopId>,
    /// Before this statement of the function's own block: the one after the loop's.
    pub(crate) before_statement: Option<usize>,
}

/// One loop to be distributed.
#[derive(Debug)]
pub(crate) struct Loop {
    pub(crate) id: LoopId,
    pub(crate) span: Span,
    /// The code that the user wrote, the options of the function included, as a number.
    pub(crate) code: u64,
    pub(crate) options: Options,
    /// The `gather = master` that the user wrote for this loop, and why it can't be had.
    pub(crate) denied_master: Option<(Span, Denied)>,
    pub(crate) outputs: Vec<Output>,
    /// The variables around it that the body reads.
    pub(crate) captures: Vec<Capture>,
    /// Those that have to be the same on every rank.
    pub(crate) compared: Vec<Place>,
    /// Those that the body goes through in their order.
    pub(crate) ordered: Vec<Ordered>,
    /// Those that the body goes through to fill lists.
    pub(crate) listed: Vec<Listed>,
    pub(crate) state: State,
    /// The variables of its body: those that iterations bind, and those of which each chunk has its own.
    pub(crate) locals: Vec<String>,
    /// The variable that numbers the iterations.
    pub(crate) index: Option<Ident>,
    /// What statements that run on several ranks write to, unless the user says so.
    pub(crate) written: Vec<Place>,
    /// Making the items may change something that the function goes on with.
    pub(crate) items_have_effects: bool,
    pub(crate) misuses: Vec<Misuse>,
    pub(crate) writes: Vec<OuterWrite>,
    pub(crate) effects: Vec<Effect>,
    /// The uses that the types of captured variables are asked about.
    pub(crate) doubts: Vec<Doubt>,
    /// It does nothing but print.
    pub(crate) prints_alone: bool,
    pub(crate) exits: Vec<Exit>,
    pub(crate) ends: Vec<End>,
    pub(crate) scratch: Vec<Scratch>,
    pub(crate) scratch_mistakes: Vec<ScratchMistake>,
    /// Where it does nothing but arithmetic, unless types say otherwise.
    pub(crate) arithmetic: Option<Arithmetic>,
    /// How it can be made two loops, if what is wrong with it is in some statements alone.
    pub(crate) split: Option<Split>,
}

/// The variables of a loop that does nothing but a little arithmetic if they hold numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arithmetic {
    /// Those that it reads, or makes values for.
    pub(crate) variables: Vec<Ident>,
    /// Those whose rows' lengths it asks for.
    pub(crate) tables: Vec<Ident>,
    /// Those that it adds up: floats, of which each has to travel.
    pub(crate) sums: Vec<Ident>,
}

/// Why a loop can't keep its outputs on the master.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    NotLast,
    InsideLoop,
}

/// A variable that the loop makes for the code after it.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) place: Place,
    pub(crate) declared: Declared,
    pub(crate) role: Role,
    /// Of an array whose elements the iterations surely write one after the other: the first one's index. Each
    /// chunk works on a window of it.
    pub(crate) window: Option<usize>,
}

/// One use of a captured place in the body of a loop.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) place: Place,
    pub(crate) span: Span,
    pub(crate) declared: Declared,
    pub(crate) usage: Usage,
    /// It is used as `*x`.
    pub(crate) dereferenced: bool,
    /// It is used as `x[i]`, `i` being the loop's own index.
    pub(crate) own: bool,
    /// The number of the statement around it that can be run elsewhere.
    pub(crate) site: Option<usize>,
}

/// How a captured place is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// `x.push(..)`, the number of arguments, and whether its value is dropped, or used for certain.
    Append {
        method: String,
        arguments: usize,
        dropped: bool,
        used: bool,
    },
    /// `write!(x, ..)`, and whether its `Result` is done with on the spot.
    WriteMacro { name: String, dropped: bool },
    /// `x.len()`; of a `statement`, `x.f(e);`, the number of arguments.
    Method {
        name: String,
        statement: Option<usize>,
    },
    /// `x[i].push(..)`
    ElementMethod(String),
    /// `x[i]`
    Element,
    /// `x`, as a value or an argument.
    Value,
    /// `&x`
    Borrow,
    /// `&mut x`
    BorrowMut,
    /// `&mut x[i]`
    BorrowElementMut,
    /// A statement that says all that happens to `x`: `x += ..`, `x = x.max(..)`.
    Step(Step),
    /// `(x, y) = ..`, `*x.lock() += ..`, `(*x).y = ..`
    AssignPart(String),
    /// `x[i] = ..` as a `whole`, or `x[i] += ..`, `x[i].y = ..`
    AssignElement { whole: bool },
    /// `if e > x { x = e; arg = i; }`
    Choice,
    /// `x = e + x`, `x = e.max(x)`, with what to write instead.
    Reversed { written: String, instead: String },
    /// `assert!({ x += 1; true })`
    ChangeInMacro(String),
    /// `println!("{x}")`
    FormatString(String),
    /// `assert!(x.insert(..))`
    AppendInMacro(String),
    /// Among the tokens of a macro that may do anything with it.
    UnknownMacro(String),
    /// `x.send(..)`, `x.recv()`
    Channel(String),
    /// `x.lock().unwrap().push(..);`
    BehindGuard(String),
}

impl Usage {
    /// The operator of `(a, b) = ..`.
    pub(crate) const UNPACKED: &str = "(..) =";
}

/// A use of an output that is not an append.
#[derive(Clone, Debug)]
pub(crate) struct Misuse {
    pub(crate) output: Place,
    pub(crate) span: Span,
    pub(crate) kind: MisuseKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MisuseKind {
    Read(String),
    /// Of a variable that the output is a field of.
    Whole(String),
    FormatString(String),
    UnknownMacro(String),
    AppendInMacro(String),
    /// Emptied and filled: a scratch buffer.
    Scratch,
    Changed(String),
    /// A method that is nearly spelt like an append, and the append.
    Misspelt(String, &'static str),
    Element(String),
    Operator(String),
    /// More of an array that is updated in place than the iteration's own element.
    OtherElement {
        how: String,
        own: String,
    },
    /// The array whose elements are the items that the loop changes.
    MutableItems(String),
    ChangeInMacro(String),
    InsertValue,
    WriteValue(String),
    /// Beside a statement that may leave the loop where it runs, in the order of the items: `x.set()?`
    BesideLeaving(String),
    /// The first variable of its path is declared a second time in the body.
    Shadowed,
}

/// A change of a captured variable that is no output.
#[derive(Clone, Debug)]
pub(crate) struct OuterWrite {
    pub(crate) place: Place,
    pub(crate) span: Span,
    pub(crate) kind: WriteKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WriteKind {
    /// By steps that are no reduction.
    Unreduced(Unreduced),
    Carried,
    /// `(x, y) = ..`
    Unpacked,
    Lent,
    /// Lent, and by its name a random number generator.
    LentGenerator,
    /// At an index that is not the loop's `own`.
    InPlace {
        own: Option<String>,
    },
    Scatter {
        method: String,
        own: Option<String>,
    },
    Entry(String),
    Atomic(String),
    /// The loop changes its items, which come from `xs.iter_mut().rev()` or the like.
    MutableItems(String),
}
