//! Refusals that no `ui/fail` case shows: the compiler itself has more to say about those
//! functions, in words that change with its version; or a sentence is to be told from another.

use super::expanded;
use crate::distributed;
use proc_macro2::TokenStream;

macro_rules! refused {
    ($($name:ident: $message:literal $source:literal)*) => {$(
        #[test]
        fn $name() {
            let output = expanded($source);
            assert!(output.contains($message), "{output}");
            assert_eq!(output.matches("compile_error!").count(), 1, "{output}");
        }
    )*};
}

refused! {
a_const_fn: "the loop of a `const fn`"
r"#[parallel_for]
const fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(*x); }
    results
}"

loops_over_closures_with_variables_and_returns: "for x in xs.iter().map(|x| { let y = x; return y; })"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs.iter().map(|x| { let y = x; return y; }) { results.push(*x); }
    for x in xs { results.push(*x); }
}"

a_yield: "`yield` in a distributed loop"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { results.push(*x); yield *x; }
}"

a_prefix_of_an_output: "this use of `state` takes the whole of `state`"
r"#[parallel_for]
fn f(xs: &[u64], state: &mut State) {
    for x in xs { state.results.push(*x); show(state); }
}"

a_field_of_an_output: "this use of `results.count` reads `results`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Results) {
    for x in xs { results.push(results.count); }
}"

a_buffer_made_anew_too_late: "not at the start of each iteration"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    for x in xs { buffer.push(*x); results.push(buffer.len()); buffer = Vec::new(); }
}"

a_buffer_emptied_sometimes: "not at the start of each iteration"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    for x in xs { if *x == 0 { buffer.clear(); } buffer.push(*x); results.push(buffer.len()); }
}"

scratch_used_after_the_loop: "`buffer` is used after the loop"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    for x in xs { buffer.clear(); buffer.push(*x); results.push(buffer.len()); }
    results.extend(buffer);
}"

scratch_used_in_the_next_round: "`buffer` is used after the loop"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    while again(&buffer) {
        for x in xs { buffer.clear(); buffer.push(*x); results.push(buffer.len()); }
    }
}"

scratch_read_by_a_return_first: "not at the start of each iteration"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    for x in xs {
        if *x == 0 { return show(&buffer); }
        buffer.clear();
        buffer.push(*x);
        results.push(buffer.len());
    }
}"

scratch_of_the_caller: "is a reference"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, buffer: &mut Vec<u64>) {
    for x in xs { buffer.clear(); buffer.push(*x); results.push(buffer.len()); }
}"

scratch_without_a_value: "declared outside of the loop without a value"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    let mut next;
    for x in xs { next = x + 1; results.push(next); }
}"

scratch_with_a_value_in_one_branch: "declared outside of the loop without a value"
r#"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    let mut next;
    if results.is_empty() { next = 3; println!("{next}"); }
    for x in xs { next = x + 1; results.push(next); }
}"#

scratch_of_an_unknown_type: "its type is not a collection"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    let mut canvas = Canvas::new();
    for x in xs { canvas.clear(); canvas.draw(x); results.push(canvas.size()); }
}"

scratch_filled_at_another_length: "its length may change"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    let mut row = vec![0; 3];
    for x in xs { row.fill(0); row.truncate(*x); results.push(row.len()); }
}"

private_of_what_is_not_there: "`buffer` is not a variable"
r"#[parallel_for(private(buffer))]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { let mut buffer = Vec::new(); buffer.push(*x); results.push(buffer.len()); }
}"

private_of_what_is_read: "doesn't change `table`"
r"#[parallel_for(private(table))]
fn f(xs: &[u64], results: &mut Vec<u64>, table: Vec<u64>) {
    for x in xs { results.push(table[*x]); }
}"

private_of_an_output: "`found` is used after the loop"
r"#[parallel_for(private(found))]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    let mut found = Vec::new();
    for x in xs { results.push(*x); found.push(*x); }
    show(&found);
}"

private_twice: "`buffer` is given twice"
r"#[parallel_for(private(buffer, buffer))]
fn f(xs: &[u64], results: &mut Vec<u64>, mut buffer: Vec<u64>) {
    for x in xs { fill(&mut buffer); results.push(buffer.len()); }
}"

