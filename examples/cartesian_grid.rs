//! The ranks as a grid of rows and columns, as nearly square as their number allows, with the
//! neighbours of each.
//!
//! ```sh
//! cargo build --features mpi
//! mpiexec -n 4 target/debug/cartesian_grid
//! ```
//!
//! ```text
//! a grid of 2 x 2
//! process 0 in row 0, column 0: up none, down 2, left none, right 1
//! process 1 in row 0, column 1: up none, down 3, left 0, right none
//! process 2 in row 1, column 0: up 0, down none, left none, right 3
//! process 3 in row 1, column 1: up 1, down none, left 2, right none
//! ```

use parallel_for::Error;

fn main() -> Result<(), Error> {
    let world = parallel_for::world();
    // Numbers that are 0 are chosen; `true` would join the ends of a dimension.
    let Some(grid) = world.cartesian(&[0, 0], &[false, false])? else {
        unreachable!("the chosen grid has a cell for every rank");
    };
    let name = |rank: &Option<usize>| rank.map_or("none".to_owned(), |rank| rank.to_string());
    let neighbours: Vec<String> = grid.neighbours().iter().map(name).collect();
    let line = format!(
        "process {} in row {}, column {}: up {}, down {}, left {}, right {}",
        grid.rank(),
        grid.coords()[0],
        grid.coords()[1],
        neighbours[0],
        neighbours[1],
        neighbours[2],
        neighbours[3],
    );
    // The ranks do not print themselves: a launcher mixes their lines in any order.
    if let Some(lines) = grid.gather(0, line)? {
        println!("a grid of {} x {}", grid.dims()[0], grid.dims()[1]);
        println!("{}", lines.join("\n"));
    }
    Ok(())
}
