//! Scratch variables: declared outside of the loop, but nothing of one iteration is left in them for
//! the next. Each chunk, or each iteration, has its own.

use crate::model::{
    By, Declared, Form, Mention, Scratch, ScratchMistake, ScratchMistakeKind, Step, Usage,
};
use crate::options::Args;
use crate::syntax::initial_values::InitialValue;
use crate::walk::{Captured, LoopSummary, ResetKind};
use proc_macro2::Ident;

/// Takes the variables out of the loop's mentions that are scratch beyond doubt.
pub(crate) fn proven(summary: &mut LoopSummary) {
    let captured = summary.captured.clone();
    for each in &captured {
        if let Some((span, kind)) = each.reset
            && is_meant(summary, each)
            && mistake(summary, each).is_none()
        {
            summary.scratch.push(Scratch {
                name: Ident::new(&each.name, span),
                each_iteration: false,
                is_cleared: kind == ResetKind::Clear,
                is_reference: false,
            });
            forget(summary, &each.name);
        }
    }
}

/// All scratch variables of a loop that is distributed; `never` loses the names that the function
/// gives to all its loops and that this one needs.
pub(crate) fn all(
    summary: &mut LoopSummary,
    own: &[Ident],
    defaults: &Args,
    never: &mut Vec<Ident>,
) -> Vec<ScratchMistake> {
    let mut mistakes = Vec::new();
    for name in own {
        mistakes.extend(private(summary, name).err());
    }
    for name in &defaults.private {
        match private(summary, name) {
            // Meant for another loop.
            Err(mistake) if mistake.kind == ScratchMistakeKind::NotCaptured => continue,
            tried => mistakes.extend(tried.err()),
        }
        never.retain(|other| other != name);
    }
    mistakes.extend(mistaken(summary));
    mistakes
}

/// Takes out the others that are reset, with the reason why that is not enough.
fn mistaken(summary: &mut LoopSummary) -> Vec<ScratchMistake> {
    let captured = summary.captured.clone();
    let mut mistakes = Vec::new();
    for each in &captured {
        let taken = summary.scratch.iter().any(|s| s.name == each.name);
        let first = mentions(summary, &each.name).next().map(|m| m.span);
        let ends = summary.body.ends.iter();
        let mut captured = ends.flat_map(|end| &end.captured);
        let first = first.or_else(|| captured.find(|name| **name == each.name).map(Ident::span));
        if let Some(span) = first.filter(|_| each.unset && !taken) {
            mistakes.push(ScratchMistake {
                name: each.name.clone(),
                span,
                kind: ScratchMistakeKind::NothingInIt,
            });
            forget(summary, &each.name);
            continue;
        }
        if let Some((span, _)) = each.reset
            && !taken
            && is_meant(summary, each)
            && let Some(kind) = mistake(summary, each)
        {
            mistakes.push(ScratchMistake {
                name: each.name.clone(),
                span,
                kind,
            });
            forget(summary, &each.name);
        }
    }
    mistakes
}

/// `private(buffer)`: the user's word that an iteration doesn't look at its content.
fn private(summary: &mut LoopSummary, name: &Ident) -> Result<(), ScratchMistake> {
    let mistake = |kind| ScratchMistake {
        name: name.to_string(),
        span: name.span(),
        kind,
    };
    if summary.scratch.iter().any(|scratch| scratch.name == *name) {
        return Ok(());
    }
    let captured = summary
        .captured
        .iter()
        .find(|each| *name == each.name)
        .cloned();
    let Some(each) = captured.filter(|each| each.declared != Declared::Unknown) else {
        return Err(mistake(ScratchMistakeKind::NotCaptured));
    };
    let is_reference = each.declared.is_reference() && !is_assigned(summary, name);
    let changed = mentions(summary, &each.name).any(|mention| may_change(mention, is_reference));
    forget(summary, &each.name);
    let kind = match each.initial_value {
        _ if !changed => Some(ScratchMistakeKind::NotChanged),
        _ if each.used_later => Some(ScratchMistakeKind::UsedLater),
        _ if each.unset => Some(ScratchMistakeKind::NothingInIt),
        InitialValue::Slice if is_reference => Some(ScratchMistakeKind::Slice),
        _ => None,
    };
    if let Some(kind) = kind {
        return Err(mistake(kind));
    }
    summary.scratch.push(Scratch {
        name: name.clone(),
        each_iteration: true,
        is_cleared: false,
        is_reference,
    });
    Ok(())
}

