use parallel_for::parallel_for;

#[parallel_for]
fn longest<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for line in lines {
        found.push(line.split(' ').next().unwrap());
    }
    found
}

fn main() {
    longest(&["a b"]);
}
