use parallel_for::parallel_for;

#[parallel_for]
fn into_a_function(words: Vec<String>) -> Vec<usize> {
    let mut out = Vec::new();
    for i in 0..3 {
        out.push(i + count(words));
    }
    out
}

fn count(words: Vec<String>) -> usize {
    words.len()
}

fn main() {
    into_a_function(Vec::new());
}
