//! Snapshots of loops that reduce and that update in place, as in `expansion.rs`.

use super::expanded;
use super::expansion::snapshots;
use expect_test::expect_file;

snapshots! {
reductions: r"#[parallel_for]
fn f(xs: &[f64], mut flags: u8) -> f64 {
    let (mut sum, mut balance, mut n, mut product) = (0.0, 0.0, 0, 1.0);
    let mut last = None;
    for (i, x) in xs.iter().enumerate() {
        sum += x;
        balance += x;
        if i > 3 { balance -= 1.0; }
        n = n + 1;
        product *= x + 1.0;
        flags |= 1 << i;
        if *x > 3.0 { last = Some(i); }
    }
    sum
}"

extrema: r"#[parallel_for]
fn f(xs: &[f64]) -> f64 {
    let (mut a, mut b, mut c, mut d, mut e) = (0.0, 0.0, 0, 0.0, 0);
    for x in xs {
        a = a.max(*x);
        b = f64::min(b, work(x));
        c = max(c, count(x));
        if *x > d { d = *x; }
        let size = size(x);
        if size > 3 { continue; } else if e >= size { e = size }
    }
    a + b
}"

reduced_fields_and_references: r"#[parallel_for]
fn f(&mut self, xs: &[u64], n: &mut u64, text: &mut String) {
    for x in xs {
        self.total += x;
        *n += 1;
        *text += name(x);
        text.push('x');
        if *x > self.best { self.best = *x }
    }
}"

folded: r"#[parallel_for(reduce(hash: mix, words: merge, stats: Stats::add))]
fn f(xs: &[u64], mut hash: u64, mut words: Words, mut stats: Stats) {
    for x in xs {
        hash = mix(hash, *x);
        words.merge(count(x));
        Stats::add(&mut stats, x);
    }
}"

elements: r"#[parallel_for]
fn f(xs: &[u64], out: &mut [u64]) {
    for (i, x) in xs.iter().enumerate() {
        if i < out.len() { out[i] = x * x; }
    }
}"

elements_that_are_read: r#"#[parallel_for]
fn f(&mut self, n: usize, mut rows: Vec<Vec<u64>>) {
    'own: for i in 0..n {
        self.totals[i].sum += 1;
        for j in 0..n {
            if j > 3 { continue 'own; }
            rows[i][j] = self.totals[i].sum;
            println!("{}", rows[i].len());
        }
    }
}"#

items_in_place: r"#[parallel_for]
fn f(xs: &mut [u64]) {
    for x in xs.iter_mut() { *x *= 2; }
}"

zipped_items_in_place: r"#[parallel_for]
fn f(&mut self, ys: &[u64]) {
    for (i, (x, y)) in self.xs.iter_mut().zip(ys).enumerate() {
        if *y == 0 { continue; }
        *x += y * i as u64;
        self.count += 1;
    }
}"

items_in_any_form: r"#[parallel_for]
fn f(table: &mut [u64]) -> u64 {
    let mut sum = 0;
    for (i, row) in table.chunks_mut(3).enumerate() {
        row[0] += i;
        sum += row[1];
    }
    sum
}"

items_in_any_form_of_a_loop_that_is_left: r"#[parallel_for]
fn f(xs: &mut [u64]) -> Option<()> {
    for x in &mut xs[1..] {
        *x = work(*x)?;
    }
    Some(())
}"

rows: r"#[parallel_for]
fn f(rows: &mut [Vec<f64>], a: &[f64]) {
    'rows: for i in 0..rows.len() {
        for j in 0..rows[i].len() {
            if a[j] < 0.0 {
                continue 'rows;
            }
            rows[i][j] += a[j];
        }
    }
}"

leaving_while_updating: r"#[parallel_for]
fn f(xs: &mut [u64], out: &mut [u64], ys: &[u64]) -> Result<u64, Error> {
    let mut sum = 0;
    'own: for (i, (x, y)) in xs.iter_mut().zip(ys).enumerate() {
        if *y == 0 { continue 'own; }
        if *y == 1 { return Ok(out[i] + sum); }
        out[i] += work(y)?;
        *x += y;
        sum += y;
    }
    Ok(sum)
}"
}
