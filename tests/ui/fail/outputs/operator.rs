use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[String]) -> String {
    let mut text = String::new();
    for x in xs {
        text.push_str("item ");
        text += x;
    }
    text
}

fn main() {}
