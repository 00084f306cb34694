//! Uses that may change what iterations share behind a shared reference: of captured variables, of what local
//! closures and the items bring with them, of statics. The type says whether they do (`expand/state` asks).
//!
//! Invariant: what is left out here only reads, whatever the type. Locks that are used as caches are
//! left to a lint (`effects`).

use super::found::FoundLoop;
use super::scope::Binding;
use super::walk::Walker;
use super::{formats, macros, places};
use crate::model::{Declared, Mention, Output, Place, State, Static, Usage};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprMethodCall};

/// Methods that only read atomics, locks, cells and lists of them, or open a lock, which `guards` judges.
const READS: [&str; 15] = [
    "borrow",
    "borrow_mut",
    "get",
    "is_completed",
    "is_empty",
    "is_poisoned",
    "len",
    "load",
    "lock",
    "read",
    "try_borrow_mut",
    "try_lock",
    "try_read",
    "try_write",
    "write",
];

/// Methods of shared state that change it, take from it or wait for it.
pub(super) const CHANGES: [&str; 41] = [
    "call_once",
    "call_once_force",
    "compare_and_swap",
    "compare_exchange",
    "compare_exchange_weak",
    "fetch_add",
    "fetch_and",
    "fetch_max",
    "fetch_min",
    "fetch_nand",
    "fetch_or",
    "fetch_sub",
    "fetch_update",
    "fetch_xor",
    "get_or_init",
    "iter",
    "lock",
    "notify_all",
    "notify_one",
    "read_line",
    "recv",
    "recv_timeout",
    "replace",
    "send",
    "set",
    "store",
    "swap",
    "take",
    "try_iter",
    "try_lock",
    "try_recv",
    "try_send",
    "try_update",
    "try_write",
    "update",
    "wait",
    "wait_timeout",
    "wait_while",
    "with",
    "with_borrow_mut",
    "write",
];

/// What is mentioned at one place of the function.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) binding: usize,
    pub(super) mention: Mention,
    pub(super) in_closure: bool,
}

impl Seen {
    pub(super) fn new(binding: Binding, mention: &Mention, in_closure: bool) -> Self {
        Self {
            binding: binding.id,
            mention: mention.clone(),
            in_closure,
        }
    }
}

/// What is asked of the types of a loop; `own` are the variables of which each rank may have its own.
pub(crate) fn state(found: &FoundLoop, outputs: &[Output], own: &[Ident]) -> State {
    let is_asked = |place: &Place| {
        !own.contains(&place.root)
            && !found.is_empty(&place.root)
            && !outputs.iter().any(|o| o.place.overlaps(place))
    };
    let asked = |places: &[Place]| {
        let mut asked: Vec<Place> = Vec::new();
        for place in places.iter().filter(|place| is_asked(place)) {
            if !asked.contains(place) {
                asked.push(place.clone());
            }
        }
        asked
    };
    let misused = found
        .variables()
        .filter(|m| found.misused.contains(&m.place.root))
        .map(|m| m.place.clone());
    let renamed = found
        .changed
        .variables
        .iter()
        .filter(|place| found.variables().any(|m| m.place.root == place.root));
    let renamed = renamed.cloned();
    let used: Vec<Place> = found
        .variables()
        .filter(|m| !reads(&m.usage))
        .map(|m| m.place.clone())
        .chain(misused)
        .chain(renamed)
        .collect();
    // Each chunk has scratch of its own.
    let is_scratch = |place: &Place| found.scratch.iter().any(|it| it.name == place.root);
    let passed = found.passed.iter().filter(|place| !is_scratch(place));
    let shared: Vec<Place> = passed.cloned().collect();
    let is_own = |of: &Static| {
        of.path
            .segments
            .last()
            .is_some_and(|s| own.contains(&s.ident))
    };
    let statics = found.statics.iter().cloned().map(|path| Static {
        path,
        fields: Vec::new(),
    });
    let statics = statics.chain(found.changed.statics.iter().cloned());
    let mut asked_statics: Vec<Static> = Vec::new();
    for of in statics.filter(|of| !is_own(of)) {
        if !asked_statics.contains(&of) {
            asked_statics.push(of);
        }
    }
    let by_closures = found.reached.body.iter();
    let by_closures = by_closures.filter(|(_, place)| is_asked(place));
    let is_lent = |root: &Ident| {
        outputs.iter().any(|output| output.place.root == *root)
            || found.scratch.iter().any(|it| it.name == *root)
    };
    let mut inside = found.changed.inside.clone();
    inside.retain(|(root, _)| !own.contains(root) && !is_lent(root));
    State {
        of_items: found.changed.of_items.clone(),
        inside: inside.into_iter().map(|(_, inside)| inside).collect(),
        used: asked(&used),
        by_closures: by_closures.cloned().collect(),
        by_items: asked(&found.reached.items),
        passed: asked(&shared),
        statics: asked_statics,
    }
}

