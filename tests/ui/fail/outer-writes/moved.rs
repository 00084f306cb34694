use parallel_for::parallel_for;

#[parallel_for]
fn until_the_end(xs: &[u64]) -> Vec<String> {
    let (last, limit) = (String::from("end"), 7);
    let mut out = Vec::new();
    for x in xs {
        if *x > u64::min(limit, 9) {
            out.push(last);
            break;
        }
        out.push(x.to_string());
    }
    out
}

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
    until_the_end(&[1]);
    into_a_function(Vec::new());
}
