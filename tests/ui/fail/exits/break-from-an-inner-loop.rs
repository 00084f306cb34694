use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    'items: for x in xs {
        for y in 0..*x {
            if y == 3 {
                break 'items;
            }
        }
        results.push(*x);
    }
    results
}

fn main() {}
