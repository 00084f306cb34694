use parallel_for::parallel_for;

struct Table {
    rows: Vec<u32>,
}

impl Table {
    fn push(&mut self, row: u32) {
        self.rows.push(row);
    }

    fn extend(&mut self, rows: Vec<u32>) {
        self.rows.extend(rows);
    }
}

fn empty() -> Table {
    Table { rows: Vec::new() }
}

#[parallel_for]
fn main() {
    let mut table = empty();
    for row in 0..10 {
        table.push(row);
        table.extend(vec![row; 2]);
    }
    println!("{}", table.rows.len());
}
