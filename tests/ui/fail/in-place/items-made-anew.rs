use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &mut [u64], texts: &[String]) -> Result<(), std::num::ParseIntError> {
    for (x, text) in xs.iter_mut().zip(texts.iter().map(|text| text.trim())) {
        *x = text.parse()?;
    }
    Ok(())
}

fn main() {}
