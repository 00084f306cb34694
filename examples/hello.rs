//! Every rank says where it runs: the first thing to try on a new cluster.
//!
//! ```sh
//! cargo build --features mpi
//! target/debug/hello
//! mpiexec -n 4 target/debug/hello
//! ```

use parallel_for::{gather, processor_name, rank, size};

fn main() {
    let greeting = format!("rank {} of {} on {}", rank(), size(), processor_name());
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(greetings) = gather(greeting) {
        for greeting in greetings {
            println!("{greeting}");
        }
    }
}
