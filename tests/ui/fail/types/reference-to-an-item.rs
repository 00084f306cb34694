use parallel_for::parallel_for;

#[derive(Debug)]
struct Star {
    mass: f64,
}

#[parallel_for]
fn heavy(stars: &[Star]) -> Vec<&Star> {
    let mut heavy = Vec::new();
    for star in stars {
        if star.mass > 10.0 {
            heavy.push(star);
        }
    }
    heavy
}

fn main() {
    heavy(&[Star { mass: 1.0 }]);
}
