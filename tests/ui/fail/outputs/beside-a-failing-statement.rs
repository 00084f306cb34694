use parallel_for::parallel_for;

struct Store(Vec<u64>);

impl Store {
    fn put(&mut self, x: u64) -> Result<(), String> {
        self.0.push(x);
        Ok(())
    }
}

#[parallel_for]
fn f(store: &mut Store, values: &mut [u64]) -> Result<u64, String> {
    let mut greatest = 0;
    for value in values.iter_mut() {
        *value *= 2;
        store.put(*value)?;
        greatest = twice(greatest, *value);
    }
    Ok(greatest)
}

fn twice(x: u64, y: u64) -> u64 {
    2 * x + y
}

fn main() {}
