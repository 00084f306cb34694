//! Code that looks like a mistake and is none: no diagnostic may fire.

use super::expanded;

macro_rules! accepted {
    ($($name:ident: $body:literal)*) => {$(
        #[test]
        fn $name() {
            let function = format!(
                r"#[parallel_for]
                fn f(&self, xs: &[u64], results: &mut Vec<u64>) -> Vec<u64> {{ {} }}",
                $body
            );
            let output = expanded(&function);
            assert!(!output.contains("compile_error"), "{output}");
        }
    )*};
}

accepted! {
a_search_that_compares_and_waits: r"for x in xs {
    if *x == self.wanted { return vec![1]; }
    if self.ready(x) { thread::sleep(delay(x)); return vec![2]; }
}
vec![]"

a_search_by_what_is_made_of_an_item: r#"for x in xs {
    let half = x / 2;
    if half == 3 { return vec![half]; }
    let found = self.find(half)?;
    println!("{found}");
}
vec![]"#

statics_of_their_own_and_constants: r"for x in xs {
    static mut HITS: u64 = 0;
    const STEP: u64 = 3;
    unsafe { HITS += STEP; }
    let mut TOTAL = 0;
    TOTAL += LIMITS[*x] + stats::LIMIT;
    results.push(TOTAL);
}"

items_that_are_changed_in_any_form: r"
    #[parallel_for]
    for x in table.iter_mut().skip(1) { *x += 1; results.push(*x); }
    #[parallel_for]
    for (a, b) in grid.columns_mut(3).rev().zip(rows(&mut texts)) { swap(a, b); }
    let halves = table.chunks_mut(2).enumerate();
    #[parallel_for]
    for (i, half) in halves.take(3) { half[0] += i; }
    results
"

numbers_that_were_made_of_changed_items: r"
    let firsts = table.iter_mut().map(|x| { *x += 1; *x }).collect::<Vec<_>>();
    let row = self.row_mut(3);
    for first in firsts { results.push(first + row.len()); }
    results
"

breaks_of_inner_loops: r"for x in xs {
    for y in 0..*x { if y > 3 { break; } }
    'inner: while *x > 0 { loop { break 'inner; } }
    let y = 'found: { if *x > 3 { break 'found 1; } 2 };
    results.push(y);
}"

continues_of_the_loop_itself: r"'own: for x in xs {
    if *x == 0 { continue; }
    let Some(y) = x.checked_sub(1) else { continue };
    loop { if y > 3 { continue 'own; } break; }
    results.push(y);
}"

exits_of_closures: r"for x in xs {
    let get = || { let y = self.get(x)?; if y == 0 { return None; } Some(y) };
    let later = async { self.wait().await?; return Ok(()); };
    fn half(x: u64) -> Option<u64> { if x == 0 { return None; } Some(x.checked_sub(1)? / 2) }
    results.extend(get());
    drop(later);
}"

exits_in_macros_that_stay_inside: r#"for x in xs {
    println!("{}", { let mut i = 0; loop { i += 1; if i > 3 { break i; } } });
    my_macro!(for y in 0..3 { if y == 1 { break; } });
    results.push(*x);
}"#

shadowed_names: r#"for x in xs {
    results.push(*x);
    let last = |results: &Vec<u64>| results.len();
    if let Some(results) = self.old(x) { results.clear(); }
    match self.other() { Some(results) if results.len() > 3 => drop(results), _ => {} }
    for results in self.all() { results.pop(); }
    let results = vec![1];
    println!("{results:?} {}", results.len());
    last(&results);
}"#

visible_only_after_their_let: r#"for x in xs {
    let doubled = results.push(*x);
    let results = 3;
    println!("{results}");
}"#

the_else_of_a_let: r"for x in xs {
    if let Some(buffer) = self.buffer() && let Some(more) = buffer.more() { more.pop(); }
    while let Some(y) = self.next() { let mut y = y; y += 1; }
    results.push(*x);
}"

collections_of_the_body: r"for x in xs {
    let mut seen = Vec::new();
    seen.push(*x); seen.pop(); seen.clear();
    let mut sum = 0;
    sum += 1; sum = sum.max(3);
    let mut table = [0; 3];
    table[0] = 1; fill(&mut table);
    if seen.len() < 3 { results.push(sum); }
}"

