use std::time::Duration;

use parallel_for::parallel_for;

#[parallel_for]
fn connect(address: &str) -> Option<usize> {
    for _ in 0..20 {
        if let Ok(port) = address.parse() {
            return Some(port);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    None
}

fn main() {}
