// The name of the method does not say that it sets something.
use parallel_for::parallel_for;

struct Image(Vec<u8>);

impl Image {
    fn draw(&mut self, at: usize, value: u8) {
        self.0[at] = value;
    }
}

#[parallel_for]
fn picture(image: &mut Image) {
    for i in 0..image.0.len() {
        let value = u8::try_from(i % 251).unwrap();
        image.draw(i, value);
    }
}

fn main() {
    picture(&mut Image(vec![0; 9]));
}