fn mentions<'summary>(
    summary: &'summary LoopSummary,
    name: &str,
) -> impl Iterator<Item = &'summary Mention> {
    let name = name.to_owned();
    summary
        .body
        .mentions
        .iter()
        .filter(move |mention| mention.place.root == name)
}

fn forget(summary: &mut LoopSummary, name: &str) {
    summary
        .body
        .mentions
        .retain(|mention| mention.place.root != name);
}

fn is_assigned(summary: &LoopSummary, name: &Ident) -> bool {
    mentions(summary, &name.to_string())
        .any(|m| is_assignment(&m.usage) && !m.dereferenced && m.place.fields.is_empty())
}

/// Whether the reset is one of a scratch variable, and not another method of that name.
fn is_meant(summary: &LoopSummary, each: &Captured) -> bool {
    let mut mentions = mentions(summary, &each.name);
    match each.reset {
        // Assigned, and looked at by nobody before the loop is over: an output.
        Some((_, ResetKind::Assign)) => {
            !each.used_later || mentions.any(|mention| !is_assignment(&mention.usage))
        }
        // `rng.fill(&mut noise);`
        Some((_, ResetKind::Fill)) => matches!(
            each.initial_value,
            InitialValue::Array | InitialValue::Collection | InitialValue::Empty
        ),
        Some((_, ResetKind::Clear)) => each.declared == Declared::Owned || mentions.any(fills),
        None => false,
    }
}

fn fills(mention: &Mention) -> bool {
    matches!(
        mention.usage,
        Usage::Append { .. }
            | Usage::WriteMacro { .. }
            | Usage::BorrowMut
            | Usage::BorrowElementMut
            | Usage::Step(Step::By(By::Folded {
                form: Form::Lent,
                ..
            }))
    )
}

/// Why the reset is not enough.
fn mistake(summary: &LoopSummary, each: &Captured) -> Option<ScratchMistakeKind> {
    let (_, kind) = each.reset?;
    if each.used_later {
        return Some(ScratchMistakeKind::UsedLater);
    }
    if kind == ResetKind::Assign {
        return each.unset.then_some(ScratchMistakeKind::NothingInIt);
    }
    if each.declared != Declared::Owned {
        return Some(ScratchMistakeKind::Lent);
    }
    let keeps_length = || mentions(summary, &each.name).all(keeps_length);
    match each.initial_value {
        InitialValue::Other => Some(ScratchMistakeKind::UnknownType),
        InitialValue::Array => None,
        _ if kind == ResetKind::Fill && !keeps_length() => Some(ScratchMistakeKind::Length),
        _ => None,
    }
}

/// `x = ..`, whatever it is made of.
fn is_assignment(usage: &Usage) -> bool {
    match usage {
        Usage::Step(Step::By(By::Folded { form, .. })) => {
            matches!(form, Form::Assigned | Form::AssignedMethod)
        }
        Usage::Step(Step::By(By::Last)) | Usage::Reversed { .. } => true,
        Usage::AssignPart(operator) => operator == "=" || operator == Usage::UNPACKED,
        _ => false,
    }
}

/// `fill` reaches everything that is in the variable at the start of any iteration.
fn keeps_length(mention: &Mention) -> bool {
    const METHODS: [&str; 28] = [
        "as_mut_slice",
        "as_slice",
        "chunks",
        "chunks_exact",
        "chunks_mut",
        "clone",
        "clone_from_slice",
        "contains",
        "copy_from_slice",
        "copy_within",
        "dot",
        "fill",
        "first",
        "get",
        "get_mut",
        "is_empty",
        "iter",
        "iter_mut",
        "last",
        "last_mut",
        "len",
        "norm",
        "reverse",
        "split_at_mut",
        "sum",
        "swap",
        "to_vec",
        "windows",
    ];
    match &mention.usage {
        Usage::Method { name: method, .. } => {
            METHODS.contains(&&**method)
                || method.starts_with("sort")
                || method.starts_with("rotate_")
        }
        Usage::Element
        | Usage::ElementMethod(_)
        | Usage::AssignElement { .. }
        | Usage::BorrowElementMut
        | Usage::Borrow
        | Usage::FormatString(_) => true,
        _ => false,
    }
}

fn may_change(mention: &Mention, is_reference: bool) -> bool {
    match &mention.usage {
        Usage::Value => is_reference,
        Usage::Method { name, .. } => {
            !["len", "is_empty", "iter", "get", "clone"].contains(&&**name)
        }
        Usage::Borrow | Usage::Element | Usage::FormatString(_) => false,
        _ => true,
    }
}
