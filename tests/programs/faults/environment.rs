//! A variable that rank 1 alone has, as where a launcher passes the environment to some machines only:
//! `fault_environment NAME TEXT`.

use std::env;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use parallel_for::parallel_for;

#[parallel_for]
fn count() -> usize {
    let mut results = Vec::new();
    for i in 0..40_u64 {
        results.push(i);
    }
    results.len()
}

pub(crate) fn main() {
    let arguments: Vec<String> = env::args().collect();
    let [program, name, text] = &arguments[..] else {
        panic!("a name and a text");
    };
    let is_set = env::var(name).is_ok_and(|set| set == *text);
    if launched_as() == Some(1) && !is_set {
        // The same process once more: to the launcher nothing has happened.
        let error = Command::new(program)
            .args([name, text])
            .env(name, text)
            .exec();
        panic!("{program}: {error}");
    }
    let count = count();
    parallel_for::on_master(|| println!("the tail runs: {count}"));
}

/// This process's rank before MPI is started.
fn launched_as() -> Option<usize> {
    let ranks = ["OMPI_COMM_WORLD_RANK", "PMI_RANK"];
    ranks
        .iter()
        .find_map(|name| env::var(name).ok()?.parse().ok())
}