private_of_a_field: "`private` takes a list of variables"
r"#[parallel_for(private(self.buffer))]
fn f(&mut self, xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { results.push(*x); }
}"

private_of_a_slice: "`row` is a slice"
r"#[parallel_for(private(row))]
fn f(xs: &[u64], results: &mut Vec<u64>, row: &mut [u64]) {
    for x in xs { row[0] = *x; results.push(row.len()); }
}"

a_jump_in_the_value_of_a_return: "`continue` inside the value of a `return`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) -> u64 {
    for x in xs { results.push(*x); return match x { 0 => continue, x => *x }; }
    0
}"

a_break_with_a_value: "this `break` carries a value"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) -> u64 {
    'found: { for x in xs { results.push(*x); if *x == 3 { break 'found *x; } } 0 }
}"

a_return_in_a_macro: "`return` inside of `println!`"
r#"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) -> u64 {
    for x in xs { results.push(*x); println!("{}", if *x == 3 { return 5 } else { 3 }); }
    0
}"#

an_unmarked_loop_in_a_branch: "several loops"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    if xs.is_empty() { for x in 0..3 { results.push(x); } }
    else { for x in xs { results.push(*x); } }
}"

a_swap_of_captured_variables: "this assigns to `a`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut a: u64) {
    for x in xs { let mut b = *x; (a, b) = (b, a); results.push(b); }
}"

an_assignment_in_a_macro: "`total` is changed in the arguments of `assert!`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, mut total: u64) {
    for x in xs { assert!({ total += x; true }); results.push(*x); }
}"

the_state_of_a_cycle: "the items never end: `cycle()`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for (i, x) in xs.iter().cycle().enumerate() { results.push(i + x); }
}"

a_line_of_a_reader: "`reader.read_line()` takes the next value of `reader`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, reader: &mut impl BufRead) {
    for x in xs { let mut line = String::new(); reader.read_line(&mut line); }
}"

a_loop_that_only_sends: "this loop does nothing but `self.sender.send()`"
r"#[parallel_for]
fn f(&self, xs: &[u64]) {
    for x in xs { self.sender.send(*x).unwrap(); }
}"

an_output_in_a_macro_definition: "`macro_rules!` mentions `results`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs {
        macro_rules! size { () => { results.len() } }
        results.push(*x);
    }
}"

an_output_in_a_macro_defined_before_the_loop: "`last!` mentions `results`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    macro_rules! size { () => { results.len() } }
    macro_rules! last { () => { size!() - 1 } }
    for x in xs { results.push(*x); show(last!()); }
}"

a_step_of_a_second_variable_of_that_name: "`best` is a second variable"
r"#[parallel_for]
fn f(xs: &[u64], mut best: u64) {
    for x in xs { best = best.max(*x); let best = 3; show(best); }
}"

a_continue_before_more_than_such_statements: "this assigns to `best`"
r"#[parallel_for]
fn f(xs: &[u64], mut best: u64) {
    for x in xs { if *x <= best { continue; } let more = *x + 1; best = more; }
}"

a_comparison_with_effects_of_its_own: "this comparison with `best` does more than assign"
r"#[parallel_for]
fn f(xs: &[u64], mut best: u64) {
    for x in xs { if *x > best { best = *x; tell(x); } }
}"

a_sum_that_a_format_string_reads: "`+=` on `sum`, which the loop also reads"
r#"#[parallel_for]
fn f(xs: &[u64], mut sum: u64) {
    for x in xs { sum += x; println!("{sum}"); }
}"#

a_sum_behind_a_lock: "`+=` on `sum`"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>, sum: Mutex<u64>) {
    for x in xs { *sum.lock().unwrap() += x; results.push(*x); }
}"

an_index_that_is_changed: "any index"
r"#[parallel_for]
fn f(out: &mut [u64]) {
    for mut i in 0..3 { i /= 2; out[i] = 1; show(out[i]); }
}"

an_index_that_comes_twice: "any index"
r"#[parallel_for]
fn f(out: &mut [u64]) {
    for i in (0..3).chain(0..3) { let before = out[i]; out[i] = before + 1; }
}"

