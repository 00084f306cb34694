use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    #[parallel_for]
    for x in xs {
        println!("{x}");
    }
    for x in xs {
        results.push(*x);
    }
    results
}

#[parallel_for]
fn lines(table: &[Vec<f64>]) {
    #[parallel_for(local)]
    for (i, row) in table.iter().enumerate() {
        print!("{i}");
        for x in row {
            print!(" {x}");
        }
        println!();
    }
}

fn main() {}
