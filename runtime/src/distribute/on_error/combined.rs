//! Panics that are not the end, in loops that can be left: over items that they change, that can't be copied, and of two
//! loops in one.

use std::io;

use super::*;

/// Iterations that fail, and the one that leaves the loop.
const ENDS: [(Fails, u64); 6] = [
    (|_| false, 9),
    (|i| i % 7 == 3, 99),
    (|i| i % 7 == 3, 24),
    (|i| i % 2 == 0, 25),
    (|i| i == 0 || i == 39, 39),
    (|i| i != 17, 17),
];

/// Whatever the loop does: up to the exit, without what fails. The iteration that leaves is run again, and never fails here.
fn counts(i: u64, fails: Fails, exit: u64) -> bool {
    i <= exit && (i == exit || !fails(i))
}

family! {
    [
        change_managed (on_error = skip)
        change_robin (on_error = skip, schedule = round_robin)
        change_local (on_error = skip, local)
    ]
    fn (items: &mut [(u64, String)], fails: Fails, exit: u64) -> Option<u64> {
        for (i, text) in items.iter_mut() {
            let before = *i;
            *i += 100;
            text.push_str(&before.to_string());
            assert!(before == exit || !fails(before), "no luck with {before}");
            if before == exit {
                return Some(before);
            }
        }
        None
    }
}

#[test]
fn changed_items_are_as_they_were_where_iterations_are_left_out() {
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for distributed in [change_managed, change_robin, change_local] {
            for (seed, (fails, exit)) in ENDS.into_iter().enumerate() {
                let results = on_ranks(size, threads, seed as u64, || {
                    let mut items: Vec<_> = (0..40).map(|i| (i, String::from("x"))).collect();
                    let left = distributed(&mut items, fails, exit);
                    (left, items, indices(&skipped()))
                });
                let changed = |i| match counts(i, fails, exit) {
                    true => (i + 100, format!("x{i}")),
                    false => (i, String::from("x")),
                };
                let out: Vec<u64> = (0..40).filter(|&i| i < exit && fails(i)).collect();
                let expected = (
                    (exit < 40).then_some(exit),
                    (0..40).map(changed).collect::<Vec<_>>(),
                    out,
                );
                for result in results {
                    assert_eq!(result, expected, "{size} {threads} {seed}");
                }
            }
        }
    }
}

family! {
    [
        lines_managed (on_error = skip)
        lines_robin (on_error = skip, schedule = round_robin)
        lines_shared (on_error = retry(1))
    ]
    fn (lines: Vec<io::Result<u64>>, fails: Fails) -> Result<Vec<u64>, String> {
        let mut seen = Vec::new();
        for line in lines {
            let i = line.map_err(|error| error.to_string())?;
            seen.push(i);
            assert!(!fails(i), "no luck with {i}");
        }
        Ok(seen)
    }
}

#[test]
fn lines_that_cannot_be_copied_leave_the_loop_where_they_are() {
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for (which, distributed) in [lines_managed, lines_robin, lines_shared]
            .into_iter()
            .enumerate()
        {
            for (seed, (fails, torn)) in ENDS.into_iter().enumerate() {
                let fails: Fails = if which == 2 { |_| false } else { fails };
                let results = on_ranks(size, threads, seed as u64, || {
                    let line = |i| match i == torn {
                        true => Err(io::Error::other("torn")),
                        false => Ok(i),
                    };
                    let made = distributed((0..40).map(line).collect(), fails);
                    (made, indices(&skipped()))
                });
                let seen: Vec<u64> = (0..40).filter(|&i| i < torn && !fails(i)).collect();
                let made = if torn < 40 {
                    Err(String::from("torn"))
                } else {
                    Ok(seen)
                };
                let out: Vec<u64> = (0..40).filter(|&i| i < torn && fails(i)).collect();
                for result in results {
                    assert_eq!(
                        result,
                        (made.clone(), out.clone()),
                        "{size} {threads} {seed}"
                    );
                }
            }
        }
    }
}

family! {
    [
        cells_skip (on_error = skip, collapse)
        cells_skip_local (on_error = skip, collapse, local)
    ]
    fn (rows: u64, columns: u64, fails: Fails) -> (Vec<u64>, u64) {
        let mut cells = Vec::new();
        let mut sum = 0;
        for row in 0..rows {
            for column in 0..columns {
                let i = row * columns + column;
                cells.push(i);
                sum += i * i;
                assert!(!fails(i), "no luck with {i}");
            }
        }
        (cells, sum)
    }
}

#[test]
fn cells_of_two_loops_in_one_are_left_out_one_by_one() {
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for distributed in [cells_skip, cells_skip_local] {
            for (seed, fails) in FAILS.into_iter().enumerate() {
                let kept: Vec<u64> = (0..40).filter(|&i| !fails(i)).collect();
                let sum = kept.iter().map(|i| i * i).sum();
                let out: Vec<u64> = (0..40).filter(|&i| fails(i)).collect();
                for (made, skipped) in on_ranks(size, threads, seed as u64, || {
                    (distributed(8, 5, fails), skipped())
                }) {
                    assert_eq!(made, (kept.clone(), sum));
                    assert_eq!(indices(&skipped), out, "{size} {threads} {seed}");
                }
            }
        }
    }
}

family! {
    [
        search_managed (on_error = skip)
        search_robin (on_error = skip, schedule = round_robin)
        search_shipped (on_error = skip, items = master)
        search_local (on_error = skip, local)
    ]
    fn (items: Vec<u64>, fails: Fails, exit: u64) -> Result<(Vec<u64>, u64), String> {
        let mut seen = Vec::new();
        let mut count = 0;
        for i in items {
            seen.push(i);
            count += 1;
            if i == exit {
                return Err(format!("{} {count}", seen.len()));
            }
            assert!(!fails(i), "no luck with {i}");
        }
        Ok((seen, count))
    }
}

#[test]
fn a_panic_behind_the_way_out_does_not_count() {
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for distributed in [search_managed, search_robin, search_shipped, search_local] {
            for (seed, exit) in [0, 3, 17, 39, 99].into_iter().enumerate() {
                let fails: Fails = |i| i % 7 == 3;
                let left_out: Vec<u64> = (0..40).filter(|&i| fails(i) && i < exit).collect();
                let kept: Vec<u64> = (0..40).filter(|&i| !fails(i) && i < exit).collect();
                let count = kept.len() as u64;
                let expected = if exit < 40 {
                    Err(format!("{} {}", count + 1, count + 1))
                } else {
                    Ok((kept, count))
                };
                for (made, skipped) in on_ranks(size, threads, seed as u64, || {
                    (distributed((0..40).collect(), fails, exit), skipped())
                }) {
                    assert_eq!(made, expected);
                    assert_eq!(indices(&skipped), left_out, "{size} {threads} {exit}");
                }
            }
        }
    }
}

#[test]
fn a_chunk_that_is_behind_the_way_out_may_panic_meanwhile() {
    #[allow(deprecated, reason = "others are to be under way")]
    #[parallel_for(on_error = skip)]
    fn first(n: u64) -> Option<u64> {
        for i in 0..n {
            if i == 20 {
                thread::sleep(Duration::from_millis(5));
                return Some(i);
            }
            assert!(i < 20, "no luck with {i}");
        }
        None
    }
    for size in [1, 2] {
        for _ in 0..5 {
            for (found, skipped) in on_ranks(size, 3, 3, || (first(400), skipped())) {
                assert_eq!(found, Some(20));
                assert_eq!(skipped, []);
            }
        }
    }
}
