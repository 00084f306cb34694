use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Body {
    position: f64,
}

#[parallel_for]
fn items(bodies: &mut [Body]) {
    for body in bodies.iter_mut() {
        body.position += 1.0;
    }
}

#[parallel_for]
fn by_index(bodies: &mut [Body]) {
    for i in 0..bodies.len() {
        bodies[i].position += 1.0;
    }
}

fn main() {
    items(&mut []);
    by_index(&mut []);
}