/// Whether the loop uses a variable, or a static, of that name.
pub(crate) fn is_used(found: &FoundLoop, name: &Ident) -> bool {
    let mut captured = found.captured.iter();
    let mut mentioned = found.mentions.iter();
    let mut by_items = found.reached.items.iter();
    let mut by_closures = found.reached.body.iter();
    let renamed = found.changed.statics.iter().map(|of| &of.path);
    let statics = found.statics.iter().chain(renamed);
    let mut statics = statics.filter_map(|path| path.segments.last());
    captured.any(|captured| *name == captured.name)
        || mentioned.any(|mention| mention.place.root == *name)
        || by_items.any(|place| place.root == *name)
        || by_closures.any(|(_, place)| place.root == *name)
        || statics.any(|segment| segment.ident == *name)
        || found.assigned.contains(name)
}

fn reads(usage: &Usage) -> bool {
    match usage {
        Usage::Method { name, .. }
        | Usage::ElementMethod(name)
        | Usage::Channel(name)
        | Usage::Append { method: name, .. } => READS.contains(&&**name),
        // Judged by what is done behind the lock, or refused for itself.
        Usage::FormatString(_)
        | Usage::BehindGuard(_)
        | Usage::Step(_)
        | Usage::Choice
        | Usage::Reversed { .. }
        | Usage::AssignPart(_)
        | Usage::AssignElement { .. }
        | Usage::ChangeInMacro(_) => true,
        _ => false,
    }
}

/// Uses by a method of shared state, which say more than that something is lent.
pub(super) fn changes(usage: &Usage) -> bool {
    match usage {
        Usage::Method { name, .. }
        | Usage::ElementMethod(name)
        | Usage::Channel(name)
        | Usage::Append { method: name, .. } => CHANGES.contains(&&**name),
        Usage::Borrow => true,
        _ => false,
    }
}

impl Walker {
    /// `f(x)`, `out.push(x)`: moves `x`, unless its type can be copied.
    pub(super) fn note_passed<'a>(&mut self, arguments: impl IntoIterator<Item = &'a Expr>) {
        for place in arguments.into_iter().filter_map(places::whole) {
            let binding = self.scope.lookup(&place.root.to_string());
            let Some(binding) = binding.filter(|it| it.declared != Declared::Unknown) else {
                continue;
            };
            for &open in &self.open {
                let is_returned = self.returned_by(open).is_some();
                let around = &mut self.loops[open];
                if !is_returned && binding.depth < around.depth && place.root != "self" {
                    around.passed.push(place.clone());
                }
            }
        }
    }

    /// `table.get_or_init(|| squares(n))` with what is the same in all iterations: as good as `get`.
    pub(super) fn fills_alike(&self, call: &ExprMethodCall) -> bool {
        let Some(depth) = self.depth_of_body() else {
            return false;
        };
        let is_alike = |name: &Ident| {
            let binding = self.scope.lookup(&name.to_string());
            binding.is_none_or(|binding| binding.depth < depth)
        };
        let mut arguments = call.args.iter().map(ToTokens::to_token_stream);
        call.method == "get_or_init"
            && arguments.all(|tokens| {
                let mut names = macros::variables(tokens.clone());
                names.extend(formats::captures(tokens));
                names.iter().all(is_alike)
            })
    }
}

impl Walker {
    /// The depth of the frame in which a variable is bound.
    pub(super) fn depth_of(&self, binding: usize) -> usize {
        self.scope.depths[binding]
    }

    /// Names bound in frames of this depth or deeper belong to an iteration of the outermost loop.
    pub(super) fn depth_of_body(&self) -> Option<usize> {
        self.open.first().map(|&open| self.loops[open].depth)
    }
}
