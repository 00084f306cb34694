//! One variant of the function: analyzed, checked, and then expanded or left as it was written, with
//! the errors.

use crate::conditions::Variant;
use crate::diagnostics::Errors;
use crate::expand::{self, fallback};
use crate::model::Plan;
use crate::options::Args;
use crate::plan;
use crate::rules::check;
use crate::syntax::{code, skips, tags, together, ungrouped};
use proc_macro2::TokenStream;
use syn::{Error, ItemFn};

/// A variant and the verdict on it.
#[derive(Debug)]
pub(crate) struct Planned {
    condition: Option<TokenStream>,
    function: ItemFn,
    verdict: Verdict,
}

/// What is made of a function, or what is wrong with it.
#[derive(Debug)]
struct Verdict {
    /// The function as it is expanded, where that is not as it was written: with nested loops made one.
    rewritten: Option<ItemFn>,
    plan: Result<Plan, Error>,
}

impl Verdict {
    fn new(options: &TokenStream, function: &ItemFn, gone_before: Option<usize>) -> Self {
        let mut errors = Errors::new();
        let defaults = Args::parse([options.clone()], &mut errors);
        let rehearse = |unsaid: &mut Errors| plan::plan(function, &defaults, gone_before, unsaid);
        let collapsed = plan::collapsed(function, &defaults, rehearse, &mut errors);
        let to_expand = collapsed.as_ref().unwrap_or(function);
        let mut plan = plan::plan(to_expand, &defaults, gone_before, &mut errors);
        for each in &mut plan.loops {
            each.code = code::under(each.code, options);
        }
        check::check(&function.sig, &plan, &mut errors);
        Self {
            plan: errors.check().map(|()| plan),
            rewritten: collapsed,
        }
    }

    fn errors(&self) -> usize {
        let all = self.plan.as_ref().err().cloned();
        all.into_iter().flatten().count()
    }

    /// Where something is wrong, that of the function with its skips as choices, if less is wrong with it.
    fn or_of_choices(self, judge: impl FnOnce(&ItemFn) -> Self, function: &ItemFn) -> Self {
        let wrong = self.errors();
        let choices = (wrong > 0).then(|| skips::as_choices(function)).flatten();
        let of_choices = choices.map(|choices| {
            let verdict = judge(&choices);
            Self {
                rewritten: verdict.rewritten.or(Some(choices)),
                ..verdict
            }
        });
        of_choices
            .filter(|verdict| verdict.errors() < wrong)
            .unwrap_or(self)
    }
}

impl Planned {
    /// `may_lack_loops`: those that are gone by their conditions are missed by nobody.
    pub(crate) fn new(options: &TokenStream, variant: Variant, may_lack_loops: bool) -> Self {
        let Variant {
            condition,
            mut function,
            gone_before,
        } = variant;
        ungrouped::ungroup(&mut function);
        together::put_together(&mut function);
        tags::number(&mut function);
        let gone_before = gone_before.filter(|_| may_lack_loops);
        let judge = |function: &ItemFn| Verdict::new(options, function, gone_before);
        let verdict = judge(&function).or_of_choices(judge, &function);
        Self {
            condition,
            function,
            verdict,
        }
    }

    /// Loops to be distributed, or errors about them.
    pub(crate) fn has_loops(&self) -> bool {
        let plan = self.verdict.plan.as_ref();
        plan.map_or(true, |plan| !plan.loops.is_empty())
    }

    pub(crate) fn expanded(self) -> TokenStream {
        match self.verdict.plan {
            Err(error) => fallback::with_errors(self.function, error, self.condition.as_ref()),
            Ok(_) if cfg!(feature = "sequential") => fallback::as_written(self.function),
            Ok(plan) => expand::expand(self.verdict.rewritten.unwrap_or(self.function), &plan),
        }
    }
}
