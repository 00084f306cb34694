//! A parallel loop inside a sequential one: every round needs the results of the one before.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut state: Vec<u64> = (0..32).collect();
    let mut round = 0;
    while round < 20 {
        let mut next = Vec::new();
        for i in 0..state.len() {
            let (left, right) = (state[(i + 31) % 32], state[(i + 1) % 32]);
            next.push((left * 31 + right * 17 + state[i]) % 1009);
        }
        state = next;
        round += 1;
    }
    println!("{state:?}");
    println!("{:?}", maxima());
}

#[parallel_for]
fn maxima() -> Vec<u64> {
    let mut maxima = Vec::new();
    for round in 1..=10_u64 {
        let mut values = Vec::new();
        #[parallel_for]
        for i in 0..100_u64 {
            values.push(i * i * round % 101);
        }
        maxima.push(values.into_iter().max().unwrap());
    }
    maxima
}