an_index_of_an_inner_loop: "any index"
r"#[parallel_for]
fn f(xs: &[usize], out: &mut [u64], results: &mut Vec<u64>) {
    for x in xs { results.push(out[*x]); for j in 0..*x { out[j] = 1; } }
}"

an_element_made_of_its_neighbour: "any index"
r"#[parallel_for]
fn f(xs: &[usize], out: &mut [u64]) {
    for x in xs { out[*x] = out[*x - 1] + 1; }
}"

a_state_made_of_the_last_one: "any index"
r"#[parallel_for]
fn f(xs: &[usize], out: &mut [u64]) {
    for x in xs { out[*x] = step(out[*x]); show(out[0]); }
}"

a_choice_that_goes_on_with_what_it_found: "`path.last()` reads `path`"
r"#[parallel_for]
fn f(xs: &[u64], mut path: Vec<u64>) {
    for x in xs { if let Some(last) = path.last() { path.push(next(last, x)); } }
}"

an_item_and_the_array: "reaches `xs`, the elements of which"
r"#[parallel_for]
fn f(xs: &mut [u64]) {
    for x in xs.iter_mut() { *x += xs[0]; }
}"

retries_that_wait_longer_and_longer: "this is not a search but a retry loop"
r#"#[parallel_for]
fn f(connect: &Connect, last: u32) -> Result<Connection, Error> {
    for attempt in 1..=last {
        match connect.now() {
            Ok(connection) => return Ok(connection),
            Err(error) if attempt == last => return Err(error),
            Err(error) => warn!("attempt {attempt}: {error}"),
        }
        let delay = Duration::from_millis(100 << attempt);
        thread::sleep(delay);
    }
    unreachable!()
}"#

retries_that_keep_the_last_error: "this is not a search but a retry loop"
r"#[parallel_for]
fn f(connect: &Connect) -> Result<Connection, Error> {
    let mut last = Error::default();
    for _ in 0..9 {
        match connect.now() { Ok(connection) => return Ok(connection), Err(error) => last = error }
    }
    Err(last)
}"

a_static_that_is_assigned: "`COUNT` is a static"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { unsafe { COUNT += 1; } results.push(*x); }
}"

a_static_of_a_module: "`SLOTS` is a static"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { unsafe { stats::SLOTS[*x] = 1; fill(&raw mut stats::SLOTS); } results.push(*x); }
}"

a_static_behind_a_pointer: "`LOG` is a static"
r"#[parallel_for]
fn f(xs: &[u64], results: &mut Vec<u64>) {
    for x in xs { unsafe { (*(&raw mut LOG)).push(*x); } results.push(*x); }
}"

}

refused! {
a_loop_without_another_one: "not another `for` alone"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { results.push(i); }
    results
}"

statements_between_two_loops: "not another `for` alone"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { let k = i; for j in 0..n { results.push(k + j); } }
    results
}"

three_loops_of_which_one_has_a_label: "an attribute or a label"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { 'inner: for j in 0..n { if i == j { continue 'inner; } results.push(j); } }
    results
}"

an_outer_item_that_changes: "each iteration has the outer item anew"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for mut i in 0..n { for j in 0..n { i += j; results.push(i); } }
    results
}"

two_items_of_one_name: "both call their item `i`"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for i in 0..n { results.push(i); } }
    results
}"

a_triangle: "depends on `i`, an item of the outer one"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for j in 0..=i { results.push(j); } }
    results
}"

a_row_of_a_table_of_rows: "depends on `row`, an item of the outer one"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for row in rows { for x in row.iter() { results.push(*x); } }
    results
}"

a_head_of_a_call_of_the_item: "depends on `i`, an item of the outer one"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for j in near(i) { results.push(j); } }
    results
}"

a_head_that_the_body_changes: "depends on `results`, which its body changes"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for j in 0..results.len() { results[i] += j; } }
    results
}"

a_head_that_calls_something: "only once"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for j in all() { results.push(i + j); } }
    results
}"

a_break_of_the_inner_loop: "ends the inner loop alone"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for j in 0..n { if j > 3 { break; } results.push(i); } }
    results
}"

a_break_in_a_macro: "ends the inner loop alone"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n { for j in 0..n { own!(if j > 3 { break }); results.push(i); } }
    results
}"

