//! Type-level answers to bounds, by which a mistake is one error only.
//!
//! A trait with an answer as its parameter has two impls: one for [`Yes`] with the bound that is asked about, one
//! for [`No`] that holds for no type. The compiler then concludes nothing from a type that is
//! refused: the answer stays unknown, and so does whatever depends on it, which it does not report
//! a second time. With a plain bound, every call that the value meets afterwards would be an error.

/// It is so.
#[derive(Debug)]
pub struct Yes;

/// It is not so; no type has this answer.
#[derive(Debug)]
pub struct No;

/// Implemented for no type.
pub trait Never {}
