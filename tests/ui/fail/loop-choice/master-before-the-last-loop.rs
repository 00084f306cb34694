use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let (mut squares, mut cubes) = (Vec::new(), Vec::new());
    #[parallel_for(gather = master)]
    for x in 0..10 {
        squares.push(x * x);
    }
    #[parallel_for]
    for x in &squares {
        cubes.push(x * x * x);
    }
}
