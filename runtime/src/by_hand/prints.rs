//! The annotated function's own prints: written on the master, formatted on every rank.
//!
//! Invariant: the ranks differ in where the text goes alone. Arguments are evaluated, and what
//! `Display` and `Debug` do is done, on each of them and once; so their later code finds the same
//! values, and a call of all ranks in there finds all ranks. Temporaries live as long as in the
//! macros of the standard library, which these have the form of.

use std::fmt::{self, Write};

use crate::base::stderr::beside;
use crate::by_hand::ranks::prints;

/// `print!`
pub fn print(text: fmt::Arguments<'_>) {
    // The standard library's macros, so that tests capture what is printed.
    if prints() {
        beside(text, |text| std::print!("{text}"));
    } else {
        unseen(text);
    }
}

/// `println!`
pub fn print_line(text: fmt::Arguments<'_>) {
    if prints() {
        beside(text, |text| std::println!("{text}"));
    } else {
        unseen(text);
    }
}

/// `eprint!`
pub fn eprint(text: fmt::Arguments<'_>) {
    if prints() {
        beside(text, |text| std::eprint!("{text}"));
    } else {
        unseen(text);
    }
}

/// `eprintln!`
pub fn eprint_line(text: fmt::Arguments<'_>) {
    if prints() {
        beside(text, |text| std::eprintln!("{text}"));
    } else {
        unseen(text);
    }
}

/// Formats and forgets.
fn unseen(text: fmt::Arguments<'_>) {
    struct Nowhere;

    impl Write for Nowhere {
        fn write_str(&mut self, _: &str) -> fmt::Result {
            Ok(())
        }
    }

    // A `Display` that fails makes the standard library's macros panic.
    Nowhere.write_fmt(text).expect("what is printed has a text");
}

/// `print!` of an annotated function.
#[macro_export]
#[doc(hidden)]
macro_rules! __print {
    ($($argument:tt)*) => {{
        $crate::__private::print($crate::__private::format_args!($($argument)*));
    }};
}

/// `println!` of an annotated function.
#[macro_export]
#[doc(hidden)]
macro_rules! __println {
    () => {
        $crate::__private::println!("")
    };
    ($($argument:tt)*) => {{
        $crate::__private::print_line($crate::__private::format_args!($($argument)*));
    }};
}

/// `eprint!` of an annotated function.
#[macro_export]
#[doc(hidden)]
macro_rules! __eprint {
    ($($argument:tt)*) => {{
        $crate::__private::eprint($crate::__private::format_args!($($argument)*));
    }};
}

/// `eprintln!` of an annotated function.
#[macro_export]
#[doc(hidden)]
macro_rules! __eprintln {
    () => {
        $crate::__private::eprintln!("")
    };
    ($($argument:tt)*) => {{
        $crate::__private::eprint_line($crate::__private::format_args!($($argument)*));
    }};
}

/// `dbg!` of an annotated function.
#[macro_export]
#[doc(hidden)]
macro_rules! __dbg {
    () => {
        $crate::__private::eprintln!("[{}:{}:{}]", ::core::file!(), ::core::line!(), ::core::column!())
    };
    ($value:expr $(,)?) => {
        match $value {
            value => {
                $crate::__private::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    ::core::file!(),
                    ::core::line!(),
                    ::core::column!(),
                    ::core::stringify!($value),
                    &&value as &dyn ::core::fmt::Debug
                );
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => {
        ($($crate::__private::dbg!($value)),+,)
    };
}
