use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let world = parallel_for::world();
    let mut ranks = Vec::new();
    for i in 0..10 {
        ranks.push(world.rank() + i);
    }
    println!("{ranks:?}");
}