on_with_the_outer_loop: "this `continue` leaves the inner loop"
r"#[parallel_for(collapse)]
fn f(n: u64, rows: &[Vec<u64>]) -> Vec<u64> {
    let mut results = Vec::new();
    'rows: for i in 0..n { for j in 0..n { if j > 3 { continue 'rows; } results.push(i); } }
    results
}"
}

refused! {
a_while_over_an_iterator: "only a `for` can be distributed: write the `while` of line 4 as one, `for x in items`"
r"#[parallel_for]
fn f(mut items: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut results = Vec::new();

    while let Some(x) = items.next() { results.push(x); }
    results
}"

a_mark_on_a_while_over_a_queue: "write the loop as a `for`: `for x in queue.drain(..)`"
r"#[parallel_for]
fn f(mut queue: VecDeque<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    #[parallel_for]
    while let Some(x) = queue.pop_front() { results.push(x); }
    results
}"

a_state_beside_work: "push what the statements with `total` need, `values.push((x.to_owned(), y));`, and run them in a plain loop behind it: `for (ref x, y) in values { total = next(total, x, y); results.push(total); }`"
r"#[parallel_for]
fn f(xs: &[u64], mut total: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        let y = work(x);
        total = next(total, x, y);
        results.push(total);
    }
    results
}"

a_counter_in_a_line_of_a_log: "run the statements with `done` in a plain loop behind it: `for x in xs.iter() { done += 1; show(done, x, xs.len()); }`"
r"#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let (mut done, mut results) = (0, Vec::new());
    for x in xs.iter() {
        results.push(work(x));
        done += 1;
        show(done, x, xs.len());
    }
    results
}"

an_output_that_one_statement_reads: "push what the statements with `results` need, `values.push(y);`, and run them in a plain loop behind it: `for y in values { results.push(y); if results.len() > 10 { log(y); } }`"
r"#[parallel_for]
fn f(n: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n {
        let y = work(i);
        results.push(y);
        if results.len() > 10 { log(y); }
    }
    results
}"

an_element_made_of_the_one_before: "`values.push((i, y));`, and run it in a plain loop behind it: `for (i, y) in values { out[i] = out[i - 1] + y; }`"
r"#[parallel_for]
fn f(out: &mut [u64]) {
    for i in 1..out.len() {
        let y = work(i);
        out[i] = out[i - 1] + y;
    }
}"

a_solver_that_is_lent: "the statements with `solver` need, `values.push(y);`, and run them in a plain loop behind it: `for y in values { let z = step(&mut solver, y); self.found.push(z); }`"
r"#[parallel_for]
fn f(&mut self, xs: &[u64], mut solver: Solver) {
    for &x in xs {
        let y = self.model.solve(x);
        let z = step(&mut solver, y);
        self.found.push(z);
    }
}"
}

#[test]
fn what_is_no_two_loops_is_not_split() {
    for body in [
        "state = state * 0.9 + x; results.push(state);",
        "let y = work(x, &results); results.push(y);",
        "let y = work(x); rng.fill(&mut state); state += draw(&mut rng); results.push(y + state);",
        "let y = check(x)?; state = next(state, y); show(state);",
    ] {
        let output = expanded(&format!(
            "#[parallel_for]
            fn f(xs: &[f64], mut state: f64) -> Vec<f64> {{
                let mut results = Vec::new();
                for &x in xs {{ {body} }}
                results
            }}"
        ));
        assert!(output.contains("compile_error!"), "{output}");
        assert!(!output.contains("split the loop"), "{output}");
    }
}

#[test]
fn the_attribute_on_what_is_no_function() {
    for (item, message) in [
        (
            r"for x in xs { results.push(x); }",
            "goes on the function around",
        ),
        ("|x| x + 1", "can't be put on a closure"),
        ("let x = 1;", "can't be put on a `let`"),
        ("mod m {}", "can't be put on a module"),
        ("use a::b;", "can't be put on this item"),
        ("fn f(;) {}", "expected"),
    ] {
        let item: TokenStream = item.parse().expect("tokens");
        let output = distributed(&TokenStream::new(), &item).to_string();
        assert!(output.contains(message), "{output}");
        assert!(output.contains(&item.to_string()), "{output}");
    }
}
