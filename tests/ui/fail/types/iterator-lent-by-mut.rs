use parallel_for::parallel_for;

struct Countdown(u32);

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

impl Countdown {
    #[parallel_for]
    fn until(&mut self, stop: u32) -> Vec<u32> {
        let mut results = Vec::new();
        for x in &mut *self {
            if x == stop {
                break;
            }
            results.push(x);
        }
        results
    }
}

#[parallel_for]
fn head(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    let mut head = Vec::new();
    for line in &mut lines {
        if line.is_empty() {
            break;
        }
        head.push(line.to_owned());
    }
    head
}

fn main() {}
