use parallel_for::parallel_for;

#[parallel_for(local)]
fn doubled<T: Copy + Sync + std::ops::Add<Output = T>>(values: &[T]) -> Vec<T> {
    let mut sums = Vec::new();
    for &value in values {
        sums.push(value + value);
    }
    sums
}

fn main() {
    doubled(&[1, 2]);
}
