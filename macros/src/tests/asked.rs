//! Which variables an expansion asks of their types, and which it compares between ranks.

use super::expanded;

/// What a function of this body asks, without spaces.
fn asks(body: &str) -> String {
    let function =
        format!("#[parallel_for]\nfn f(xs: &[u64]) -> u64 {{ let mut sum = 0; {body} sum }}");
    let output = expanded(&function);
    assert!(!output.contains("compile_error"), "{output}");
    output.split_whitespace().collect()
}

macro_rules! asked {
    ($($name:ident: $question:literal $body:literal)*) => {$(
        #[test]
        fn $name() {
            let asks = asks($body);
            assert!(asks.contains($question), "{asks}");
        }
    )*};
}

macro_rules! not_asked {
    ($($name:ident: $question:literal $body:literal)*) => {$(
        #[test]
        fn $name() {
            let asks = asks($body);
            assert!(!asks.contains($question), "{asks}");
        }
    )*};
}

asked! {
a_list_that_has_something_in_it: r#"capture!(__captures,"list",list)"# r"let mut list = Vec::new();
list.push(xs.len());
for x in xs { sum += x + list.len(); }"

a_list_that_is_filled_in_rounds: r#"capture!(__captures,"seen",seen)"# r"let mut seen = HashMap::new();
for round in 0..3 {
    #[parallel_for]
    for x in xs { sum += x + seen.len(); }
    seen.insert(round, sum);
}"

a_field_by_another_name: "used!(IsState,rawstats.hits)" r"let stats = stats();
for x in xs { let s = &stats; s.hits.fetch_add(1, Relaxed); sum += x; }"

a_field_by_a_pattern: "used!(IsState,rawstats.hits)" r"let stats = stats();
for x in xs { let Stats { hits, .. } = &stats; hits.store(1, Relaxed); sum += x; }"

an_element_that_is_got: "used!(IsState,slots)" r"let slots = slots();
for x in xs { if let Some(slot) = slots.get(*x) { slot.store(1, Relaxed); } sum += x; }"

a_static_by_another_name: "used!(IsState,COUNT)"
r"for x in xs { let c = &COUNT; c.fetch_add(1, Relaxed); sum += x; }"

a_field_of_a_static: "used!(IsState,STATS.hits)"
r"for x in xs { let s = &STATS; s.hits.fetch_add(1, Relaxed); sum += x; }"

a_static_that_is_lent: "used!(IsState,COUNT)"
r"for x in xs { bump(&COUNT); sum += x; }"

a_value_behind_a_lock_that_is_counted_up: "used!(IsState,counts)" r"let counts = Mutex::default();
for x in xs { let mut map = counts.lock().unwrap(); let n = map.entry(*x).or_insert(0); *n += 1; sum += x; }"

a_set_behind_a_lock: "used!(IsState,seen)" r"let seen = Mutex::default();
for x in xs { if seen.lock().unwrap().insert(*x) { sum += x; } }"

numbers_in_the_order_of_a_lock: "used!(IsState,ids)" r"let ids = Mutex::default();
for x in xs { let mut map = ids.lock().unwrap(); let n = map.len(); sum += *map.entry(*x).or_insert(n); }"

a_part_of_an_item: "used_in_items!(job,rawjob.done)"
r"for job in jobs() { job.done.store(true, Relaxed); sum += job.size; }"

a_part_of_an_item_by_a_pattern: "used_in_items!(done,done)"
r"for (size, done) in jobs() { done.store(true, Relaxed); sum += size; }"

a_lock_of_an_item: "used_in_items!(job,rawjob.log)"
r"for job in jobs() { let mut log = job.log.lock().unwrap(); log.push(1); sum += job.size; }"

a_field_of_an_element: "(*::parallel_for::__private::used_inside!(slots[k].hits)).fetch_add(1,Relaxed)" r"let slots = slots();
for x in xs { let k = x % 3; slots[k].hits.fetch_add(1, Relaxed); sum += x; }"

a_field_of_an_element_that_is_got: "used_inside!(slots.get(k).unwrap().hits)" r"let slots = slots();
for x in xs { let k = x % 3; slots.get(k).unwrap().hits.fetch_add(1, Relaxed); sum += x; }"

a_field_of_an_element_by_another_name: "used_inside!(slot.hits)" r"let slots = slots();
for x in xs { for slot in &slots { slot.hits.store(*x, Relaxed); } sum += x; }"

one_of_several_parts_of_an_element: "used_inside!(hits)" r"let slots = slots();
for x in xs { if let Some((name, hits)) = slots.get(*x) { hits.store(name.len(), Relaxed); } sum += x; }"

a_lock_in_an_element: "used_inside!(slots[*x].total)" r"let slots = slots();
for x in xs { let mut total = slots[*x].total.lock().unwrap(); *total += x; sum += x; }"

a_field_of_an_element_of_a_static: "used_inside!(SLOTS[*x].hits)"
r"for x in xs { SLOTS[*x].hits.fetch_add(1, Relaxed); sum += x; }"

what_a_closure_borrows: r#""seed",seed"# r"let seed = seed(); let mix = |x: u64| x ^ seed;
for x in xs { sum += mix(*x); }"

what_an_unknown_macro_is_given: r#""table",table"# r"let table = table();
for x in xs { sum += pick!(table, x); }"

what_a_closure_takes_along: "let__by_closure_0_0=::parallel_for::__private::used!(IsState,count);letbump=move||"
r"let count = count(); let bump = move || { count.fetch_add(1, Relaxed); };
for x in xs { bump(); sum += x; }"

what_a_boxed_closure_takes_along: "used!(IsState,count);letbump:Box<dynFn()>="
r"let count = count(); let bump: Box<dyn Fn()> = Box::new(move || { count.fetch_add(1, Relaxed); });
for x in xs { bump(); sum += x; }"

what_a_closure_calls: "used!(IsState,count);letbump=move||"
r"let count = count(); let bump = move || { count.fetch_add(1, Relaxed); }; let twice = || { bump(); bump() };
for x in xs { twice(); sum += x; }"

what_a_macro_declares: r#""seed",seed"# r"setup!(seed, 3);
for x in xs { sum += x ^ seed; }"

a_static_in_small_letters: "used!(IsState,count)" r"for x in xs { count.with(|c| c.set(1)); sum += x; }"

the_first_key: r#"ordered!(__captures.in_order,"table",table)"#
r"let table = table(); for x in xs { sum += x + *table.keys().next().unwrap(); }"

the_number_of_an_entry: r#"__captures.in_order,"set""# r"let set = set();
for x in xs { for (i, y) in set.iter().enumerate() { sum += x + i as u64 * y; } }"

an_entry_of_a_field_by_another_name: r#"__captures.in_order,"graph.edges",rawgraph.edges"# r"let graph = graph();
for x in xs { let edges = &graph.edges; let mut keys = edges.iter().filter(|e| e.0 > x); sum += *keys.nth(3).unwrap(); }"

a_list_of_the_keys: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { let keys: Vec<_> = table.keys().collect(); sum += x + *keys[0]; }"

a_choice_after_a_place: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { sum += x + table.keys().enumerate().filter(|(i, k)| i > k).count(); }"

a_list_beside_the_entries: r#"__captures.in_order,"table""# r"let (table, list) = tables();
for x in xs { for (y, (k, v)) in list.iter().zip(&table) { sum += x * y * k; } }"

the_greatest_of_some: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { sum += x + table.keys().take(3).max().unwrap(); }"

a_list_of_what_was_read: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { let keys = table.keys().map(|k| k.parse()).collect::<Result<Vec<u64>, _>>().unwrap(); sum += x + keys[0]; }"

a_table_as_text: r#"__captures.in_order,"table""# r#"let table = table();
for x in xs { sum += x + format!("{table:?}").len(); }"#

a_key_in_a_text: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { assert!(table.keys().last() != Some(x)); sum += x; }"

a_sum_of_floats: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { sum += x + table.values().map(|v| v.weight).sum::<f64>() as u64; }"

a_sum_of_anything: r#"__captures.floats_in_order,"table""# r"let table = table();
for x in xs { let total = table.values().sum(); sum += x + of(total); }"

a_sum_in_a_loop: r#"__captures.floats_in_order,"table""# r"let table = table();
for x in xs { let mut s = 0.0; for (k, v) in &table { let w = v * v; s += w * 3.0; } sum += x + s as u64; }"

a_sum_by_the_keys: r#"__captures.floats_in_order,"table""# r"let table = table();
for x in xs { let mut s = 0.0; for k in table.keys() { s += table[k] * 3.0; } sum += x + s as u64; }"

a_sum_by_a_fold: r#"__captures.in_order,"table""# r"let table = table();
for x in xs { sum += x + table.values().fold(0.0, |s, v| s + v) as u64; }"
}

