//! All options: the spelling of each, and the function that reads its value.

use super::args::Args;
use super::reduce;
use super::values::{
    Named, checkpoint, gather, items, on_error, progress, schedule, set, threads, variables,
};
use syn::Result;
use syn::parse::ParseStream;

/// One option of `#[parallel_for(..)]`.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) name: &'static str,
    /// With its values, as `help` says it.
    pub(super) written: &'static str,
    pub(super) takes: Takes,
}

/// What follows the name, and what reads it.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    /// `name = value`
    Value(Read),
    /// `name(..)`
    List(Read),
    /// `name`
    Nothing(Read),
    /// `name`, or `name = value`
    Either(Read),
}

type Read = fn(&mut Args, Named<'_>, ParseStream<'_>) -> Result<()>;

pub(super) const OPTIONS: [Known; 12] = [
    Known {
        name: "gather",
        written: "`gather = master` or `gather = all`",
        takes: Takes::Value(|args, named, input| {
            set(&mut args.gather, named, gather(named, input)?)
        }),
    },
    Known {
        name: "schedule",
        written: "`schedule = managed`, `schedule = managed(chunk = 16)`, `schedule = round_robin` or \
                  `schedule = blocks`",
        takes: Takes::Value(|args, named, input| {
            set(&mut args.schedule, named, schedule(named, input)?)
        }),
    },
    Known {
        name: "threads",
        written: "`threads = 4`",
        takes: Takes::Value(|args, named, input| {
            set(&mut args.threads, named, threads(named, input)?)
        }),
    },
    Known {
        name: "items",
        written: "`items = all` or `items = master`",
        takes: Takes::Value(|args, named, input| set(&mut args.items, named, items(named, input)?)),
    },
    Known {
        name: "local",
        written: "`local`",
        takes: Takes::Nothing(|args, named, _| set(&mut args.local, named, ())),
    },
    Known {
        name: "on_error",
        written: "`on_error = stop`, `on_error = retry(3)` or `on_error = skip`",
        takes: Takes::Value(|args, named, input| {
            set(&mut args.on_error, named, on_error(named, input)?)
        }),
    },
    Known {
        name: "checkpoint",
        written: "`checkpoint = \"kept\"`, with the path of a folder, or `checkpoint = off`",
        takes: Takes::Value(|args, named, input| {
            set(&mut args.checkpoint, named, checkpoint(named, input)?)
        }),
    },
    Known {
        name: "progress",
        written: "`progress`, `progress = \"name\"` or `progress = off`",
        takes: Takes::Either(|args, named, input| {
            set(&mut args.progress, named, progress(named, input)?)
        }),
    },
    Known {
        name: "collapse",
        written: "`collapse`",
        takes: Takes::Nothing(|args, named, _| set(&mut args.collapse, named, ())),
    },
    Known {
        name: "reduce",
        written: "`reduce(total: +)`, with one of `+ - * & | ^ max min` or the path of a function",
        takes: Takes::List(|args, named, input| {
            args.reduce.extend(reduce::parse(input, named)?);
            Ok(())
        }),
    },
    Known {
        name: "private",
        written: "`private(buffer)`, or `private(buffer, row)`",
        takes: Takes::List(|args, named, input| {
            variables(
                &mut args.private,
                named,
                input,
                "make a variable in the body",
            )
        }),
    },
    Known {
        name: "per_rank",
        written: "`per_rank(cache)`, or `per_rank(cache, folder)`",
        takes: Takes::List(|args, named, input| {
            variables(&mut args.per_rank, named, input, "name its variable")
        }),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Errors;

    /// The first cells of the table of options in the documentation of the macro.
    fn documented() -> Vec<&'static str> {
        let documentation = include_str!("../lib.rs");
        let (_, options) = documentation.split_once("# Options").expect("options");
        let (options, _) = options.split_once("/// # ").expect("more after them");
        let rows = options
            .lines()
            .filter_map(|line| line.strip_prefix("/// | `"));
        rows.map(|row| row.split_once('`').expect("code").0)
            .collect()
    }

    #[test]
    fn the_documentation_has_all_options_and_no_other() {
        let mut named: Vec<&str> = documented()
            .iter()
            .map(|row| row.split([' ', '(']).next().expect("a name"))
            .collect();
        named.dedup();
        named.sort_unstable();
        let mut known = OPTIONS.map(|option| option.name);
        known.sort_unstable();
        assert_eq!(named, known);
    }

    #[test]
    fn options_are_read_as_they_are_written_in_documentation_and_help() {
        let in_help = OPTIONS
            .iter()
            .flat_map(|option| option.written.split('`').skip(1).step_by(2))
            .filter(|code| code.contains(['=', ':', '(']));
        for code in documented().into_iter().chain(in_help) {
            let mut errors = Errors::new();
            Args::parse([code.parse().expect("tokens")], &mut errors);
            assert!(errors.check().is_ok(), "{code}");
        }
    }
}
