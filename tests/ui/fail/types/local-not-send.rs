use std::rc::Rc;

use parallel_for::parallel_for;

#[parallel_for(local)]
fn shared(words: &[String]) -> Vec<Rc<str>> {
    let mut shared = Vec::new();
    for word in words {
        shared.push(word.as_str().into());
    }
    shared
}

#[parallel_for(local)]
fn last(words: &[String]) -> Option<Rc<str>> {
    let mut last = None;
    for word in words {
        last = Some(word.as_str().into());
    }
    last
}

#[parallel_for(local)]
fn renewed(words: &mut [Rc<str>]) {
    for word in words.iter_mut() {
        *word = "new".into();
    }
}

fn main() {
    shared(&[]);
    last(&[]);
    renewed(&mut []);
}
