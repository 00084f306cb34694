// The elements that a method sets can't be told apart.
use parallel_for::parallel_for;

struct Image(Vec<u8>);

impl Image {
    fn set(&mut self, at: usize, value: u8) {
        self.0[at] = value;
    }
}

#[parallel_for]
fn draw(image: &mut Image) {
    for i in 0..image.0.len() {
        let value = u8::try_from(i % 251).unwrap();
        image.set(i, value);
    }
}

fn main() {
    draw(&mut Image(vec![0; 9]));
}
