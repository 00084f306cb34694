use parallel_for::parallel_for;

macro_rules! give_up {
    () => {
        return vec![]
    };
}

#[parallel_for]
fn squares(n: u32) -> Vec<u32> {
    let mut results = Vec::new();
    for i in 0..n {
        if i == 3 {
            give_up!();
        }
        results.push(i * i);
    }
    results
}

fn main() {
    squares(3);
}
