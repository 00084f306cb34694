//! One variant of the function: analyzed, checked, and then expanded or left as it was written, with
//! the errors.

use crate::conditions::Variant;
use crate::diagnostics::Errors;
use crate::expand::{self, fallback};
use crate::model::Plan;
use crate::options::Args;
use crate::plan;
use crate::rules::check;
use crate::syntax::{code, tags, together, ungrouped};
use proc_macro2::TokenStream;
use syn::{Error, ItemFn};

/// A variant and the verdict on it.
#[derive(Debug)]
pub(crate) struct Planned {
    condition: Option<TokenStream>,
    function: ItemFn,
    /// With nested loops made one.
    collapsed: Option<ItemFn>,
    plan: Result<Plan, Error>,
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
        let mut errors = Errors::new();
        let defaults = Args::parse([options.clone()], &mut errors);
        let gone_before = gone_before.filter(|_| may_lack_loops);
        let rehearse = |unsaid: &mut Errors| plan::plan(&function, &defaults, gone_before, unsaid);
        let collapsed = plan::collapsed(&function, &defaults, rehearse, &mut errors);
        let to_expand = collapsed.as_ref().unwrap_or(&function);
        let mut plan = plan::plan(to_expand, &defaults, gone_before, &mut errors);
        for each in &mut plan.loops {
            each.code = code::under(each.code, options);
        }
        check::check(&function.sig, &plan, &mut errors);
        Self {
            condition,
            function,
            collapsed,
            plan: errors.check().map(|()| plan),
        }
    }

    /// Loops to be distributed, or errors about them.
    pub(crate) fn has_loops(&self) -> bool {
        self.plan
            .as_ref()
            .map_or(true, |plan| !plan.loops.is_empty())
    }

    pub(crate) fn expanded(self) -> TokenStream {
        match self.plan {
            Err(error) => fallback::with_errors(self.function, error, self.condition.as_ref()),
            Ok(_) if cfg!(feature = "sequential") => fallback::as_written(self.function),
            Ok(plan) => expand::expand(self.collapsed.unwrap_or(self.function), &plan),
        }
    }
}
