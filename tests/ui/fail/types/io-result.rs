use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let paths = ["a.txt", "b.txt"];
    let mut texts = Vec::new();
    for path in paths {
        texts.push(std::fs::read_to_string(path));
    }
    println!("{texts:?}");
}
