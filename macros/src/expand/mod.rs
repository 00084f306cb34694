//! From the model back to tokens: each distributed loop is moved, as it stands, into the closure
//! that runs one chunk of it. Reports nothing; whatever arrives here was checked.

mod arithmetic;
mod call;
mod changed;
mod closures;
mod doubts;
mod elements;
mod ends;
mod exits;
pub(crate) mod fallback;
mod in_place;
mod leaving;
mod lend;
mod lints;
mod moved;
mod nested;
mod options;
mod output;
pub(crate) mod paths;
mod pieces;
mod prints;
mod reduce;
mod replay;
mod returned;
mod scratch;
mod sharing;
mod state;
mod unaliased;

use crate::model::{LoopId, Plan};
use crate::syntax::tags::{self, Strip};
use paths::Runtime;
use prints::Prints;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Item, ItemFn, Local, ReturnType, Stmt};

/// The function with its loops distributed.
pub(crate) fn expand(mut function: ItemFn, plan: &Plan) -> TokenStream {
    if exits::misplaced_question(&function.sig.output, plan) {
        return fallback::as_written(function);
    }
    fallback::strip_marks(&mut function);
    let mut loops = Loops {
        plan,
        output: function.sig.output.clone(),
        leave: leave(&function, plan),
        prints: Prints::of(&function.block),
    };
    loops.function_block(&mut function.block);
    Strip.visit_block_mut(&mut function.block);
    loops.prints.once(&mut function.block);
    if plan.is_main {
        let runtime = Runtime::hidden();
        let start = quote_spanned!(runtime.0=> #runtime::start());
        let start = Stmt::Expr(Expr::Verbatim(start), Some(syn::Token![;](runtime.0)));
        function.block.stmts.insert(0, start);
    }
    let warnings = plan.lints.iter().map(lints::statement);
    function.block.stmts.splice(0..0, warnings);
    quote!(#function)
}

/// The ranks other than the master leave here, with the success value of the function's type.
fn leave(function: &ItemFn, plan: &Plan) -> TokenStream {
    let (runtime, master_only) = (Runtime::hidden(), paths::master_only());
    // Where that type has none, the error belongs to the type.
    let success = Runtime(match &function.sig.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => function.sig.ident.span(),
    });
    let success = quote_spanned!(success.0=> #success::success());
    let question = if plan.leave.is_some_and(|leave| leave.by_default) {
        quote_spanned!(runtime.0=> #runtime::main_goes_on(::core::module_path!()))
    } else {
        quote_spanned!(runtime.0=> #runtime::master_only())
    };
    quote_spanned! {runtime.0=>
        let ::core::option::Option::Some(#master_only) = #question else {
            return #success;
        }
    }
}

/// Finds the loops of the plan by their tags.
struct Loops<'plan> {
    plan: &'plan Plan,
    /// The return type of the function.
    output: ReturnType,
    leave: TokenStream,
    prints: Prints,
}

impl Loops<'_> {
    fn function_block(&mut self, block: &mut Block) {
        let leave_before = self.plan.leave.and_then(|leave| leave.before_statement);
        let statements = std::mem::take(&mut block.stmts);
        for (index, statement) in statements.into_iter().enumerate() {
            if leave_before == Some(index) {
                block.stmts.push(self.leave_statement());
            }
            self.statement(statement, &mut block.stmts);
        }
    }

    /// Input:
    ///     for x in xs { results.push(x * x); }
    ///
    /// Output:
    ///     distribute(..);
    ///     let Some(__`master__only`) = `master_only()` else { return `success()`; };
    fn statement(&mut self, mut statement: Stmt, statements: &mut Vec<Stmt>) {
        if let Stmt::Local(local) = &statement {
            statements.extend(self.before_let(local));
        }
        let distributed = if let Stmt::Expr(Expr::ForLoop(node), _) = &mut statement {
            self.distributed(node)
        } else {
            self.visit_stmt_mut(&mut statement);
            None
        };
        let Some((call, id)) = distributed else {
            return statements.push(statement);
        };
        statements.push(Stmt::Expr(Expr::Verbatim(call), None));
        if self.is_left_after(id) {
            statements.push(self.leave_statement());
        }
    }

    /// The loop in the form of a statement, if it is one of the plan's.
    fn distributed(&mut self, node: &mut ExprForLoop) -> Option<(TokenStream, LoopId)> {
        let id = tags::id(node);
        self.visit_expr_for_loop_mut(node);
        let id = id?;
        let each = self.plan.loops.iter().find(|each| each.id == id)?;
        self.prints.once(&mut node.body);
        Some((call::call(node.clone(), each, &self.output), id))
    }

    /// The questions to types before a variable is made.
    fn before_let(&self, local: &Local) -> Option<Stmt> {
        let id = tags::let_id(local)?;
        let asked = state::before_let(id, &self.plan.loops);
        (!asked.is_empty()).then(|| Stmt::Expr(Expr::Verbatim(asked), None))
    }

    fn is_left_after(&self, id: LoopId) -> bool {
        self.plan
            .leave
            .is_some_and(|leave| leave.after_loop == Some(id))
    }

    fn leave_statement(&self) -> Stmt {
        let semicolon = Some(syn::Token![;](Span::mixed_site()));
        Stmt::Expr(Expr::Verbatim(self.leave.clone()), semicolon)
    }
}

impl VisitMut for Loops<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for statement in std::mem::take(&mut block.stmts) {
            self.statement(statement, &mut block.stmts);
        }
    }

    // A loop that is no statement: `None => for x in xs { .. },`
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let Expr::ForLoop(node) = expression else {
            return visit_mut::visit_expr_mut(self, expression);
        };
        if let Some((call, id)) = self.distributed(node) {
            let leave = self.is_left_after(id).then(|| self.leave_statement());
            let hidden = Span::mixed_site();
            *expression = Expr::Verbatim(quote_spanned!(hidden=> { #call #leave }));
        }
    }

    // Their loops have no tags.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
