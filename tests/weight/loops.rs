//! Loops of all kinds, annotated if `annotated` is set, or `local` for the threads of one process. Their number is the
//! test's.

use std::collections::HashMap;

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn pushes(n: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(i * i);
    }
    results
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn inserts(words: &[String]) -> HashMap<String, usize> {
    let mut lengths = HashMap::new();
    for word in words {
        lengths.insert(word.to_uppercase(), word.len());
    }
    lengths
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn adds_up(numbers: &[i32]) -> i32 {
    let mut sum = 0;
    for number in numbers {
        if *number > 0 {
            sum += number;
        }
    }
    sum
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn changes_in_place(numbers: &mut [f64]) {
    for number in numbers.iter_mut() {
        *number = number.sqrt();
    }
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn stores(numbers: &[f32], results: &mut [f32]) {
    for i in 0..results.len() {
        results[i] = numbers[i] * 2.0;
    }
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn may_fail(lines: &[&str]) -> Result<Vec<i16>, std::num::ParseIntError> {
    let mut results = Vec::new();
    for line in lines {
        results.push(line.parse::<i16>()?);
    }
    Ok(results)
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn fills_several(pairs: &[(u32, char)]) -> (Vec<char>, u64, Vec<String>) {
    let (mut letters, mut sum, mut names) = (Vec::new(), 0, Vec::new());
    for (i, (key, letter)) in pairs.iter().enumerate() {
        letters.push(*letter);
        sum += u64::from(*key);
        if i % 3 == 0 {
            names.push(format!("{letter}{key}"));
        }
    }
    (letters, sum, names)
}

#[cfg_attr(annotated, parallel_for::parallel_for)]
#[cfg_attr(local, parallel_for::parallel_for(local))]
pub fn consumes(words: Vec<String>) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(&word);
    }
    text
}
