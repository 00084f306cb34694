//! Methods with `&self`, associated functions and methods of a trait.

use parallel_for::parallel_for;

struct Polynomial {
    coefficients: Vec<i64>,
}

trait Tabulate {
    fn value(&self, x: i64) -> i64;
    fn table(&self, until: i64) -> Vec<i64>;
}

impl Polynomial {
    #[parallel_for]
    fn powers(of: i64, count: u32) -> Vec<i64> {
        let mut powers = Vec::new();
        for exponent in 0..count {
            powers.push(of.pow(exponent));
        }
        powers
    }

    #[parallel_for]
    fn roots(&self, from: i64, to: i64) -> Vec<i64> {
        let mut roots = Vec::new();
        for x in from..to {
            if self.value(x) == 0 {
                roots.push(x);
            }
        }
        roots
    }
}

impl Tabulate for Polynomial {
    fn value(&self, x: i64) -> i64 {
        self.coefficients.iter().rev().fold(0, |sum, c| sum * x + c)
    }

    #[parallel_for]
    fn table(&self, until: i64) -> Vec<i64> {
        let mut values = Vec::new();
        for x in 0..until {
            values.push(self.value(x));
        }
        values
    }
}

#[parallel_for]
fn main() {
    let polynomial = Polynomial {
        coefficients: vec![-6, 11, -6, 1],
    };
    let roots = polynomial.roots(-50, 50);
    assert_eq!(roots, [1, 2, 3]); // On every rank: the setup needs them.
    let mut report = Vec::new();
    for x in polynomial.table(20) {
        report.push(x + roots[0]);
    }
    println!("{report:?} {:?}", Polynomial::powers(3, 12));
}
