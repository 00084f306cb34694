use parallel_for::parallel_for;

#[parallel_for]
fn f(text: &str) -> &str {
    let mut last = "";
    for line in text.lines() {
        last = line;
    }
    last
}

fn main() {}
