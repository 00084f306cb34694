//! The master has nothing to broadcast.

pub(crate) fn main() {
    let value: u32 = parallel_for::broadcast(None);
    println!("the tail runs: {value}");
}
