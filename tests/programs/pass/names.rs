//! Names of the program that look like those of the expansion, or hide those that it needs.
#![allow(
    clippy::needless_range_loop,
    clippy::cast_precision_loss,
    reason = "not this one's concern"
)]
#![allow(
    non_camel_case_types,
    reason = "names like those of modules and methods"
)]

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[allow(dead_code, reason = "it hides the real one")]
mod core {
    pub(crate) mod option {
        pub(crate) struct Option;
    }
}

#[allow(dead_code, reason = "it hides the real one")]
mod std {}

#[allow(dead_code, reason = "it hides the real one")]
struct Option;

#[allow(dead_code, reason = "it hides the real one")]
enum Result {
    Ok,
    Err,
}

#[allow(dead_code, reason = "it hides the real one")]
trait Clone {
    fn clone(&self) -> u8 {
        7
    }
}

impl<T> Clone for Vec<T> {}

#[allow(dead_code, reason = "it hides the real one")]
trait Fallible {
    fn completed() -> u8 {
        9
    }
}

impl<T> Fallible for T {}

macro_rules! part {
    ($e:expr) => {
        $e + 1
    };
}

macro_rules! items {
    ($($item:tt)*) => {
        [$($item)*]
    };
}

macro_rules! items_again {
    ($e:expr) => {
        $e * 2
    };
}

fn distribute(results: u64) -> u64 {
    results + 1
}

fn mark(part: u64) -> u64 {
    part + 2
}

fn once(value: u64) -> u64 {
    value + 3
}

fn sum(value: u64) -> u64 {
    value + 4
}

struct exits {
    again: u64,
}

impl exits {
    fn run(&self) -> bool {
        self.again > 10
    }
}

/// Locals of these names in the function, in the body, and in the head of the loop.
#[parallel_for]
fn locals(count: u64) -> ::core::option::Option<(Vec<u64>, u64)> {
    let (chunk, part, options, updates, scratch, master_only) = (1, 2, 3, 4, 5, 6);
    let (__chunk, __mark, __part, __loop, __once, __index) = (1, 2, 3, 4, 5, 6);
    let mut results = Vec::new();
    let mut total = 0;
    'r#loop: for __item in 0..count {
        let mark = mark(__item) + __mark + __part;
        let begin = once(__once) + sum(__index);
        let exits = exits { again: __loop };
        if exits.run() {
            continue 'r#loop;
        }
        if __item * options == 3 * 70 {
            break 'r#loop;
        }
        total += items![mark, begin, chunk].len() as u64;
        results.push(part!(mark) + items_again!(begin) + distribute(chunk));
        if count > 150 && master_only + __item == 66 {
            return ::core::option::Option::None;
        }
    }
    ::core::option::Option::Some((results, total + part + updates + scratch + __chunk))
}

/// Outputs and elements of these names.
#[parallel_for]
fn outputs(count: usize) -> ::core::result::Result<::std::string::String, u64> {
    let mut part = 0;
    let mut __chunk = Vec::new();
    let mut chunk = vec![0; count];
    let mut mark = false;
    let mut __part = ::core::primitive::f64::MIN;
    let mut item = ::std::string::String::new();
    for __results in 0..count {
        work(200);
        part += __results;
        __chunk.push(__results);
        mark |= __results == 7;
        __part = __part.max(__results as f64);
        chunk[__results] = __results * 2;
        item.push('x');
        let results: ::core::result::Result<usize, u64> = if __results == 55 {
            ::core::result::Result::Err(5)
        } else {
            ::core::result::Result::Ok(0)
        };
        part += results?;
        if __results == 50 {
            break;
        }
    }
    ::core::result::Result::Ok(format!(
        "{part} {__chunk:?} {chunk:?} {mark} {__part} {item}"
    ))
}

/// The names that are made of those of the outputs.
#[parallel_for]
fn made(values: &mut [u64]) -> u64 {
    let __values = 5;
    let (__values_element, __values_updates, __values_item) = (6, 7, 8);
    let mut count = 0;
    for (i, value) in values.iter_mut().enumerate() {
        *value += __values + __values_element + __values_updates + __values_item;
        if *value % 2 == 0 && i > 3 {
            continue;
        }
        count += 1;
    }
    count + __values
}

/// Labels of these names, around and inside.
#[parallel_for]
fn labels(count: u64) -> Vec<u64> {
    let mut found = Vec::new();
    '__loop: for a in 1..4 {
        #[parallel_for]
        'chunk: for b in 0..count {
            '__chunk: for c in 0..b {
                work(50);
                if c * a == 12 {
                    continue 'chunk;
                }
                if c * b == 99 {
                    break '__loop;
                }
                if c + b == 20 * a {
                    continue '__loop;
                }
                if c > 5 {
                    break '__chunk;
                }
            }
            found.push(a * b);
        }
    }
    found
}

/// Raw names, and those of keywords to come.
#[parallel_for]
fn raw(r#in: &[u64]) -> (u64, Vec<u64>) {
    let mut r#type = 0;
    let mut r#match = Vec::new();
    for r#struct in r#in {
        if *r#struct > 60 {
            break;
        }
        r#type += r#struct;
        r#match.push(r#type_of(*r#struct));
    }
    (r#type, r#match)
}

fn r#type_of(r#fn: u64) -> u64 {
    r#fn / 2
}

/// The output has the name of the attribute, of its crate, and of a function of this program.
#[parallel_for]
fn namesakes(count: u64) -> u64 {
    let mut parallel_for = 0;
    let mut churn = Vec::new();
    let distribute = distribute;
    for i in 0..count {
        parallel_for += distribute(i);
        churn.push(i);
        if i == 40 {
            break;
        }
    }
    parallel_for + churn.len() as u64
}

fn main() {
    let mut report = Vec::new();
    for count in [0, 60, 90, 200] {
        report.push(format!("{:?}", locals(count)));
    }
    for count in [0, 30, 54, 80] {
        report.push(format!("{:?}", outputs(count)));
    }
    let mut values: Vec<u64> = (0..30).map(|n| n * n).collect();
    report.push(format!("{} {values:?}", made(&mut values)));
    for count in [0, 7, 12, 40] {
        report.push(format!("{:?}", labels(count)));
    }
    report.push(format!("{:?} {}", raw(&values), namesakes(70)));
    show(&report);
}