not_asked! {
lists_with_nothing_in_them: "__captures" r"let nothing_in_it = Vec::new();
for x in xs { sum += x; let n = &nothing_in_it; sum += n.len(); }
nothing_in_it.sort();"

an_option_with_nothing_in_it: "__captures" r"let none = None;
for x in xs { if none.is_none() { sum += x; } }
drop::<Option<String>>(none);"

a_static_of_the_body: "ONCE)"
r"for x in xs { static ONCE: Once = Once::new(); ONCE.call_once(|| log(x)); sum += x; }"

a_field_that_the_body_makes: "used_inside!"
r"for x in xs { let slots = slots(x); slots[0].hits.store(1, Relaxed); sum += x; }"

a_copy_of_an_element: "used_inside!" r"let rows = rows();
for x in xs { let mut pair = rows[*x].pair; pair.replace(1); sum += pair.0; }"

what_goes_through_an_element: "used_inside!" r"let rows = rows();
for x in xs { let names = rows[*x].names.iter(); sum += names.take(2).count() + rows[*x].tags.iter().take(1).count(); }"

an_element_of_scratch: "used_inside!" r"let mut rows = rows();
for x in xs { rows = vec![]; rows[*x].name.replace(1); sum += x; }"

a_name_that_is_the_bodys_own_as_well: "used_inside!" r"let rows = rows();
for x in xs { { let row = &rows[*x]; row.name.replace(1); } let mut row = row(); row.name.replace(1); sum += x; }"

a_part_of_an_item_that_is_read: "used_in_items!"
r"for job in jobs() { if job.done.load(Relaxed) && job.log.lock().unwrap().is_empty() { sum += job.size; } }"

a_cache_behind_a_lock: "used!" r"let cache = Mutex::default();
for x in xs { let mut map = cache.lock().unwrap(); let y = *map.entry(*x).or_insert_with(|| slow(*x)); drop(map); sum += y; }"

what_is_loaded: "used!" r"let slots = slots();
for x in xs { let slot = slots.get(*x).unwrap(); sum += slot.load(Relaxed); }"

what_the_body_makes: "used!"
r"for x in xs { let n = AtomicU64::new(0); let m = &n; m.fetch_add(*x, Relaxed); sum += n.into_inner(); }"

what_is_filled_alike: "used!(IsState,table)" r"let table = OnceLock::new();
for x in xs { sum += table.get_or_init(|| make(xs))[*x]; }"

what_a_closure_is_given: r#""given""# r"let seed = seed(); let mix = |given: u64| given ^ seed;
{ { for x in xs { sum += mix(*x); } } }"

what_may_have_been_moved: r#""name""# r"let name = name(); take(name);
for x in xs { sum += record!(name, x); }"

a_function_that_a_macro_names: r#""helper""# r"bench!(helper);
for x in xs { sum += helper(*x); }"

what_a_macro_declares_in_the_body: r#""seed""# r"for x in xs { setup!(seed, 3); sum += x ^ seed; }"

a_lookup: "ordered!" r"let table = table();
for x in xs { sum += x + table.get(x).unwrap() + table[x] + table.len(); }"

an_own_table: "ordered!" r"let sorted = sorted();
for x in xs { let table = table(x); sum += *table.keys().next().unwrap() + sorted; }"

what_any_order_gives: "ordered!" r"let table = table();
for x in xs {
    sum += table.keys().copied().max().unwrap() + table.values().sum::<u64>();
    sum += table.keys().collect::<Vec<_>>().iter().max().unwrap() + table.keys().collect::<Vec<_>>().len();
    let n: usize = table.values().map(|v| v.len()).sum();
    let mean = table.values().map(|v| *v as f64).sum::<f64>() / n as f64;
    let top = table.values().fold(0.0, |a: f64, b| a.max(*b));
    let all: BTreeMap<_, _> = table.iter().collect();
    if table.iter().find(|e| e.0 > x).is_some() && table.keys().next().is_some() { sum += 1; }
    sum += table.iter().filter(|e| e.1 > x).count();
}"

keys_that_are_sorted: "ordered!" r"let table = table();
for x in xs {
    let mut keys: Vec<_> = table.keys().collect();
    keys.sort();
    let mut values = table.values().copied().collect::<Vec<f64>>();
    sum += x + keys[0] + median(&mut values) as u64;
}"

counts: "ordered!" r"let table = table();
for x in xs { for (k, v) in &table { sum += 1; if v > x { sum += x; } sum += (*v > 0.5) as u64; } }"

an_element_for_each_key: "ordered!" r"let table = table();
for x in xs { let mut row = vec![0.0; 9]; for (k, v) in &table { row[*k] += v * 2.0; } sum += x + row[0] as u64; }"
}
