//! Calls and assignments, besides the places that they mention: statics that they change, variables that
//! they give away, locks of streams that they release.

use super::statics;
use super::walker::Walker;
use crate::model::Declared;
use crate::syntax::{formats, macros, places};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprCall, ExprMethodCall, Macro, Path};

impl Walker {
    /// `AtomicU32::fetch_add(&COUNT, ..)`, `stdin()`, `drop(w)`
    pub(super) fn note_call(&mut self, call: &ExprCall) {
        if let Some(path) = statics::of_call(call) {
            self.note_static(path);
        }
        if let Expr::Path(function) = &*call.func
            && let Some(name) = function.path.segments.last()
            && name.ident == "stdin"
            && call.args.is_empty()
        {
            for &open in &self.open {
                self.loops[open].body.inputs.push(name.ident.span());
            }
        }
        self.streams.release(call, &self.scope);
        self.note_passed(&call.args);
    }

    /// Notes a static of a module that is assigned: `stats::COUNT = 1`
    pub(super) fn note_assigned(&mut self, target: &Expr) {
        if let Some(name) = statics::of_a_module(target) {
            for &open in &self.open {
                if self.end_around(open).is_none() {
                    self.loops[open].body.assigned(name);
                }
            }
        }
    }

    /// Each thread has its own, and an iteration finds in it what others left there that ran on the same.
    pub(super) fn note_thread_locals(&mut self, call: &Macro) {
        if macros::name(call) != "thread_local" {
            return;
        }
        for name in macros::defined_statics(call) {
            for &open in &self.open {
                self.loops[open].body.assigned(&name);
            }
        }
    }

    /// Notes a static that the loops around may change.
    pub(super) fn note_static(&mut self, path: &Path) {
        let is_local = path.get_ident().is_some_and(|name| {
            let name = name.to_string();
            self.scope.lookup(&name).is_some() || self.announced.contains(&name)
        });
        for &open in self.open.iter().filter(|_| !is_local) {
            self.loops[open].body.statics.push(path.clone());
        }
    }

    /// `f(x)`, `out.push(x)`: moves `x`, unless its type can be copied.
    pub(super) fn note_passed<'a>(&mut self, arguments: impl IntoIterator<Item = &'a Expr>) {
        for place in arguments.into_iter().filter_map(places::whole) {
            let binding = self.scope.lookup(&place.root.to_string());
            let Some(binding) = binding.filter(|it| it.declared != Declared::Unknown) else {
                continue;
            };
            for &open in &self.open {
                let is_returned = self.end_around(open).is_some();
                let around = &mut self.loops[open];
                if !is_returned && binding.depth < around.depth && place.root != "self" {
                    around.body.passed.push(place.clone());
                }
            }
        }
    }

    /// `table.get_or_init(|| squares(n))`, the same in all iterations: as good as `get`.
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
                let names = formats::mentioned(&tokens);
                names.iter().all(is_alike)
            })
    }
}
