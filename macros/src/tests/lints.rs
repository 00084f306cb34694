//! Which lints a function gets: their names, in the order of the text.

use super::expanded;

macro_rules! lints {
    ($($name:ident: $lints:expr, $source:literal)*) => {$(
        #[test]
        fn $name() {
            let output = expanded(concat!("#[parallel_for]\n", $source));
            assert!(!output.contains("compile_error"), "{output}");
            let expected: &[&str] = &$lints;
            assert_eq!(names(&output), expected, "{output}");
        }
    )*};
}

fn names(output: &str) -> Vec<&str> {
    let mut lines = output.lines().map(str::trim);
    let mut names = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("#[deprecated") {
            let function = lines.find_map(|line| line.strip_prefix("fn "));
            names.extend(function.and_then(|function| function.strip_suffix("() {}")));
        }
    }
    names
}

lints! {
nothing_to_say: [],
r#"fn f(xs: &[u64], lock: &Lock, names: BTreeMap<u64, u64>) -> Vec<u64> {
    let rng = StdRng::seed_from_u64(1);
    let file = File::open("data");
    let mut paths: Vec<_> = fs::read_dir(".").collect();
    paths.sort();
    let mut results = Vec::new();
    for (path, name) in paths.iter().zip(names.keys()) {
        let mut own_rng = StdRng::seed_from_u64(*x);
        results.push(own_rng.random::<u64>() + file.len() + lock.count());
    }
    File::open("results").read(results);
    rand::random()
}"#

once_for_the_master: [],
r#"fn f(xs: &[u64]) -> Vec<u64> {
    let paths = parallel_for::on_master(|| fs::read_dir(".").map(thread_rng()).collect());
    on_master(|| File::create("log"));
    let mut results = Vec::new();
    for path in paths { results.push(path); }
    results
}"#

a_lock_once_for_each_variable: ["rank_local_effect", "rank_local_effect"],
r"fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        let a = self.cache.lock().unwrap().get(x);
        self.cache.lock().unwrap().insert(x, a);
        results.push(*self.other.borrow_mut());
    }
    results
}"

a_lock_of_the_body: [],
r"fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        let own = Mutex::new(0);
        *own.lock().unwrap() += x;
        results.push(own.into_inner());
    }
    results
}"

a_listing_in_a_variable: ["other_order_on_each_rank"],
r#"fn f() -> Vec<u64> {
    let entries = WalkDir::new(".").into_iter();
    let mut results = Vec::new();
    for entry in entries { results.push(entry); }
    results
}"#

a_listing_that_is_sorted: [],
r#"fn f() -> Vec<u64> {
    let mut results = Vec::new();
    for entry in WalkDir::new(".").sort_by_file_name() { results.push(entry); }
    results
}"#

keys_of_a_hash_table: ["other_order_on_each_rank"],
r"fn f(names: &HashMap<u64, u64>) -> Vec<u64> {
    let keys = names.keys().copied().collect::<Vec<_>>();
    let mut results = Vec::new();
    for name in keys.iter().enumerate() { results.push(name); }
    results
}"

keys_that_the_type_refuses: [],
r"fn f(names: &HashMap<u64, u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for name in names.keys().enumerate() { results.push(name); }
    results
}"

the_time_in_a_search: ["time_in_a_search", "time_in_a_search", "time_in_a_search"],
r"fn f(xs: &[u64]) -> Option<u64> {
    let start = Instant::now();
    for x in xs {
        std::thread::sleep(pause);
        if start.elapsed() > limit || later(std::time::Instant::now()) { return Some(*x); }
    }
    None
}"

the_time_in_a_loop_to_its_end: [],
r"fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { let start = Instant::now(); work(x); results.push(start.elapsed()); }
    results
}"

a_body_that_draws: ["unseeded_randomness", "unseeded_randomness"],
r"fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        let mut own = rand::rng();
        results.push(own.random() + (0..3).map(|_| fastrand::u64(..)).sum());
    }
    results
}"

files_after_the_loop: ["setup_file_access"],
r#"fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs { results.push(*x); }
    std::fs::write("out", "x").unwrap();
    results
}"#

files_after_the_loop_of_main: [],
r#"fn main() {
    let mut results = Vec::new();
    for x in 0..3 { results.push(x); }
    fs::create_dir("out").unwrap();
    File::create_new("x").unwrap();
    fs::write("out", "x").unwrap();
}"#

a_temporary_folder_of_the_setup: ["setup_temporary_file"],
r"fn f(xs: &[u64]) -> Vec<u64> {
    let folder = tempfile::tempdir().unwrap();
    let mut results = Vec::new();
    for x in xs { results.push(tempfile::NamedTempFile::new()); }
    let mut open = || tempfile::tempfile().unwrap();
    results
}"

files_of_one_rank: ["setup_file_access"],
r#"fn f(xs: &[u64]) -> Vec<u64> {
    let make = || fs::create_dir("out").unwrap();
    on_master(|| File::create_new("x").unwrap());
    parallel_for::on_master(|| { fs::create_dir("x").unwrap(); OpenOptions::new().create_new(true) });
    let _ = fs::create_dir("out");
    fs::create_dir_all("out").unwrap();
    OpenOptions::new().create_new(false).open("x").unwrap();
    let mut results = Vec::new();
    for x in xs { results.push(File::create_new(x).is_ok()); }
    results
}"#

files_that_name_their_rank: ["setup_file_access"],
r#"fn f(xs: &[u64]) -> Vec<u64> {
    File::create_new(format!("{}", parallel_for::rank())).unwrap();
    let mut results = Vec::new();
    for x in xs { results.push(*x); }
    results
}"#

a_setup_that_draws: ["other_values_on_each_rank"],
r"fn f(xs: &[u64]) -> Vec<u64> {
    let mut model = SmallRng::from_os_rng();
    let mut results = Vec::new();
    for x in xs { results.push(*x); }
    results
}"

a_list_in_the_order_of_a_hash_table: ["other_order_on_each_rank"],
r"fn f(xs: &[u64], table: &HashMap<u64, u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        for (k, v) in table { if k > x { results.push(*v); } }
    }
    results
}"

a_text_in_the_order_of_a_hash_set: ["other_order_on_each_rank"],
r"fn f(xs: &[u64]) -> Vec<String> {
    let set = HashSet::from([1, 2]);
    let mut results = Vec::new();
    for x in xs {
        let mut text = String::new();
        for y in set.iter().filter(|y| *y > x) { text.push_str(&y.to_string()); }
        results.push(text);
    }
    results
}"

what_any_order_of_a_hash_table_gives: [],
r"fn f(xs: &[u64], table: &HashMap<u64, u64>, sorted: &BTreeMap<u64, u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        let (mut count, mut keys, mut set) = (0, vec![], BTreeSet::new());
        for (k, v) in table { count += 1; keys.push(k); set.insert(v); let mut own = vec![]; own.push(k); }
        for k in sorted.keys() { results.push(*k); }
        keys.sort_unstable();
        results.push(count + keys.len());
    }
    results
}"
}

#[test]
fn the_master_may_read_its_input() {
    let output = expanded(
        r"#[parallel_for(items = master)]
fn f() -> Vec<String> {
    let input = std::io::stdin();
    let mut results = Vec::new();
    for line in input.lines() { results.push(line); }
    results
}",
    );
    assert!(!output.contains("compile_error"), "{output}");
    assert_eq!(names(&output), [] as [&str; 0]);
}
