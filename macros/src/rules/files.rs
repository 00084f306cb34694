//! Files and standard input outside of the loops, where every rank runs the same code: things that several
//! ranks would do to one file, or that only the first can do.
//!
//! Invariant: a call is refused only where it fails on all ranks but one, whatever they do, and the
//! failure counts.

use crate::model::{EffectKind, LintKind};
use crate::syntax::nodes;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, ItemFn, Lit, Pat, Stmt};

/// The fault of a call.
#[derive(Debug)]
pub(super) enum Found {
    Lint(LintKind),
    Effect(EffectKind),
}

/// The facts about the function.
#[derive(Debug)]
pub(super) struct Files {
    /// After the last loop only the master goes on.
    left: bool,
    /// It tells ranks apart, and its files may be theirs.
    knows_rank: bool,
    /// The calls whose failure nobody looks at.
    ignored: Vec<*const ()>,
}

impl Files {
    pub(super) fn new(function: &ItemFn, left: bool) -> Self {
        Self {
            left,
            knows_rank: names_a_rank(&function.block),
            ignored: Vec::new(),
        }
    }

    /// `let _ = fs::create_dir(..);`, `fs::create_dir(..).ok();`
    pub(super) fn ignored_by(&mut self, statement: &Stmt) {
        let ignored = match statement {
            Stmt::Local(local) if matches!(local.pat, Pat::Wild(_)) => {
                local.init.as_ref().map(|init| &*init.expr)
            }
            Stmt::Expr(Expr::Assign(assignment), _)
                if matches!(*assignment.left, Expr::Infer(_)) =>
            {
                Some(&*assignment.right)
            }
            Stmt::Expr(expression, Some(_)) => Some(expression),
            _ => None,
        };
        match ignored {
            Some(Expr::Call(call)) => self.ignored.push(nodes::address(call)),
            Some(Expr::MethodCall(taken)) if taken.method == "ok" => {
                if let Expr::Call(call) = &*taken.receiver {
                    self.ignored.push(nodes::address(call));
                }
            }
            _ => {}
        }
    }

    /// `File::create(..)`, `fs::write(..)`, `io::stdin()` before the loop, or where it `is_over`.
    pub(super) fn called(&self, names: &[String], call: &ExprCall, is_over: bool) -> Option<Found> {
        if is_over && self.left {
            return None;
        }
        let text = names.join("::");
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let counts = !self.knows_rank && !self.ignored.contains(&nodes::address(call));
        let kind = match names[..] {
            [.., "File", "create_new"] | [.., "fs", "create_dir"] if counts => {
                return Some(Found::Effect(EffectKind::OnlyOnce(text)));
            }
            [.., "File", "create" | "create_new"]
            | [
                ..,
                "fs",
                "write" | "copy" | "rename" | "create_dir" | "remove_file" | "remove_dir"
                | "remove_dir_all",
            ] => {
                let lint = if is_over {
                    LintKind::FileInTail
                } else {
                    LintKind::FileInSetup
                };
                lint(text)
            }
            _ if is_over => return None,
            [.., "TempDir" | "NamedTempFile", _]
            | [.., "tempdir" | "tempdir_in" | "tempfile" | "tempfile_in"] => {
                LintKind::TemporaryInSetup(text)
            }
            [
                ..,
                "SystemTime" | "Utc" | "Local" | "OffsetDateTime",
                "now" | "now_utc" | "now_local",
            ]
            | [.., "process", "id"]
            | [.., "Uuid", "new_v4"]
            | [.., "RandomState", "new"] => LintKind::ProcessSetup(text),
            [.., "env", "var"] if names_rank_variable(call) => LintKind::ProcessSetup(text),
            [.., "io", "stdin"] | ["stdin"] => LintKind::StdinInSetup,
            _ => return None,
        };
        Some(Found::Lint(kind))
    }

    /// `OpenOptions::new().write(true).create_new(true)`
    pub(super) fn opened(&self, call: &ExprMethodCall, is_over: bool) -> Option<Found> {
        let is_new = call.method == "create_new"
            && matches!(call.args.first(), Some(Expr::Lit(ExprLit { lit: Lit::Bool(yes), .. }))
                if yes.value);
        let runs_everywhere = !(self.knows_rank || is_over && self.left);
        let effect = || Found::Effect(EffectKind::OnlyOnce("create_new(true)".to_owned()));
        (is_new && runs_everywhere).then(effect)
    }
}

/// `env::var("SLURM_PROCID")`
fn names_rank_variable(call: &ExprCall) -> bool {
    const SIGNS: [&str; 4] = ["RANK", "PROCID", "HOSTNAME", "LOCALID"];
    matches!(call.args.first(), Some(Expr::Lit(ExprLit { lit: Lit::Str(name), .. }))
        if SIGNS.iter().any(|sign| name.value().contains(sign)))
}

/// `parallel_for::is_master()`, `rank`
pub(super) fn names_a_rank(code: &impl ToTokens) -> bool {
    fn has(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(name) => name == "is_master" || name == "rank",
            TokenTree::Group(group) => has(group.stream()),
            _ => false,
        })
    }
    has(code.to_token_stream())
}
