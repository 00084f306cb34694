use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let mut reversed = Vec::new();
    for i in 0..10 {
        reversed.insert(0, i);
    }
    println!("{reversed:?}");
}
