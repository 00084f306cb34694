// The search could be distributed, or the sum in it.
use parallel_for::parallel_for;

#[parallel_for]
fn first_heavy(rows: &[Vec<u64>]) -> Option<usize> {
    for (i, row) in rows.iter().enumerate() {
        let mut weight = 0;
        for x in row {
            weight += x * x;
        }
        if weight > 100 {
            return Some(i);
        }
    }
    None
}

fn main() {
    first_heavy(&[vec![1]]);
}
