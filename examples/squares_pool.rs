//! The textbook's first pool: the squares of some numbers, by a function over all of them.
//!
//! ```sh
//! cargo run --release --bin squares_pool
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/squares_pool
//! ```
//!
//! It prints, in one process and on any number of ranks:
//!
//! ```text
//! [0, 1, 4, 9, 16, 25, …, 9409, 9604, 9801]
//! ```
//!
//! with all one hundred of them. In Python this is `multiprocessing.Pool().map(square, range(100))`;
//! here no pool is opened or closed, and no `if __name__ == "__main__"` is needed.

use parallel_for::{is_master, map};

fn main() {
    let squares = map(0..100, square);
    // Every rank has them; one prints.
    if is_master() {
        println!("{squares:?}");
    }
}

fn square(n: u64) -> u64 {
    n * n
}
