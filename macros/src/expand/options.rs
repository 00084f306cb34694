//! The options of a loop as a struct literal, its defaults left out, with what tells the loop from others.

use super::paths::{self, Runtime};
use crate::model::{Checkpoint, Gather, Loop, LoopId, OnError, Options, Progress, Schedule};
use proc_macro2::{Literal, TokenStream};
use quote::quote_spanned;

/// Output: `Options { threads: Some(2), ..Options::of_loop(0, 1234) }`, with absolute paths.
pub(crate) fn literal(each: &Loop) -> TokenStream {
    let runtime = Runtime::hidden();
    let Loop {
        id: LoopId(number),
        code,
        options,
        arithmetic,
        ..
    } = each;
    let mut fields = fields(options);
    if arithmetic.is_some() {
        let answer = paths::arithmetic();
        fields.push(quote_spanned!(runtime.0=> arithmetic: ::core::option::Option::Some(#answer)));
    }
    let (number, code) = (
        Literal::usize_unsuffixed(*number),
        Literal::u64_unsuffixed(*code),
    );
    let others = quote_spanned!(runtime.0=> #runtime::Options::of_loop(#number, #code));
    if fields.is_empty() {
        return others;
    }
    quote_spanned!(runtime.0=> #runtime::Options { #(#fields,)* ..#others })
}

/// What the user chose.
fn fields(options: &Options) -> Vec<TokenStream> {
    let runtime = Runtime::hidden();
    let mut fields = Vec::new();
    match options.gather {
        Gather::Master => fields.push(quote_spanned!(runtime.0=> gather: #runtime::Gather::Master)),
        Gather::OfMain => fields.push(quote_spanned! {runtime.0=>
            gather: #runtime::Gather::of_main(::core::module_path!())
        }),
        Gather::All => {}
    }
    if options.schedule != (Schedule::Managed { chunk: None }) {
        let schedule = schedule(options.schedule);
        fields.push(quote_spanned!(runtime.0=> schedule: #runtime::Schedule::#schedule));
    }
    if let Some(threads) = options.threads {
        fields.push(quote_spanned!(runtime.0=> threads: ::core::option::Option::Some(#threads)));
    }
    if let Some(on_error) = options.on_error {
        let on_error = match on_error {
            OnError::Stop => quote_spanned!(runtime.0=> Stop),
            OnError::Retry(more) => quote_spanned!(runtime.0=> Retry(#more)),
            OnError::Skip => quote_spanned!(runtime.0=> Skip),
        };
        fields.push(quote_spanned! {runtime.0=>
            on_error: ::core::option::Option::Some(#runtime::OnError::#on_error)
        });
    }
    if let Some(checkpoint) = &options.checkpoint {
        // Evaluated by the compiler, which refuses a folder where the feature is missing.
        let checkpoint = match checkpoint {
            Checkpoint::Nowhere => quote_spanned!(runtime.0=> #runtime::Checkpoint::Nowhere),
            Checkpoint::In(folder) => {
                quote_spanned!(runtime.0=> const { #runtime::Checkpoint::folder(#folder) })
            }
        };
        fields.push(quote_spanned! {runtime.0=>
            checkpoint: ::core::option::Option::Some(#checkpoint)
        });
    }
    if let Some(progress) = &options.progress {
        let shown = match progress {
            Progress::Hidden => quote_spanned!(runtime.0=> Never),
            Progress::Shown => quote_spanned!(runtime.0=> Usually),
            Progress::Named(name) => quote_spanned!(runtime.0=> As(#name)),
        };
        fields.push(quote_spanned! {runtime.0=>
            progress: ::core::option::Option::Some(#runtime::Shown::#shown)
        });
    }
    fields
}

fn schedule(schedule: Schedule) -> TokenStream {
    let hidden = Runtime::hidden().0;
    match schedule {
        Schedule::Managed { chunk: None } => {
            quote_spanned!(hidden=> Managed { chunk: ::core::option::Option::None })
        }
        Schedule::Managed { chunk: Some(chunk) } => {
            quote_spanned!(hidden=> Managed { chunk: ::core::option::Option::Some(#chunk) })
        }
        Schedule::RoundRobin => quote_spanned!(hidden=> RoundRobin),
        Schedule::Blocks => quote_spanned!(hidden=> Blocks),
    }
}
