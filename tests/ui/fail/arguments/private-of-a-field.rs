use parallel_for::parallel_for;

struct State {
    buffer: Vec<u64>,
}

#[parallel_for(private(state.buffer))]
fn f(xs: &[u64], state: &mut State) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        state.buffer.clear();
        results.push(*x);
    }
    results
}

fn main() {}