nested_functions: r"for x in xs {
    fn helper(results: &mut Vec<u64>) -> usize { results.push(1); results.clear(); results.len() }
    const LIMIT: u64 = 3;
    results.push(*x + LIMIT);
}"

appends_in_closures_and_branches: r"for x in xs {
    x.digits().for_each(|digit| results.push(digit));
    match x { 0 => results.push(1), 1 => results.extend([1, 2]), _ => {} }
    if *x > 3 { results.extend_from_slice(&[1]); } else { results.append(&mut self.more(x)); }
}"

reads_after_the_loop: r"for x in xs { results.push(*x); }
if results.len() > 3 { results.clear(); results.sort(); }
let n = results.len();
vec![n as u64]"

other_fields_of_the_same_variable: r"let mut state = State::new();
for x in xs { state.results.push(*x + state.offset + self.offset); }
state.results"

dropped_values: r#"let mut seen = HashSet::new();
let mut text = String::new();
for x in xs {
    seen.insert(*x);
    let _ = seen.insert(x + 1);
    _ = seen.insert(x + 2);
    write!(text, "{x}").unwrap();
    writeln!(text, "{x}").expect("a string");
    let _ = write!(&mut text, "{x}");
    write!(text, "{x}").ok();
    results.push(*x);
}
vec![]"#

names_in_strings_and_fields: r#"for x in xs {
    println!("{{results}} results {}", self.results);
    println!("{results}", results = x);
    info!(results = x, "done");
    other!(x.results, results::count(x));
    results.push(*x);
}"#

captured_values_that_are_read: r"let offset = 3;
let table = vec![1];
for (i, x) in xs.iter().enumerate() {
    let y = &table[i];
    results.push(x + y + offset + table.len() as u64);
}
vec![offset]"

an_unmarked_loop_inside_another: r"let mut sums = Vec::new();
for x in xs {
    let mut inner = Vec::new();
    for y in 0..*x { inner.push(y); }
    sums.push(inner.len());
}
results.extend(sums);
vec![]"

the_one_loop_in_a_loop_that_fills_nothing: r"for round in 0..3 {
    let mut found = Vec::new();
    for x in xs { found.push(x + round); }
    self.show(&found);
}
vec![]"

calls_that_change_nothing: r"let counter_rng = Philox::new(3);
let channels = vec![1];
for x in xs {
    let mut rng = StdRng::seed_from_u64(*x);
    let mut names = self.names.iter();
    self.socket.send(&[1]).unwrap();
    results.push(counter_rng.random(*x) + rng.random::<u64>() + names.next());
    results.extend(channels.iter().next());
}"

open_ranges_with_an_end: r"for ((i, x), j) in (0..).zip(xs).zip((1..).take(9)) {
    results.push(i + x + j);
}"

mutable_arguments_of_the_setup: r"for x in xs.choose_multiple(&mut thread_rng(), 3) {
    results.push(*x);
}"

scratch_that_is_reset_first: r#"let mut buffer = Vec::with_capacity(3);
let mut line = String::new();
let mut row = vec![0; 3];
let mut table = self.table();
let mut last = 0;
for x in xs {
    if *x == 0 { continue; }
    last = x + 1;
    buffer.clear();
    self.fill(&mut buffer);
    line.clear();
    write!(line, "{x}").unwrap();
    row.fill(0);
    row[3] += last;
    for r in row.iter_mut() { *r += 1; }
    table.clear();
    table.entry(3).or_insert(buffer.len());
    results.push(row[3] + last + line.len() as u64 + table.len());
}
vec![]"#

scratch_that_has_its_value_before_the_loop: r"let (mut half, mut name, mut tag);
half = 5;
if self.old { name = 3 } else if self.new { name = half } else { name = 1; }
match self.kind { 0 => tag = 1, 1 => { tag = 2; } _ => tag = name }
for x in xs {
    half = x / 2; name = x + 1; tag = x * 2;
    half += 1;
    results.push(half + name + tag);
}
vec![]"

