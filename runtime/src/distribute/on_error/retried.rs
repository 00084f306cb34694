//! `retry`: as if the panics had not been.

use super::*;

family! {
    [
        retry_managed (on_error = retry(3), per_rank(runs))
        retry_robin (on_error = retry(3), schedule = round_robin, per_rank(runs))
        retry_blocks (on_error = retry(3), schedule = blocks, per_rank(runs))
        retry_shipped (on_error = retry(3), items = master, per_rank(runs))
        retry_local (on_error = retry(3), local)
        retry_on_one (on_error = retry(3), threads = 1, per_rank(runs))
    ]
    fn (items: Vec<String>, out: &mut [u64], runs: &Runs, panics: usize) -> (Vec<String>, f64) {
        let mut texts = Vec::new();
        let mut sum = 0.0;
        for (i, item) in items.into_iter().enumerate() {
            sum += 1.0 / (i as f64 + 0.7);
            texts.push(item);
            out[i] += 5;
            assert!(i % 3 != 1 || runs.next(i) > panics, "no luck with {i}");
        }
        (texts, sum)
    }
}

family! {
    [
        again_windows (on_error = retry(2), per_rank(runs))
        again_windows_local (on_error = retry(2), local)
    ]
    fn (plain: &mut [u64], texts: &mut [String], runs: &Runs) {
        for (i, (x, text)) in plain.iter_mut().zip(texts.iter_mut()).enumerate() {
            *x = *x * 3 + 1;
            text.push('!');
            assert!(i % 3 != 1 || runs.next(i) > 2, "no luck with {i}");
        }
    }
}

family! {
    [
        again_items (on_error = retry(2), per_rank(runs))
        again_items_local (on_error = retry(2), local)
    ]
    fn (map: &mut BTreeMap<usize, Vec<u64>>, runs: &Runs) {
        for (i, list) in map.values_mut().enumerate() {
            list.push(1);
            assert!(i % 3 != 1 || runs.next(i) > 2, "no luck with {i}");
        }
    }
}

/// Such a function.
type Retried = fn(Vec<String>, &mut [u64], &Runs, usize) -> (Vec<String>, f64);

#[test]
fn an_iteration_that_runs_again_finds_everything_as_it_was() {
    let n = 20;
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for distributed in [
            retry_managed,
            retry_robin,
            retry_blocks,
            retry_shipped,
            retry_local,
            retry_on_one,
        ] {
            let shared = Runs::new(n);
            let results = on_ranks(size, threads, 5, || {
                // Where each rank runs all of it, each has its own.
                let own = Runs::new(n);
                let runs = if std::ptr::fn_addr_eq(distributed as Retried, retry_local as Retried) {
                    &own
                } else {
                    &shared
                };
                let items = (0..n).map(|i| i.to_string()).collect();
                let mut out = vec![1; n];
                let made = distributed(items, &mut out, runs, 3);
                (made, out, skipped())
            });
            let mut sum = 0.0;
            for i in 0..n {
                sum += 1.0 / (i as f64 + 0.7);
            }
            let texts: Vec<String> = (0..n).map(|i| i.to_string()).collect();
            for result in results {
                assert_eq!(result, ((texts.clone(), sum), vec![6; n], Vec::new()));
            }
        }
        for (distributed, local) in [
            (again_windows as fn(&mut [u64], &mut [String], &Runs), false),
            (again_windows_local, true),
        ] {
            let shared = Runs::new(n);
            let results = on_ranks(size, threads, 5, || {
                let own = Runs::new(n);
                let mut plain: Vec<u64> = (0..n as u64).collect();
                let mut texts = vec![String::from("x"); n];
                distributed(&mut plain, &mut texts, if local { &own } else { &shared });
                (plain, texts)
            });
            for (plain, texts) in results {
                assert_eq!(plain, (0..n as u64).map(|i| i * 3 + 1).collect::<Vec<_>>());
                assert_eq!(texts, vec!["x!"; n]);
            }
        }
        for (distributed, local) in [
            (
                again_items as fn(&mut BTreeMap<usize, Vec<u64>>, &Runs),
                false,
            ),
            (again_items_local, true),
        ] {
            let shared = Runs::new(n);
            let results = on_ranks(size, threads, 5, || {
                let own = Runs::new(n);
                let mut map = (0..n).map(|i| (i, vec![0])).collect();
                distributed(&mut map, if local { &own } else { &shared });
                map
            });
            for map in results {
                assert!(map.values().all(|list| *list == [0, 1]), "{map:?}");
            }
        }
    }
}

#[test]
fn an_iteration_that_panics_each_time_ends_the_loop() {
    for (size, threads) in [(1, 1), (1, 2), (3, 2)] {
        for distributed in [retry_managed, retry_robin, retry_shipped, retry_on_one] {
            let runs = Runs::new(20);
            let results = on_ranks(size, threads, 5, || {
                let items = (0..20).map(|i| i.to_string()).collect();
                let mut out = vec![1; 20];
                let caught =
                    catch_unwind(AssertUnwindSafe(|| distributed(items, &mut out, &runs, 4)));
                *caught.unwrap_err().downcast::<String>().unwrap()
            });
            assert_eq!(results, vec!["no luck with 1"; size]);
            assert_eq!(runs.0[1].load(Ordering::Relaxed), 4, "three times again");
        }
    }
}

#[test]
fn scratch_is_made_anew_for_each_try() {
    #[parallel_for(on_error = retry(1), per_rank(runs))]
    fn sums(n: u64, runs: &Runs) -> Vec<u64> {
        let mut results = Vec::new();
        let mut buffer: Vec<u64> = Vec::new();
        for i in 0..n {
            buffer.clear();
            buffer.extend(0..i);
            assert!(runs.next(i as usize) > 1, "no luck with {i}");
            results.push(buffer.iter().sum());
        }
        results
    }
    let runs = Runs::new(30);
    for sums in on_ranks(2, 2, 3, || sums(30, &runs)) {
        assert_eq!(
            sums,
            (0..30)
                .map(|i| i * (i.max(1) - 1) / 2)
                .collect::<Vec<u64>>()
        );
    }
}

#[cfg(feature = "random")]
#[test]
fn each_try_has_the_same_random_numbers() {
    #[parallel_for(on_error = retry(2), per_rank(runs))]
    fn draws(n: u64, runs: Option<&Runs>) -> Vec<u64> {
        let mut results = Vec::new();
        for i in 0..n {
            let mut random = crate::random(7, i);
            results.push(random.next_u64());
            assert!(
                runs.is_none_or(|runs| runs.next(i as usize) > 2),
                "no luck with {i}"
            );
        }
        results
    }
    let runs = Runs::new(30);
    let expected = draws(30, None);
    for drawn in on_ranks(2, 2, 3, || draws(30, Some(&runs))) {
        assert_eq!(drawn, expected);
    }
}
