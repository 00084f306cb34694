//! Runs the contract suites on the ranks that it is started with: that of communicators, that of
//! fabrics with all that a job survives, or the part of it that is named.

fn main() {
    let part = std::env::args().nth(1).unwrap_or_else(|| "all".to_owned());
    if part == "communicators" {
        parallel_for::__private::check_communicator();
    } else {
        parallel_for::__private::check_fabric(&part);
    }
    if parallel_for::is_master() {
        println!("the contract holds on {} ranks", parallel_for::size());
    }
}
