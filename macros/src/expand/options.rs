//! The options of a loop as a struct literal, its defaults left out.

use super::paths::Runtime;
use crate::model::{Gather, Options, Schedule};
use proc_macro2::TokenStream;
use quote::quote_spanned;

/// What the runtime's options consist of.
const FIELDS: usize = 3;

/// Output: `Options { threads: Some(2), ..Options::DEFAULT }`, with absolute paths.
pub(crate) fn literal(options: &Options) -> TokenStream {
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
    if fields.is_empty() {
        return quote_spanned!(runtime.0=> #runtime::Options::DEFAULT);
    }
    // Where all fields are given, the rest would be one update too many for clippy.
    let rest =
        (fields.len() < FIELDS).then(|| quote_spanned!(runtime.0=> ..#runtime::Options::DEFAULT));
    quote_spanned!(runtime.0=> #runtime::Options { #(#fields,)* #rest })
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
