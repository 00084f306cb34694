use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &mut [u64], texts: &mut Vec<String>) -> Result<(), std::num::ParseIntError> {
    for (x, text) in xs.iter_mut().zip(std::iter::from_fn(|| texts.pop())) {
        *x = text.parse()?;
    }
    Ok(())
}

fn main() {}
