use parallel_for::parallel_for;

struct Table {
    rows: Vec<u32>,
}

impl Table {
    fn push(&mut self, row: u32) -> usize {
        self.rows.push(row);
        self.rows.len()
    }
}

#[parallel_for]
fn fill(table: &mut Table) {
    for row in 0..10 {
        let place = table.push(row);
        println!("{place}");
    }
}

fn main() {
    fill(&mut Table { rows: Vec::new() });
}
