// After the loop the function goes on with an iterator that every rank has left at another place.
use parallel_for::parallel_for;

#[parallel_for]
fn header(text: &str) -> (Vec<usize>, usize) {
    let mut lines = text.lines();
    let mut lengths = Vec::new();
    for line in lines.by_ref() {
        if line.is_empty() {
            break;
        }
        lengths.push(line.len());
    }
    (lengths, lines.count())
}

fn main() {
    header("a\nb\n\nc\n");
}