methods_that_are_no_resets: r"let painter = self.painter();
for x in xs {
    painter.fill(*x);
    self.clear();
    painter.clear();
    results.push(painter.size());
}
vec![]"

scratch_inside_another_loop: r"for round in 0..3 {
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    buffer.push(round);
    self.show(&buffer);
    for x in xs { buffer.clear(); buffer.push(*x); found.push(buffer.len()); }
    self.show(&found);
}
vec![]"

another_variable_of_the_same_name_after_the_loop: r"let mut buffer = Vec::new();
for x in xs { buffer.clear(); buffer.push(*x); results.push(buffer.len()); }
let buffer = 3;
vec![buffer]"

a_return_at_the_end_of_an_inner_loop_reads_the_output: r"for x in xs {
    results.push(*x);
    for y in self.find(x) { results.push(y); return results.clone(); }
}
vec![]"

values_of_return_that_read_the_output: r"let mut path = self.path();
for x in xs {
    if *x == 0 { return results.clone(); }
    if *x == 1 { return { results.sort(); path.push(1); path }; }
    results.push(*x);
}
vec![]"

any_way_out: r"'rounds: loop {
    'items: for x in xs {
        if *x == 0 { break; }
        if *x == 1 { break 'items; }
        if *x == 2 { break 'rounds; }
        if *x == 3 { continue 'rounds; }
        if *x == 4 { return vec![*x]; }
        results.push(x.checked_sub(1)?);
        ensure!(*x > 3);
        my_macro!(x => *x?);
    }
}
vec![]"

a_sum_next_to_the_loop_that_fills: r"let mut sum = 0;
for x in xs { sum += x; }
for x in xs { results.push(x / sum); }
vec![sum]"

comparisons_by_value_and_by_reference: r"let (mut a, mut b, mut c, mut d) = (0, 0, 0, 0);
for x in xs {
    if *x > a { a = *x; }
    if x >= &b { b = *x; }
    if &c > x { c = x.clone(); }
    if (*x).abs() < d { d = (*x).abs(); }
    results.push(*x);
}
vec![a + b + c + d]"

steps_in_closures_and_branches: r"let (mut sum, mut best, mut any) = (0, 0, false);
for x in xs {
    x.digits().for_each(|digit| sum += digit);
    match x { 0 => best = best.max(3), 1 => any = true, _ => sum += 1 }
    let sum_of = |sum: u64| { let more = sum + 1; more };
    results.push(sum_of(3));
}
vec![sum]"

methods_that_are_named_like_changes: r"let mut table = table();
let ty = ty();
for x in xs {
    results.push(table.entry(*x, 1));
    results.push(table.extend(*x));
    if table.insert(*x) && ty.is_mut() { results.push(rng.random(*x)); }
    let row = table.push(*x).len();
    assert!(table.insert(row));
    results.push(self.calendar.next(row));
    table.fetch_row(row);
}
vec![]"

texts_that_are_no_format_strings: r#"let mut sum = 0;
for x in xs {
    sum += x;
    results.push(format!("{}", template.replace("{sum}", "{results}")));
    assert!(text.contains("{sum}"), "{x} {}", "{sum}");
    assert_eq!(text, "{sum}");
    println!("{{sum}} {sum}", sum = x);
    own!(replace("{sum}"), { "{results}" });
    write!(line, "{}", "{results}").unwrap();
}
vec![sum]"#

a_variable_of_the_body_of_a_reduced_name: r"let mut sum = 0;
for x in xs {
    sum += x;
    let mut sum = 0;
    sum += 1;
    results.push(sum);
}
vec![sum]"

lengths_of_arrays_updated_in_place: r"let mut out = vec![0; 3];
for (i, x) in xs.iter().enumerate() {
    if i < out.len() && !out.is_empty() { out[i] = *x; }
}
out"

an_index_of_an_adapted_range: r"let mut out = vec![0; 30];
for i in (0..10).rev().step_by(2) { out[i] += 1; }
out"

an_index_beside_the_items: r"let mut out = vec![0; 30];
for (i, x) in (10..).zip(xs) { out[i] = *x; let i = 3; drop(i); }
out"
}
