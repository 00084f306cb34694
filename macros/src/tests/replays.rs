//! Snapshots of loops whose statements run in the order of the items, as in `expansion.rs`.

use super::expanded;
use super::expansion::snapshots;
use expect_test::expect_file;

snapshots! {
statements_in_the_order_of_the_items: r"#[parallel_for]
fn f(&mut self, xs: &[u64], image: &mut Image) -> Vec<u64> {
    let mut counts = vec![0; 10];
    let (mut best, mut at) = (0.0, 0);
    let mut results = Vec::new();
    for (i, x) in xs.iter().enumerate() {
        let slot = key(x) % counts.len();
        counts[slot] += weight(x);
        let cost = self.model.cost(x);
        if cost < best { best = cost; at = i; }
        self.groups.entry(slot).or_default().push(*x);
        image.put_pixel(i, slot, Rgb([colour(x), 0, 1]));
        results.push(cost);
    }
    results
}"

statements_with_a_question_mark: r#"#[parallel_for]
fn f<W: Write>(writer: &mut W, xs: &[u64], seen: &mut Vec<u64>) -> Result<u64, Error> {
    let mut sum = 0;
    let mut groups = BTreeMap::new();
    for x in xs {
        let line = line(x)?;
        writer.write_all(line.as_bytes())?;
        writeln!(writer, "{x} {}", sqrt(*x)).map_err(|e| Error::of(e, x))?;
        let group = groups.entry(x % 10).or_insert((0, 0));
        group.0 += 1;
        group.1 += weight(x);
        sum += x;
        seen.push(*x);
    }
    Ok(sum)
}"#

statements_in_unsafe_blocks: r"#[parallel_for]
fn f(image: &Image, out: &mut Image, xs: &[u64]) {
    for (i, x) in xs.iter().enumerate() {
        // SAFETY: both are of this size.
        #[allow(unsafe_code)]
        unsafe {
            let p = image.unsafe_get_pixel(i, 0);
            out.unsafe_put_pixel(i, 0, f(p, *xs.get_unchecked(i)));
        }
        self.counts[key(x)] += 1;
    }
}"

collections_of_any_type: r"#[parallel_for]
fn f(&mut self, xs: &[u64], table: &mut [Row]) -> Result<Known, Error> {
    let mut known = Default::default();
    let mut list: Vec<u64> = made();
    for x in xs {
        self.exclusions.insert((*x, 1));
        known.insert(x / 7, check(x)?);
        list.push(*x);
        match x % 3 {
            0 => self.rest.push(*x),
            _ => self.rest.push(1),
        }
    }
    Ok(known)
}"

a_statement_in_a_loop_that_can_be_left: r"#[parallel_for]
fn f(xs: &[&str], counts: &mut [u64]) -> Result<(), Error> {
    for x in xs {
        let slot: usize = x.parse()?;
        counts[slot % counts.len()] += 1;
        if slot == 7 { counts[0] = 1; return Err(Error); }
    }
    Ok(())
}"

a_continue_before_a_statement: r"#[parallel_for]
fn f(&self, n: usize, medoids: &[usize]) -> (f64, usize, usize) {
    let mut best = (0.0, 0, usize::MAX);
    let mut ties = 0;
    for j in 0..n {
        if medoids.contains(&j) { continue; }
        let (change, b) = self.swap(j);
        if change <= best.0 {
            if change == best.0 { ties += 1; }
            continue;
        }
        best = (change, b, j);
    }
    (best.0, best.2, ties)
}"
}
