//! Types that a macro has passed on, `$ty`, stand in a group that nobody has written.
//!
//! Input: `fn f(x: ⟨&mut T⟩) { let y: ⟨Vec<u8>⟩ = ..; }`
//!
//! Output: `fn f(x: &mut T) { let y: Vec<u8> = ..; }`, so that each type is recognised as itself. Within other types the
//! groups stay: there they can be needed, `&⟨dyn A + B⟩`.

use std::mem;

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{ItemFn, PatType, Type};

/// Takes parameters' and variables' types out of their groups.
pub(crate) fn ungroup(function: &mut ItemFn) {
    Ungrouped.visit_item_fn_mut(function);
}

struct Ungrouped;

impl VisitMut for Ungrouped {
    fn visit_pat_type_mut(&mut self, typed: &mut PatType) {
        while let Type::Group(group) = &mut *typed.ty {
            let inner = mem::replace(&mut *group.elem, Type::Verbatim(TokenStream::default()));
            *typed.ty = inner;
        }
        visit_mut::visit_pat_type_mut(self, typed);
    }
}
