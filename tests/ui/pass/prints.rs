//! What the annotated function itself prints appears once, wherever it stands.

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
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
