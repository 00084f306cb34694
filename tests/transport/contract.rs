//! Runs the contract suite of fabrics on the ranks that it is started with.

fn main() {
    parallel_for::__private::check_fabric();
    if parallel_for::is_master() {
        println!("the contract holds on {} ranks", parallel_for::size());
    }
}
