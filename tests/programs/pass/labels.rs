//! Inner loops, labels on the loop and inside it, and breaks that stay inside the body.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut factors = Vec::new();
    'numbers: for n in 2..300_u64 {
        if n % 10 == 0 {
            continue 'numbers;
        }
        'search: for a in 2..n {
            for b in a..n {
                if a * b == n {
                    factors.push((n, a, b));
                    break 'search;
                }
                if a * b > n {
                    continue 'search;
                }
                if a * a > n {
                    factors.push((n, n, 1));
                    continue 'numbers;
                }
            }
        }
        let mut digits = n;
        let sum = loop {
            if digits < 10 {
                break digits;
            }
            digits = digits / 10 + digits % 10;
        };
        while digits > 0 {
            if digits % 2 == 0 {
                break;
            }
            digits -= 1;
        }
        let parity = 'parity: {
            if digits == 0 {
                break 'parity 1;
            }
            2
        };
        factors.push((n, sum, parity));
    }
    println!("{factors:?}");
}
