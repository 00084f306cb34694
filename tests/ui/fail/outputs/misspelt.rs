use parallel_for::parallel_for;

#[parallel_for]
fn long(words: &[String]) -> Vec<String> {
    let mut out = vec!["first".to_owned()];
    for word in words {
        if word.len() > 3 {
            out.push(word.clone());
        } else {
            out.psuh(word.clone());
        }
    }
    out
}

#[parallel_for]
fn lengths(words: &[String]) -> Vec<usize> {
    let mut out = Vec::new();
    for word in words {
        out.pusj(word.len());
    }
    out
}

fn main() {}
