//! Ranks that run different builds of one program: functions of one name at one place, which differ.

use super::failures::panics_on_ranks;
use super::tests::on_ranks;
use crate::parallel_for;

/// A program that is one build on rank 1, and another one elsewhere.
macro_rules! builds {
    ($old:tt on_one_rank, $new:tt elsewhere) => {
        || {
            if crate::rank() == 1 {
                build! $old
            } else {
                build! $new
            }
        }
    };
}

/// The loop has the same tokens with any `$element`, which is another type then.
macro_rules! build {
    ([$($options:tt)*] $element:ty: $($step:tt)+) => {{
        type Element = $element;
        #[parallel_for($($options)*)]
        fn simulate(n: u8) -> usize {
            let mut steps: Vec<Element> = Vec::new();
            for i in 0..n {
                steps.push(Element::from(i) $($step)+);
            }
            steps.len()
        }
        assert_eq!(simulate(40), 40);
    }};
}

fn refused(program: impl Fn() + Sync, words: &[&str]) {
    for size in [2, 4] {
        for text in panics_on_ranks(size, &program) {
            for words in words {
                assert!(text.contains(words), "no `{words}` in: {text}");
            }
        }
    }
}

const OTHER_BUILD: &str =
    "rank 1 (localhost) runs another build of the program than rank 0 (localhost): the loop at";
const SAME_BINARY: &str =
    "help: rebuild the program, and make sure that every node starts the same binary";

#[test]
fn other_code_is_refused() {
    let program = builds!({ [] u32: + 1 } on_one_rank, { [] u32: + 2 } elsewhere);
    refused(
        program,
        &[
            OTHER_BUILD,
            "other_code_is_refused::{{closure}}::simulate`, differs in its code\n",
            SAME_BINARY,
        ],
    );
}

#[test]
fn other_options_are_refused() {
    let program = builds!(
        { [schedule = round_robin] u32: + 1 } on_one_rank,
        { [schedule = blocks] u32: + 1 } elsewhere
    );
    refused(program, &[OTHER_BUILD, "differs in its code\n"]);
}

#[test]
fn other_types_are_refused_before_a_result_is_read() {
    const WORDS: [&str; 2] = [
        OTHER_BUILD,
        "differs in the types of its items or outputs\n",
    ];
    refused(
        builds!({ [] u16: * 2 } on_one_rank, { [] u64: * 2 } elsewhere),
        &WORDS,
    );
    refused(
        builds!({ [schedule = blocks] u16: * 2 } on_one_rank, { [schedule = blocks] u64: * 2 } elsewhere),
        &WORDS,
    );
    refused(
        builds!({ [items = master] u16: * 2 } on_one_rank, { [items = master] u64: * 2 } elsewhere),
        &WORDS,
    );
}

#[test]
#[allow(
    clippy::if_same_then_else,
    reason = "the two stand in different places"
)]
fn a_loop_that_has_moved_is_refused() {
    let program = || {
        if crate::rank() == 1 {
            #[parallel_for]
            fn simulate() {
                let mut steps = Vec::new();
                for i in 0..40 {
                    steps.push(i);
                }
            }
            simulate();
        } else {
            #[parallel_for]
            fn simulate() {
                let mut steps = Vec::new();
                for i in 0..40 {
                    steps.push(i);
                }
            }
            simulate();
        }
    };
    refused(
        program,
        &[OTHER_BUILD, "differs in its place, ", " on rank 1\n"],
    );
}

#[test]
fn a_generic_function_is_one_with_each_type() {
    #[parallel_for]
    fn counted<T: crate::Transport + Clone + Sync>(values: &[T]) -> usize {
        let mut copies = Vec::new();
        for value in values {
            copies.push(value.clone());
        }
        copies.len()
    }
    let of_one_type = on_ranks(3, 2, 5, || counted(&[1_u8, 2]) + counted(&[Some(3), None]));
    assert_eq!(of_one_type, [4; 3]);
    let of_two_types = || {
        if crate::rank() == 1 {
            counted(&[1_u8, 2]);
        } else {
            counted(&[Some(3), None]);
        }
    };
    refused(
        of_two_types,
        &[
            "rank 1 (localhost) reaches the loop at",
            "counted<u8>`, but rank 0 (localhost) in `",
            "counted<core::option::Option<i32>>`\nhelp: every rank must call a generic function with the same types",
        ],
    );
}

#[test]
fn loops_of_one_line_are_told_apart() {
    macro_rules! functions {
        ($($name:ident: $by:literal)*) => {
            $(#[parallel_for]
            fn $name(depth: u64) -> u64 {
                if depth > 0 {
                    return $name(depth - 1);
                }
                let mut sum = 0;
                #[parallel_for]
                for i in 0..20 {
                    sum += i * $by;
                }
                let mut count = 0;
                #[parallel_for]
                for _ in 0..sum {
                    count += 1;
                }
                sum + count
            })*
        };
    }
    functions!(once: 1 twice: 2);
    assert_eq!(on_ranks(3, 2, 6, || (once(2), twice(0))), [(380, 760); 3]);
}
