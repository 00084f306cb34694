//! A pool with few long items, the longest first: Fibonacci numbers, computed in the slowest way.
//!
//! ```sh
//! cargo run --release --bin fibonacci_pool
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/fibonacci_pool
//! ```
//!
//! It prints, whatever the order in which the results arrive:
//!
//! ```text
//! fibonacci(38) = 39088169
//! fibonacci(37) = 24157817
//! fibonacci(36) = 14930352
//! fibonacci(35) = 9227465
//! fibonacci(34) = 5702887
//! fibonacci(33) = 3524578
//! ```
//!
//! Each line appears as soon as those before it have: `map_ordered` is `multiprocessing.Pool.imap`.

use parallel_for::map_ordered;

fn main() {
    let numbers = [38, 37, 36, 35, 34, 33];
    // On the other ranks the iterator is empty.
    for (n, result) in numbers.iter().zip(map_ordered(numbers, fibonacci)) {
        println!("fibonacci({n}) = {result}");
    }
}

fn fibonacci(n: u64) -> u64 {
    if n < 2 {
        n
    } else {
        fibonacci(n - 1) + fibonacci(n - 2)
    }
}
