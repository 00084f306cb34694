//! Runs the contract suite of communicators on the ranks that it is started with.

fn main() {
    parallel_for::__private::check_communicator();
    if parallel_for::is_master() {
        println!("the contract holds on {} ranks", parallel_for::size());
    }
}
