//! Calls on captured variables that change them or hand values from one iteration to another: the
//! compiler sees some of them as a missing `mut`, and others not at all.
//!
//! Invariant: a call that is refused here has no meaning that distribution keeps. One that may be
//! harmless, as a cache is, becomes a lint.

use crate::model::{
    By, Effect, EffectKind, ExitKind, Lint, LintKind, Mention, Output, Place, Role, Usage,
};
use crate::syntax::declarations::is_mutable;
use crate::syntax::iterations::Iterations;
use crate::syntax::methods::{APPENDS, DRAWS, GUARDS, is_generator};
use crate::syntax::spelling::meant;
use crate::walk::LoopSummary;
use syn::{Ident, ItemFn};

/// The calls that are refused.
pub(crate) fn effects(
    function: &ItemFn,
    summary: &LoopSummary,
    outputs: &[Output],
    own: &[Ident],
) -> Vec<Effect> {
    let kind = |mention: &Mention| {
        Some(match &mention.usage {
            Usage::Method { name: method, .. } if is_mutable(function, &mention.place) => {
                let draws = method == "next" || DRAWS.contains(&&**method);
                match &**method {
                    _ if draws && is_generator(&mention.place) => EffectKind::Draws,
                    "next" | "next_line" | "read_line" => EffectKind::Advances(method.clone()),
                    _ => return None,
                }
            }
            Usage::BehindGuard(method) if is_lost(summary, mention) => {
                EffectKind::Lost(method.clone())
            }
            _ => return None,
        })
    };
    let others = others(summary, outputs).filter(|mention| !own.contains(&mention.place.root));
    let effects = others.filter_map(|mention| {
        Some(Effect {
            place: mention.place.clone(),
            span: mention.span,
            kind: kind(mention)?,
        })
    });
    let inputs = summary.body.inputs.iter().map(|&span| Effect {
        place: Place {
            root: Ident::new("stdin", span),
            fields: Vec::new(),
        },
        span,
        kind: EffectKind::InputInBody,
    });
    let assigned = summary
        .body
        .assigned
        .iter()
        .filter(|name| !own.contains(name));
    let statics = assigned.map(|name| Effect {
        place: Place {
            root: name.clone(),
            fields: Vec::new(),
        },
        span: name.span(),
        kind: EffectKind::Static,
    });
    effects
        .chain(inputs)
        .chain(statics)
        .chain(retries(summary, outputs))
        .collect()
}

/// Those of a loop that is distributed. Calls that are refused by their name alone are for the types to decide, unless
/// the loop would do nothing else.
pub(crate) fn judged(
    function: &ItemFn,
    summary: &LoopSummary,
    outputs: &[Output],
    own: &[Ident],
) -> Vec<Effect> {
    let mut effects = effects(function, summary, outputs, own);
    let has_effect = !outputs.is_empty() || !summary.body.exits.is_empty();
    effects.retain(|effect| match effect.kind {
        EffectKind::Draws | EffectKind::Advances(_) => !has_effect,
        _ => true,
    });
    effects
}

/// `for _ in 0..3 { if let Ok(x) = attempt() { return x; } }`: not a search among items, but a loop
/// that tries again.
fn retries(summary: &LoopSummary, outputs: &[Output]) -> Option<Effect> {
    let searches = summary
        .body
        .exits
        .iter()
        .any(|exit| exit.kind != ExitKind::Break);
    let alike = summary.head.iterations == Iterations::Alike;
    // `Err(e) => last = Some(e)`
    let mut outputs = outputs.iter();
    let keeps_last =
        outputs.all(|output| matches!(output.role, Role::Reduction { by: By::Last, .. }));
    (alike && searches && keeps_last).then(|| Effect {
        place: Place {
            root: Ident::new("items", summary.head.span),
            fields: Vec::new(),
        },
        span: summary.head.span,
        kind: EffectKind::Retries,
    })
}

/// Of a loop that does nothing else that could count: `image.set(x, y, value);`
pub(crate) fn setters(function: &ItemFn, summary: &LoopSummary) -> Vec<Effect> {
    let setter = |mention: &Mention| match &mention.usage {
        Usage::Method {
            name,
            statement: Some(1..),
        } if is_mutable(function, &mention.place) => Some(Effect {
            place: mention.place.clone(),
            span: mention.span,
            kind: match meant(name) {
                Some(append) => EffectKind::Misspelt(name.clone(), append),
                None => EffectKind::Setter(name.clone()),
            },
        }),
        Usage::Channel(method) => Some(Effect {
            place: mention.place.clone(),
            span: mention.span,
            kind: EffectKind::Channel(method.clone()),
        }),
        _ => None,
    };
    summary.body.mentions.iter().filter_map(setter).collect()
}

/// Each captured variable that the body locks, once, unless that is refused, or meant: each rank may have
/// its `own`.
pub(crate) fn lints(summary: &LoopSummary, outputs: &[Output], own: &[Ident]) -> Vec<Lint> {
    let mut seen: Vec<&Place> = Vec::new();
    let mut lints = Vec::new();
    for mention in others(summary, outputs) {
        let Usage::Method { name: method, .. } = &mention.usage else {
            continue;
        };
        let is_refused = |m: &Mention| {
            let refused = match &m.usage {
                Usage::BehindGuard(_) => is_lost(summary, m),
                Usage::Step(_) | Usage::AssignPart(_) => true,
                _ => false,
            };
            refused && m.place == mention.place
        };
        if GUARDS.contains(&&**method)
            && !seen.contains(&&mention.place)
            && !own.contains(&mention.place.root)
            && !summary.head.misused.contains(&mention.place.root)
            && !summary.body.mentions.iter().any(is_refused)
        {
            seen.push(&mention.place);
            lints.push(Lint {
                span: mention.span,
                kind: LintKind::Guard(mention.place.to_string(), method.clone()),
            });
        }
    }
    lints.extend(summary.head.held_stream.iter().map(|name| Lint {
        span: summary.head.span,
        kind: LintKind::HeldStream(name.to_string()),
    }));
    lints
}

fn others<'summary>(
    summary: &'summary LoopSummary,
    outputs: &[Output],
) -> impl Iterator<Item = &'summary Mention> {
    summary.body.mentions.iter().filter(|mention| {
        !outputs
            .iter()
            .any(|output| output.place.overlaps(&mention.place))
    })
}

/// `shared.lock().unwrap().push(x);` where the body does nothing else with `shared`: a collection
/// that is filled for the code after the loop. One that is read as well may be a cache.
fn is_lost(summary: &LoopSummary, write: &Mention) -> bool {
    let Usage::BehindGuard(method) = &write.usage else {
        return false;
    };
    let same = || {
        summary
            .body
            .mentions
            .iter()
            .filter(|m| m.place == write.place)
    };
    let writes = same().filter(|m| matches!(m.usage, Usage::BehindGuard(_)));
    let all = same().filter(|m| !matches!(m.usage, Usage::BehindGuard(_)));
    APPENDS.contains(&&**method) && all.count() <= writes.count()
}
