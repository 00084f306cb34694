// The master has taken items ahead of the one that leaves the loop.
use parallel_for::parallel_for;

#[parallel_for(items = master)]
fn main() {
    let mut lines = std::io::stdin().lines().map_while(Result::ok);
    let mut header = Vec::new();
    for line in lines.by_ref() {
        if line.is_empty() {
            break;
        }
        header.push(line.len());
    }
    println!("{}", header.len());
}
