use parallel_for::parallel_for;

trait Shape {
    fn area(&self) -> f64;
}

struct Square(f64);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}

#[parallel_for]
fn main() {
    let mut shapes: Vec<Box<dyn Shape>> = Vec::new();
    for i in 0..10 {
        shapes.push(Box::new(Square(f64::from(i))));
    }
    println!("{}", shapes.iter().map(|shape| shape.area()).sum::<f64>());
}
