use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let mut results = Vec::new();
    for name in ["ada", "grace"] {
        let mut rng = parallel_for::random(1, name);
        results.push(rng.next_u64() + parallel_for::random(1, (0, 0.5)).next_u64());
    }
    println!("{results:?}");
}
