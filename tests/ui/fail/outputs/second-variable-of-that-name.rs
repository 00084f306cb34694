use parallel_for::parallel_for;

struct State {
    results: Vec<u64>,
}

#[parallel_for]
fn f(xs: &[u64], state: &mut State) {
    for x in xs {
        state.results.push(*x);
        let mut state = State { results: Vec::new() };
        state.results.push(*x);
    }
}

fn main() {}
