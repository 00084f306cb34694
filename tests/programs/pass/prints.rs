//! What the annotated function itself prints appears once, wherever it stands, and is evaluated on
//! every rank.

#![allow(
    clippy::dbg_macro,
    clippy::match_single_binding,
    clippy::unit_arg,
    reason = "prints stand wherever they may"
)]

use parallel_for::parallel_for;
use std::cell::Cell;
use std::fmt;
use std::num::ParseIntError;
use std::sync::Mutex;

#[parallel_for]
pub(crate) fn main() {
    println!("{:?}", changed_by_prints("a bc def 7 e"));
    println!("{:?}", changed_by_prints("a bc def g"));
    println!("setup");
    print!("no ");
    print!("newline");
    println!();
    let mode = Some(3);
    match mode {
        Some(n) if n > 2 => println!("arm {n}"),
        Some(_) => println!("other arm"),
        None => {
            println!("no arm");
        }
    }
    if let Some(n) = mode {
        println!("if {n}");
    }
    for i in 0..3 {
        println!("sequential {i}");
    }
    let mut results = Vec::new();
    for i in 0..10 {
        results.push(i);
    }
    eprintln!("on standard error");
    for result in &results {
        println!("tail {result}");
    }
    println!("length {}", shout(&results));
    println!("{}", results.len());
}

/// Counts how often it is shown.
#[derive(Default)]
struct Shown(Cell<u64>);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.set(self.0.get() + 1);
        write!(f, "{}", self.0.get())
    }
}

/// Each value that the loop uses was changed by a print.
#[parallel_for]
fn changed_by_prints(text: &str) -> Result<Vec<u64>, ParseIntError> {
    let mut words = text.split(' ');
    let (mut drawn, shown, lock) = (0, Shown::default(), Mutex::new(0));
    println!(
        "{shown} {first} {shown}",
        first = words.next().unwrap_or("none")
    );
    let mut rounds = 0;
    while rounds < 3
        && matches!(
            print!("{} ", {
                rounds += 1;
                rounds
            }),
            ()
        )
    {}
    let () = println!("{}", {
        drawn += 7;
        println!("inner {shown}");
        drawn
    });
    // The guard of the first lock is gone by the second.
    match println!("locked {}", lock.lock().unwrap()) {
        () => *lock.lock().unwrap() += 1,
    }
    let third = dbg!(words.next(), dbg!(words.next().unwrap_or_default()).len());
    #[cfg(any())]
    println!("{}", words.next().unwrap());
    if drawn == 0 {
        return Ok(println!("nothing")).map(|()| Vec::new());
    }
    assert_eq!(dbg!(rounds), 3);
    let seen = drawn + rounds + shown.0.get() + third.1 as u64 + *lock.lock().unwrap();
    let mut results = Vec::new();
    for i in 0..50 {
        std::thread::yield_now();
        results.push(i + seen);
    }
    println!(
        "{} of {}",
        total(&results),
        words.next().unwrap_or("0").parse::<u64>()?
    );
    println!("last {:?}", words.next());
    Ok(results)
}

#[parallel_for]
fn total(numbers: &[u64]) -> u64 {
    let mut total = 0;
    for number in numbers {
        total += number;
    }
    total
}

#[parallel_for]
fn shout(words: &[i32]) -> usize {
    println!("shouting");
    let mut shouted = Vec::new();
    for word in words {
        shouted.push(format!("{word}!"));
    }
    println!("{}", shouted.join(" "));
    shouted.len()
}
