//! Which loop of which program it is.
//!
//! Invariant: it is the same for all ranks and all runs of a program, whatever their number of ranks and threads, and
//! for builds of the same source, however optimised; another body or another type makes it another one.

use std::any::type_name;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::base::hashed;

/// What the macro knows of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Written {
    number: usize,
    code: u64,
}

impl Written {
    /// The `number`-th `for` of its function, whose tokens have this `code`.
    pub(crate) const fn new(number: usize, code: u64) -> Self {
        Self { number, code }
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LoopIdentity {
    /// The path of its function, with type arguments.
    pub(crate) function: Cow<'static, str>,
    number: u64,
    code: u64,
    /// Of its items and outputs.
    types: u64,
}

impl LoopIdentity {
    /// The loop over items of `S`, with the outputs `O`, whose body is the closure `F`.
    pub(crate) fn of<S, O, F>(written: Written) -> Self {
        Self {
            function: Cow::Borrowed(function(type_name::<F>())),
            number: written.number as u64,
            code: written.code,
            types: hashed::of(type_name::<(S, O)>(), 0),
        }
    }

    /// Whether both are the same `for` of a function, maybe of different builds.
    pub(crate) fn has_name_of(&self, other: &Self) -> bool {
        (&self.function, self.number) == (&other.function, other.number)
    }

    /// Whether both have the same code, with the same or other types.
    pub(crate) fn is_written_as(&self, other: &Self) -> bool {
        (self.number, self.code) == (other.number, other.code)
    }

    /// What differs of two loops beside their functions.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let differences = [
            (self.number != other.number, "its number in the function"),
            (self.code != other.code, "its code"),
            (
                self.types != other.types,
                "the types of its items or outputs",
            ),
        ];
        let differing = differences.into_iter().filter(|(differs, _)| *differs);
        differing.map(|(_, words)| words.to_owned()).collect()
    }
}

/// The function that a closure stands in. The body of an `async` function is a closure as well.
fn function(mut closure: &'static str) -> &'static str {
    while let Some(around) = closure.strip_suffix("::{{closure}}") {
        closure = around;
    }
    closure
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: Written = Written::new(1, 2);

    fn of_body<S, F: Fn()>(_: F) -> LoopIdentity {
        LoopIdentity::of::<S, Vec<u8>, F>(WRITTEN)
    }

    fn generic<T>(_: T) -> LoopIdentity {
        of_body::<u8, _>(|| ())
    }

    struct Model<T>(T);

    impl<T> Model<T> {
        fn run() -> LoopIdentity {
            of_body::<u8, _>(|| ())
        }
    }

    trait Runs {
        fn default(&self) -> LoopIdentity {
            of_body::<u8, _>(|| ())
        }
    }

    impl<T> Runs for Model<T> {}

    fn recursive(depth: u32) -> LoopIdentity {
        if depth > 0 {
            return recursive(depth - 1);
        }
        of_body::<u8, _>(|| ())
    }

    async fn asynchronous() -> LoopIdentity {
        std::future::ready(()).await;
        of_body::<u8, _>(|| ())
    }

    fn finished<T>(future: impl Future<Output = T>) -> T {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(future).poll(&mut context) {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => panic!("it waits for nothing"),
        }
    }

    #[test]
    fn a_loop_has_the_path_of_its_function() {
        fn inner() -> LoopIdentity {
            of_body::<u8, _>(|| ())
        }
        let here = module_path!();
        let test = "a_loop_has_the_path_of_its_function";
        for (identity, path) in [
            (inner(), format!("{here}::{test}::inner")),
            (generic(1_u8), format!("{here}::generic<u8>")),
            (
                generic(|| ()),
                format!("{here}::generic<{here}::{test}::{{{{closure}}}}>"),
            ),
            (Model::<char>::run(), format!("{here}::Model<char>::run")),
            (
                Model('a').default(),
                format!("<{here}::Model<char> as {here}::Runs>::default"),
            ),
            (recursive(3), format!("{here}::recursive")),
            (finished(asynchronous()), format!("{here}::asynchronous")),
        ] {
            assert_eq!(identity.function, path);
        }
    }

    #[test]
    fn every_part_counts() {
        let ours = of_body::<u8, _>(|| ());
        assert_eq!(ours, of_body::<u8, _>(|| ()));
        assert_eq!(ours.differences(&ours), [""; 0]);

        let other_type = of_body::<u16, _>(|| ());
        assert!(ours.has_name_of(&other_type));
        assert_eq!(
            ours.differences(&other_type),
            ["the types of its items or outputs"]
        );
        let rewritten = LoopIdentity {
            number: 2,
            code: 3,
            ..ours.clone()
        };
        assert!(!ours.has_name_of(&rewritten));
        assert_eq!(
            ours.differences(&rewritten),
            ["its number in the function", "its code"]
        );
        let elsewhere = generic('a');
        assert!(!ours.has_name_of(&elsewhere) && ours.is_written_as(&elsewhere));
        assert_eq!(ours.differences(&elsewhere), [""; 0]);
    }
}
