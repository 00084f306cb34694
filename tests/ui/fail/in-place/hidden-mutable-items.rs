// The syntax doesn't show that the items are mutable, their type does.
use parallel_for::parallel_for;

struct Grid(Vec<u64>);

impl Grid {
    fn cells(&mut self) -> impl Iterator<Item = &mut u64> {
        self.0.iter_mut()
    }
}

#[parallel_for]
fn doubled(grid: &mut Grid) -> usize {
    let mut results = Vec::new();
    for cell in grid.cells() {
        *cell *= 2;
        results.push(*cell);
    }
    results.len()
}

fn main() {
    doubled(&mut Grid(vec![1, 2, 3]));
}
