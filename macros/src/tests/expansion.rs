//! Snapshots of expansions, one file each in `expanded/`; `UPDATE_EXPECT=1` rewrites them.

use super::expanded;
use expect_test::expect_file;

macro_rules! snapshots {
    ($($name:ident: $source:literal)*) => {$(
        #[test]
        fn $name() {
            let output = expanded($source);
            assert!(!output.contains("compile_error"), "{output}");
            expect_file![concat!("expanded/", stringify!($name), ".rs")].assert_eq(&output);
        }
    )*};
}

pub(super) use snapshots;

snapshots! {
plain_main: r#"#[parallel_for]
fn main() {
    let mut results = Vec::new();
    for x in 0..10_u64 { results.push(x * x); }
    println!("{results:?}");
}"#

main_returning_result: r"#[parallel_for]
fn main() -> Result<(), Error> {
    let mut results = Vec::new();
    for x in read()? { results.push(x); }
    save(&results)
}"

main_gathering_all: r"#[parallel_for(gather = all)]
fn main() {
    let mut results = Vec::new();
    for x in 0..10 { results.push(x); }
    use_everywhere(results);
}"

nested_block_in_main: r"#[parallel_for]
fn main() {
    let mut results = Vec::new();
    if wanted() {
        for x in 0..10 { results.push(x); }
    }
    save(&results);
}"

match_arm_in_main: r"#[parallel_for]
fn main() {
    let mut results = Vec::new();
    match wanted() {
        0 => {}
        n => for x in 0..n { results.push(x); },
    }
    save(&results);
}"

two_loops_as_one: r"#[parallel_for(collapse)]
fn f(rows: &[u64], width: u64) -> Option<Vec<u64>> {
    let mut results = Vec::new();
    'rows: for row in rows {
        for column in 0..width {
            if *row > column { break 'rows; }
            results.push(row * column);
        }
    }
    Some(results)
}"

on_the_threads_of_each_process: r#"#[parallel_for(local)]
fn longest<'a>(lines: &'a [String], lengths: &mut [usize]) -> (Vec<&'a str>, &'a str) {
    let (mut found, mut last) = (Vec::new(), "");
    for i in 0..lengths.len() {
        println!("{i}");
        found.push(&*lines[i]);
        last = &lines[i];
        lengths[i] += lines[i].len();
    }
    (found, last)
}"#

left_on_the_threads_of_each_process: r"#[parallel_for(local)]
fn parsed<'a>(lines: &'a [String]) -> Result<Vec<Line<'a>>, Wrong<'a>> {
    let mut parsed = Vec::new();
    for line in lines { parsed.push(parse(line)?); }
    Ok(parsed)
}"

inside_another_loop_of_main: r"#[parallel_for]
fn main() {
    let mut state = Vec::new();
    while again(&state) {
        #[parallel_for]
        for x in 0..10 { state.push(x); }
    }
    save(&state);
}"

returning_a_vec: r"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(x * x); }
    results
}"

gathering_on_the_master: r"#[parallel_for(gather = master)]
fn f(xs: &[u64]) -> Result<(), Error> {
    let mut results = Vec::new();
    for x in xs { results.push(x * x); }
    save(&results)
}"

several_outputs: r#"#[parallel_for]
fn f(xs: &[u64]) -> (Vec<u64>, String) {
    let mut squares = Vec::new();
    let mut text = String::new();
    for x in xs {
        write!(text, "{x}").unwrap();
        squares.push(x * x);
    }
    (squares, text)
}"#

nine_outputs: r"#[parallel_for]
fn f(o: &mut Outputs) {
    for x in 0..9 {
        o.0.push(x); o.1.push(x); o.2.push(x); o.3.push(x); o.4.push(x);
        o.5.push(x); o.6.push(x); o.7.push(x); o.8.push(x);
    }
}"

options: r"#[parallel_for(schedule = managed(chunk = 4), threads = 2)]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(x * x); }
    results
}"

going_on_after_a_panic: r"#[parallel_for(on_error = retry(3))]
fn f(xs: Vec<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(x * x); }
    results
}"

kept_in_a_folder: r#"#[parallel_for(checkpoint = "kept")]
fn f(xs: &[u64], ys: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    #[parallel_for]
    for x in xs { results.push(x * x); }
    #[parallel_for(checkpoint = off)]
    for y in ys { results.push(*y); }
    results
}"#

marked_loops: r"#[parallel_for(schedule = blocks)]
fn f(xs: &[u64]) -> Vec<u64> {
    let (mut a, mut b, mut c) = (Vec::new(), Vec::new(), Vec::new());
    #[parallel_for]
    for x in xs { a.push(*x); }
    for x in &a { b.push(*x); }
    #[parallel_for(schedule = round_robin)]
    for x in &b { c.push(*x); }
    c
}"

field_path: r#"#[parallel_for]
fn f(&mut self, xs: &[u64]) {
    for x in xs {
        if self.wanted[*x] { self.state.results.push(*x); }
        write!(&mut self.text, "{x}").unwrap();
    }
}"#

