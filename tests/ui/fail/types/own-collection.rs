use parallel_for::parallel_for;

struct Table<T> {
    rows: Vec<T>,
}

impl<T> Table<T> {
    fn push(&mut self, row: T) -> usize {
        self.rows.push(row);
        self.rows.len()
    }
}

struct Report {
    lines: Table<Line>,
    counts: Table<usize>,
}

struct Line(u32);

impl Report {
    #[parallel_for]
    fn without_serde(&mut self) {
        for i in 0..10 {
            self.lines.push(Line(i));
        }
    }

    #[parallel_for]
    fn returned(&mut self) {
        for i in 0..10 {
            match i {
                0 => {}
                i => drop([i].map(|i| self.counts.push(i))),
            }
        }
    }
}

fn main() {
    let mut report = Report {
        lines: Table { rows: Vec::new() },
        counts: Table { rows: Vec::new() },
    };
    report.without_serde();
    report.returned();
}
