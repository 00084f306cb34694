//! Runs the contract suite of fabrics on the ranks that it is started with: all that a job
//! survives, or the part that is named.

fn main() {
    let part = std::env::args().nth(1).unwrap_or_else(|| "all".to_owned());
    parallel_for::__private::check_fabric(&part);
    if parallel_for::is_master() {
        println!("the contract holds on {} ranks", parallel_for::size());
    }
}
