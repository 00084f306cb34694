//! Which of several loops is distributed: the one over `these`.

use super::expanded;

macro_rules! chosen {
    ($($name:ident: $body:literal)*) => {$(
        #[test]
        fn $name() {
            let output = expanded(concat!("#[parallel_for]\nfn f(&mut self) {", $body, "}"));
            assert!(!output.contains("compile_error"), "{output}");
            let items = output.matches("items!(these)").count() + output.matches("again!(these)").count();
            assert_eq!((items, output.matches("items").count()), (1, 1), "{output}");
        }
    )*};
}

chosen! {
a_loop_in_what_is_added: r"
    x = { let mut s = 0; for y in ys { s += y; } s } + x;
    x = { for y in ys { call(y); } 1 }.max(x);
    *lock.lock().entry({ for y in ys { call(y); } 1 }).or_insert(0) += 1;
    for y in these { out.push(y); }"

loops_out_of_sight: r"
    let all = || for y in ys { call(y); };
    assert!({ for y in ys { call(y); } true });
    fn nested() { for y in ys { call(y); } }
    for y in these { out.push(y); }
    for y in ys { call(y); }"

the_others_read_what_they_fill: r"
    for y in ys { if out.len() < 5 { out.push(y); } }
    for y in these { out.push(y); }
    for y in ys { out.push(out[0]); }"

the_others_carry_state: r"
    for y in ys { state = step(state, y); states.push(state); }
    for y in these { out.push(y); }"

the_other_tries_again: r"
    for attempt in 0..3 { if ready() { return; } sleep(1); }
    for y in these { if y > 3 { return; } }"

the_other_does_not_end: r"
    for y in 0.. { states.push(y); }
    for y in these { out.push(y); }"
}