reference_parameter: r"#[parallel_for]
fn f(results: &mut Vec<u64>, more: Option<&mut Vec<u64>>) {
    if let Some(more) = more {
        for x in 0..10 { results.push(x); more.push(x); }
    }
}"

label: r"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    'items: for x in xs {
        for y in 0..*x { if y > 3 { continue 'items; } }
        results.push(*x);
    }
    results
}"

insert: r"#[parallel_for]
fn f(xs: &[u64]) -> HashMap<u64, u64> {
    let mut squares = HashMap::new();
    let mut all = Vec::new();
    for x in xs {
        squares.insert(*x, x * x);
        all.push(*x);
    }
    squares
}"

one_thread: r"#[parallel_for(threads = 1)]
fn f(tape: &Rc<Tape>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in 0..10 { results.push(tape.run(x)); }
    results
}"

items_of_the_master: r"#[parallel_for(items = master)]
fn f() -> Vec<String> {
    let mut results = Vec::new();
    for line in stdin().lines() { results.push(line); }
    results
}"

prints: r#"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    println!("start");
    let mut results = Vec::new();
    for x in xs {
        println!("in the loop");
        results.push(*x);
    }
    for r in &results { std::eprint!("{r}") }
    if results.is_empty() { println!("nothing") } else { dbg!(results.len()); }
    let shown = dbg!(results.len());
    let later = || println!("{shown}");
    later();
    results
}"#

print_in_a_match_arm: r#"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(*x); }
    match results.len() {
        0 => println!("nothing"),
        1 => { eprintln! { "one" } }
        n => print!("{n}"),
    }
    results
}"#

question_mark: r"#[parallel_for]
fn f(xs: &[&str]) -> Result<Vec<u64>, ParseIntError> {
    let mut results = Vec::new();
    for x in xs { results.push(x.parse()?); }
    Ok(results)
}"

several_ways_out: r#"#[parallel_for(threads = 1)]
fn f(&self, xs: &[u64], path: String) -> Result<impl Iterator<Item = u64>, Error> {
    let mut results = Vec::new();
    let mut text = String::new();
    'items: for x in xs {
        text.push_str("x");
        if *x == 0 { break 'items; }
        if *x == 1 { return Err(Error { path, name: self.name.clone(), x }); }
        if *x == 2 { return Ok(results.into_iter()); }
        let next = || { if *x == 3 { return None; } self.next(x) };
        results.push(next().ok_or(self.error(*x))?);
    }
    Ok(results.into_iter())
}"#

blocks_that_leave: r#"#[parallel_for]
fn f(&mut self, goals: &[usize], spare: Vec<u64>) -> Result<u64, Error> {
    let mut results = Vec::new();
    'goals: for goal in goals {
        if self.is_free(*goal) { break; }
        results.push(*goal);
        if self.is_taken(*goal) {
            self.swap(*goal, &mut results)?;
            println!("{goal}");
            break 'goals;
        }
        let Some(next) = self.next(*goal) else { self.spare = spare; break };
        results.push(next);
    }
    self.count(&results)
}"#

reductions_of_any_type: r"#[parallel_for]
fn f(xs: &[Complex]) -> (Complex, Set, Wrapping<u8>) {
    let (mut sum, mut seen, mut wrapped) = (Complex::new(0.0, 1.0), Set::NONE, Wrapping(1));
    for x in xs {
        sum += *x * f(x);
        seen |= x.set();
        for y in x.parts() { wrapped *= y; }
    }
    (sum, seen, wrapped)
}"

ways_out_of_an_outer_loop: r"#[parallel_for]
fn main() {
    'rounds: for round in 0..3 {
        let mut results = Vec::new();
        for x in 0..10 {
            for y in 0..x {
                if y == 1 { break; }
                if y == 2 { continue 'rounds; }
            }
            if x == round { break 'rounds; }
            if x > round { return; }
            results.push(x);
        }
    }
}"

bail_on_the_master: r#"#[parallel_for(items = master)]
fn f() -> anyhow::Result<usize> {
    let mut results = Vec::new();
    for line in stdin().lines() {
        if line.is_empty() { bail!("empty"); }
        results.push(line);
    }
    Ok(results.len())
}"#

scratch: r"#[parallel_for]
fn f(xs: &[u64], chunk: &mut Vec<u64>, mut path: String) -> Option<Vec<u64>> {
    let mut results = Vec::new();
    let mut buffer = Vec::new();
    let mut row = [0.0; 3];
    let (mut a, mut b) = (0, 0);
    #[parallel_for(private(chunk, path))]
    for x in xs {
        buffer.clear();
        row.fill(0.0);
        (a, b) = (*x, x + 1);
        buffer.push(a);
        row[0] = f64::from(b);
        chunk.push(x.checked_sub(1)?);
        path.push('x');
        results.push(buffer.len() + b);
    }
    Some(results)
}"

search: r#"#[parallel_for]
fn f(xs: &[u64]) -> Option<u64> {
    for x in xs {
        let Some(y) = next(x) else {
            eprintln!("none");
            return None;
        };
        if y == 3 { return Some(y); }
    }
    None
}"#
}
