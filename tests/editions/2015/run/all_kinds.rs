// A crate of edition 2015, where `::core` and `::parallel_for` are modules of its own root.

extern crate parallel_for;

use parallel_for::parallel_for;

mod core {}

#[parallel_for]
fn squares(n: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(i * i);
    }
    results
}

#[parallel_for]
fn parse(texts: &[&str]) -> Result<(Vec<i32>, i32), std::num::ParseIntError> {
    let mut buffer = String::new();
    let mut numbers = Vec::new();
    let mut sum = 0;
    for text in texts {
        buffer.clear();
        buffer.push_str(text.trim());
        let number: i32 = buffer.parse()?;
        sum += number;
        numbers.push(number);
    }
    Ok((numbers, sum))
}

#[parallel_for]
fn in_place(xs: &mut Vec<f64>, ys: &mut [f64]) {
    for (x, y) in xs.iter_mut().zip(ys.iter_mut()) {
        *x += 1.0;
        *y *= *x;
    }
}

#[parallel_for]
fn by_index(out: &mut [usize]) {
    for i in 0..out.len() {
        if i % 2 == 0 {
            out[i] += i;
        }
    }
}

#[parallel_for(reduce(top: largest))]
fn reduced(xs: &[u32]) -> (u32, Option<u32>) {
    let mut top = 0;
    let mut last = None;
    for x in xs {
        top = largest(top, *x);
        last = Some(*x);
    }
    (top, last)
}

fn largest(a: u32, b: u32) -> u32 {
    if a > b {
        a
    } else {
        b
    }
}

mod inner {
    use parallel_for::parallel_for;

    #[parallel_for]
    pub fn find(xs: &[i32]) -> Option<usize> {
        for (i, x) in xs.iter().enumerate() {
            if *x < 0 {
                return Some(i);
            }
        }
        None
    }
}

#[parallel_for]
fn main() {
    assert_eq!(squares(5), [0, 1, 4, 9, 16]);
    assert_eq!(parse(&["1", " 2 ", "3"]), Ok((vec![1, 2, 3], 6)));
    assert!(parse(&["1", "x"]).is_err());
    let (mut xs, mut ys) = (vec![0.0, 1.0], [2.0, 3.0]);
    in_place(&mut xs, &mut ys);
    assert_eq!((xs, ys), (vec![1.0, 2.0], [2.0, 6.0]));
    let mut out = [1; 5];
    by_index(&mut out);
    assert_eq!(out, [1, 1, 3, 1, 5]);
    assert_eq!(reduced(&[3, 9, 4]), (9, Some(4)));
    assert_eq!(inner::find(&[1, -1]), Some(1));
    let mut words = Vec::new();
    for word in vec!["a", "b"] {
        words.push(word.to_string());
    }
    println!("{:?}", words);
}
