use parallel_for::parallel_for;

struct Grid;

#[parallel_for]
fn main() {
    let grid = Grid;
    let mut results = Vec::new();
    for cell in grid {
        results.push(1);
    }
    println!("{results:?}");
}
