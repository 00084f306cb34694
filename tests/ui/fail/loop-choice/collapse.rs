use parallel_for::parallel_for;

#[parallel_for(collapse)]
fn triangle(n: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..n {
        for j in i..n {
            results.push(j);
        }
    }
    results
}

#[parallel_for(collapse)]
fn statements_between(n: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..n {
        let double = 2 * i;
        for j in 0..n {
            results.push(double + j);
        }
    }
    results
}

#[parallel_for(collapse)]
fn break_of_the_inner_loop(n: usize) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..n {
        for j in 0..n {
            if j * j > i {
                break;
            }
            results.push(j);
        }
    }
    results
}

#[parallel_for(collapse)]
fn items_of_a_map(map: &std::collections::HashMap<u8, u8>) -> Vec<u8> {
    let mut results = Vec::new();
    for i in 0..3 {
        for (key, value) in map {
            results.push(i + key + value);
        }
    }
    results
}

fn main() {
    triangle(3);
    statements_between(3);
    break_of_the_inner_loop(3);
    items_of_a_map(&[(1, 2)].into());
}
