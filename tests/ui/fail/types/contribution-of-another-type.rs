use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[i32]) -> (i64, f64) {
    let mut sum: i64 = 0;
    let mut product = 1.0_f64;
    for x in xs {
        sum += *x;
        product *= *x as f32;
    }
    (sum, product)
}

#[parallel_for]
fn balance(xs: &[i32]) -> i64 {
    let mut balance = 0_i64;
    for x in xs {
        if *x > 3 {
            balance += 1;
        } else {
            balance -= x;
        }
    }
    balance
}

fn main() {}
