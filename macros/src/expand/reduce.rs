//! Reductions: the variable is lent with its way to combine contributions, and the body contributes by
//! an operator or by `put`.

use super::output;
use super::paths::{self, Runtime};
use crate::model::{By, Form, Output, Role, Step};
use crate::syntax::steps::Contribution;
use crate::syntax::{contributions, places};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Ident, Item, Path, Stmt};

/// `sum(&mut x)`, `folded(&mut x, |x, e| x.f(e))`, `{ (&called(&x, cmp::max, max)).lend_maximum(&mut x) }`
pub(crate) fn argument(output: &Output, by: &By, lent: &TokenStream, local: bool) -> TokenStream {
    let span = output.place.root.span();
    let runtime = Runtime(span);
    let lent = match behind(output) {
        Some(checked) => &quote_spanned!(span=> { #checked #lent }),
        None => lent,
    };
    match by {
        By::Folded { function, form } => {
            let replay = replay(function, *form);
            quote_spanned!(span=> #runtime::folded(#lent, #replay))
        }
        By::NamedMaximum(function) => {
            let called = called(output, function, "max");
            quote_spanned!(span=> { #called.lend_maximum(#lent) })
        }
        By::NamedMinimum(function) => {
            let called = called(output, function, "min");
            quote_spanned!(span=> { #called.lend_minimum(#lent) })
        }
        By::Maximum | By::Minimum => {
            let (wrapper, check) = (Ident::new(wrapper(by), span), std_method(output, by));
            let owned = owned(&quote_spanned!(span=> { #check #lent }), span, local);
            quote_spanned!(span=> #runtime::#wrapper(#owned))
        }
        _ => {
            let wrapper = Ident::new(wrapper(by), span);
            if by.is_put() {
                let owned = owned(lent, span, local);
                return quote_spanned!(span=> #runtime::#wrapper(#owned));
            }
            if let Some(operator) = operator(by).filter(|_| is_of_any_type(output)) {
                return of_any_type(lent, &wrapper, &operator);
            }
            quote_spanned!(span=> #runtime::#wrapper(#lent))
        }
    }
}

fn is_of_any_type(output: &Output) -> bool {
    matches!(
        &output.role,
        Role::Reduction {
            of_any_type: true,
            ..
        }
    )
}

/// A variable of a type that only the compiler knows, with its operator if contributions to it can't be combined.
///
/// Output: `match &mut x { __x => { use ..; (&typed(&*__x)).sum(__x, |__x, __e| *__x += __e) } }`
fn of_any_type(lent: &TokenStream, wrapper: &Ident, operator: &TokenStream) -> TokenStream {
    let runtime = Runtime(wrapper.span());
    let (x, e) = (paths::local("__x"), paths::local("__e"));
    quote_spanned! {runtime.0=>
        match #lent {
            #x => {
                #[allow(unused_imports, reason = "which trait is needed depends on the type")]
                use #runtime::{IsOperand as _, IsReducible as _};
                (&#runtime::typed(&*#x)).#wrapper(#x, |#x, #e| *#x #operator #e)
            }
        }
    }
}

/// Output: `owned(&mut x, 0)`: what iterations would give the variable may be borrowed, and travels
fn owned(lent: &TokenStream, span: Span, local: bool) -> TokenStream {
    if local {
        return lent.clone();
    }
    let runtime = Runtime(span);
    quote_spanned!(span=> #runtime::owned(#lent, 0))
}

/// Whether the user's function is the standard library's, by the type that each function has.
///
/// Output: `use ..; (&called(&x, cmp::max, max))`
fn called(output: &Output, function: &str, name: &str) -> TokenStream {
    let runtime = Runtime(output.place.root.span());
    let shared = output::lent(output, &quote_spanned!(runtime.0=> &));
    let known = function
        .split("::")
        .find(|part| ["f32", "f64"].contains(part));
    let known = match known {
        Some(float) => format!("::core::primitive::{float}::{name}"),
        None if function.contains("cmp") => format!("::core::cmp::{name}"),
        None => format!("::core::cmp::Ord::{name}"),
    };
    let path = |text: &str| syn::parse_str::<Path>(text).ok();
    let (known, function) = (path(&known), path(function));
    quote_spanned! {runtime.0=>
        #[allow(unused_imports, reason = "which trait is needed depends on the type")]
        use #runtime::{IsKnown as _, IsOther as _};
        (&#runtime::called(#shared, #function, #known, || #runtime::never()))
    }
}

/// Output: `std_method!(*x, max);`, which refuses a `max` of the user's own trait
fn std_method(output: &Output, by: &By) -> TokenStream {
    let runtime = Runtime(output.place.root.span());
    let place = output::lent(output, &TokenStream::new());
    let method = Ident::new(if *by == By::Maximum { "max" } else { "min" }, runtime.0);
    quote_spanned!(runtime.0=> #runtime::std_method!(#place, #method);)
}

/// Output: `own_method(typed(&x));`, which refuses a `*x` behind which the user's own code may run:
/// `deref_mut` is called once here and for each iteration there, and `x` may have a method `max`
fn behind(output: &Output) -> Option<TokenStream> {
    let Role::Reduction {
        dereferenced: true, ..
    } = output.role
    else {
        return None;
    };
    let (root, fields) = (&output.place.root, &output.place.fields);
    let runtime = Runtime(root.span());
    Some(quote_spanned!(runtime.0=> #runtime::own_method(#runtime::typed(&#root #(.#fields)*));))
}

fn wrapper(by: &By) -> &'static str {
    match by {
        By::Sum => "sum",
        By::Difference => "difference",
        By::Balance => "balance",
        By::Product => "product",
        By::BitAnd => "bit_and",
        By::BitOr => "bit_or",
        By::BitXor => "bit_xor",
        By::Maximum => "maximum",
        By::Minimum => "minimum",
        By::Greatest => "greatest",
        By::GreatestLast => "greatest_last",
        By::Least => "least",
        By::LeastLast => "least_last",
        By::Last => "last",
        By::Folded { .. } => "folded",
        By::NamedMaximum(_) | By::NamedMinimum(_) => "called",
    }
}

/// Output: `|x, e| *x = f(take(x), e)`
fn replay(function: &str, form: Form) -> TokenStream {
    let hidden = Span::mixed_site();
    // It was a path or a name before it was a text.
    let function = syn::parse_str::<Path>(function).ok();
    let (x, e) = (paths::local("__x"), paths::local("__e"));
    match form {
        Form::Assigned => {
            quote_spanned!(hidden=> |#x, #e| *#x = #function(::core::mem::take(#x), #e))
        }
        Form::AssignedMethod => {
            quote_spanned!(hidden=> |#x, #e| *#x = ::core::mem::take(#x).#function(#e))
        }
        Form::Lent => quote_spanned!(hidden=> |#x, #e| #function(#x, #e)),
        Form::Method => quote_spanned!(hidden=> |#x, #e| #x.#function(#e)),
    }
}

/// Output: `begin(&mut x);`
pub(crate) fn begun(outputs: &[Output]) -> TokenStream {
    let runtime = Runtime::hidden();
    let rounding = outputs.iter().filter(|output| match &output.role {
        Role::Reduction { by, .. } => by.rounds(),
        _ => false,
    });
    let names = rounding.map(output::part);
    let begin = names.map(|name| quote_spanned!(runtime.0=> #runtime::begin(&mut #name);));
    begin.collect()
}

/// Output: `end_block(&mut x);`
pub(crate) fn block_ended(outputs: &[Output]) -> TokenStream {
    let runtime = Runtime::hidden();
    let sums = outputs.iter().filter(|output| match &output.role {
        Role::Reduction { by, .. } => counts_places(by),
        _ => false,
    });
    let names = sums.map(output::part);
    let end = names.map(|name| quote_spanned!(runtime.0=> #runtime::end_block(&mut #name);));
    end.collect()
}

/// Whether it matters that an iteration contributes once from each place.
fn counts_places(by: &By) -> bool {
    matches!(by, By::Sum | By::Difference)
}

/// Makes every step one of the chunk's value.
pub(crate) fn rewrite(body: &mut Block, outputs: &[Output]) {
    let mut steps = Steps {
        outputs,
        repeated: 0,
        places: 0,
    };
    steps.visit_block_mut(body);
}

struct Steps<'plan> {
    outputs: &'plan [Output],
    /// How many inner loops and closures we are in.
    repeated: usize,
    /// How many steps there were outside of these.
    places: usize,
}

/// The runtime counts on fewer places in an iteration.
const MOST_PLACES: usize = 1 << 10;

impl Steps<'_> {
    /// The output that the expression is a step of, if it has to be written in another way.
    fn output(&self, contribution: &Contribution<'_>, expression: &Expr) -> Option<&Output> {
        let Step::By(step) = &contribution.step else {
            return None;
        };
        let output = self.outputs.iter().find(|output| {
            let is_step = match &output.role {
                Role::Reduction { by, .. } => is_step(step, by),
                Role::Collection { .. } => *step == By::Sum,
                Role::Elements
                | Role::Updates
                | Role::Items
                | Role::ChangedItems
                | Role::Replayed => false,
            };
            is_step && output.place == contribution.target.place
        })?;
        // Texts keep their operator.
        let is_ours = contribution.target.dereferenced
            || paths::needs_name(&output.place)
            || giver(output, step).is_some();
        (is_ours || !matches!(expression, Expr::Binary(_))).then_some(output)
    }

    /// Input: `x += e`, `*text += e`, `x = x.max(e)`, `if e > x { x = e; }`
    ///
    /// Output: `contribute(&mut x, e)`, `text += e`, `x.put(e)`, `{ x.put(e); }`,
    /// and `contribute_once(&mut x, e)` where the iteration gets there once at most;
    /// `x.contribute(e)` where the type may be any.
    fn step(&mut self, expression: &Expr) -> Option<Expr> {
        let contribution = contributions::contribution(expression)?;
        let Step::By(by) = &contribution.step else {
            return None;
        };
        let output = self.output(&contribution, expression)?;
        let of_any_type = is_of_any_type(output);
        let (name, mut giver) = (output::part(output), giver(output, by));
        if giver == Some("contribute") && counts_places(by) && self.repeated == 0 {
            self.places += 1;
            if self.places < MOST_PLACES {
                giver = Some("contribute_once");
            }
        }
        let mut value = contribution.value.clone();
        self.visit_expr_mut(&mut value);
        let here = contribution.span();
        let step = match (operator(by), giver, expression) {
            (_, Some(giver), _) => {
                let (runtime, e) = (Runtime(here), paths::local("__e"));
                let giver = Ident::new(giver, here);
                let contribute = |value| {
                    if of_any_type {
                        quote_spanned!(here=> #name.contribute(#value))
                    } else {
                        quote_spanned!(here=> #runtime::#giver(&mut #name, #value))
                    }
                };
                // As an argument of ours, clippy would find the `&` of `text += &x` needless.
                if matches!(value, Expr::Reference(_)) {
                    let contribute = contribute(quote_spanned!(here=> #e));
                    quote_spanned!(Span::mixed_site()=> match #value { #e => #contribute })
                } else {
                    contribute(quote_spanned!(here=> #value))
                }
            }
            (Some(_), None, Expr::Binary(operation)) => {
                let operator = &operation.op;
                quote_spanned!(here=> #name #operator #value)
            }
            (Some(operator), None, _) => quote_spanned!(here=> #name #operator #value),
            (None, None, _) => quote_spanned!(here=> #name.put(#value)),
        };
        Some(match expression {
            Expr::If(_) => parsed(quote_spanned!(Span::mixed_site()=> { #step; })),
            _ => parsed(step),
        })
    }

    /// Input: `x.f(e)`
    ///
    /// Output: `x.put(e)`
    fn method(&mut self, expression: &Expr) -> Option<Expr> {
        let Expr::MethodCall(call) = expression else {
            return None;
        };
        let place = places::whole(&call.receiver)?;
        let output = self.outputs.iter().find(|output| {
            let is_called = matches!(&output.role, Role::Reduction {
                by: By::Folded { function, form: Form::Method }, ..
            } if call.method == function);
            is_called && output.place == place
        })?;
        let name = output::part(output);
        let mut arguments = call.args.clone();
        for argument in &mut arguments {
            self.visit_expr_mut(argument);
        }
        let put = quote_spanned!(call.method.span()=> #name.put(#arguments));
        Some(parsed(put))
    }
}

/// What gives a contribution to its part: a function that asks about the type.
fn giver(output: &Output, step: &By) -> Option<&'static str> {
    let Role::Reduction { by, .. } = &output.role else {
        return None;
    };
    match (by, step) {
        (By::Balance, By::Sum) => Some("gain"),
        (By::Balance, By::Difference) => Some("lose"),
        _ => operator(by).map(|_| "contribute"),
    }
}

fn is_step(step: &By, by: &By) -> bool {
    let balances = *by == By::Balance && matches!(step, By::Sum | By::Difference);
    balances || step == by
}

fn operator(by: &By) -> Option<TokenStream> {
    let hidden = Span::mixed_site();
    Some(match by {
        By::Sum => quote_spanned!(hidden=> +=),
        By::Difference => quote_spanned!(hidden=> -=),
        By::Product => quote_spanned!(hidden=> *=),
        By::BitAnd => quote_spanned!(hidden=> &=),
        By::BitOr => quote_spanned!(hidden=> |=),
        By::BitXor => quote_spanned!(hidden=> ^=),
        _ => return None,
    })
}

/// As syntax, not as mere tokens, so that others find their way in it.
pub(crate) fn parsed(tokens: TokenStream) -> Expr {
    syn::parse2(tokens.clone()).unwrap_or(Expr::Verbatim(tokens))
}

impl VisitMut for Steps<'_> {
    // A step has no value, but the call that takes its place looks as if it had one.
    fn visit_block_mut(&mut self, block: &mut Block) {
        if let Some(Stmt::Expr(last @ Expr::Binary(_), end @ None)) = block.stmts.last_mut()
            && contributions::contribution(last).is_some()
        {
            *end = Some(syn::Token![;](Span::mixed_site()));
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let repeats = matches!(
            expression,
            Expr::Async(_) | Expr::Closure(_) | Expr::ForLoop(_) | Expr::Loop(_) | Expr::While(_)
        );
        self.repeated += usize::from(repeats);
        match self.step(expression).or_else(|| self.method(expression)) {
            Some(step) => *expression = step,
            None => visit_mut::visit_expr_mut(self, expression),
        }
        self.repeated -= usize::from(repeats);
    }

    // Nested items capture nothing.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
