//! `skip`: as if the items were not there.

use super::*;

/// What those loops leave behind.
type Outputs = (
    Vec<u64>,
    Vec<u64>,
    String,
    HashMap<u64, u64>,
    f64,
    u64,
    u64,
    Option<u64>,
);

/// Outputs of many kinds: values 0 to 3 times, once, text, by keys, and reductions.
macro_rules! outputs {
    ($($name:ident $options:tt)*) => {
        family! {
            [$($name $options)*]
            fn (n: u64, fails: Fails) -> Outputs {
                let mut values = vec![7];
                let mut once = vec![8];
                let mut text = String::from("start");
                let mut latest = HashMap::new();
                let (mut sum, mut count, mut greatest, mut last) = (0.1, 0, 0, None);
                for i in 0..n {
                    for k in 0..i % 4 {
                        values.push(i * 10 + k);
                    }
                    text.push_str(&i.to_string());
                    latest.insert(i % 5, i);
                    sum += 1.0 / (i as f64 + 0.3);
                    count += 1;
                    greatest = greatest.max(i * 7 % 23);
                    last = Some(i);
                    once.push(i * i);
                    assert!(!fails(i), "no luck with {i}");
                }
                (values, once, text, latest, sum, count, greatest, last)
            }
        }
    };
}

outputs! {
    skip_managed (on_error = skip)
    skip_by_three (on_error = skip, schedule = managed(chunk = 3))
    skip_robin (on_error = skip, schedule = round_robin)
    skip_blocks (on_error = skip, schedule = blocks)
    skip_shipped (on_error = skip, items = master)
    skip_local (on_error = skip, local)
    skip_on_one (on_error = skip, threads = 1)
}

/// The same of the items that don't fail, one after the other.
fn outputs_without(n: u64, fails: Fails) -> Outputs {
    let mut values = vec![7];
    let mut once = vec![8];
    let mut text = String::from("start");
    let mut latest = HashMap::new();
    let (mut sum, mut count, mut greatest, mut last) = (0.1, 0, 0, None);
    for i in (0..n).filter(|&i| !fails(i)) {
        for k in 0..i % 4 {
            values.push(i * 10 + k);
        }
        text.push_str(&i.to_string());
        latest.insert(i % 5, i);
        sum += 1.0 / (i as f64 + 0.3);
        count += 1;
        greatest = greatest.max(i * 7 % 23);
        last = Some(i);
        once.push(i * i);
    }
    (values, once, text, latest, sum, count, greatest, last)
}

#[test]
fn what_iterations_wrote_that_are_left_out_is_nowhere() {
    for (which, distributed) in [
        skip_managed,
        skip_by_three,
        skip_robin,
        skip_blocks,
        skip_shipped,
        skip_local,
        skip_on_one,
    ]
    .into_iter()
    .enumerate()
    {
        for (size, threads) in [(1, 1), (1, 3), (3, 1), (2, 2)] {
            for (at, fails) in FAILS.into_iter().enumerate() {
                for n in [0, 1, 40] {
                    let expected = outputs_without(n, fails);
                    let left_out: Vec<u64> = (0..n).filter(|&i| fails(i)).collect();
                    for (made, skipped) in on_ranks(size, threads, at as u64, || {
                        (distributed(n, fails), skipped())
                    }) {
                        assert_eq!(made, expected, "{which} {size} {threads} {at} {n}");
                        assert_eq!(indices(&skipped), left_out);
                        let mut all = skipped.iter().zip(&left_out);
                        assert!(all.all(|(one, i)| {
                            one.message == format!("no luck with {i}")
                                && one.site.contains("left_out.rs:")
                                && one
                                    .location
                                    .as_ref()
                                    .is_some_and(|at| at.contains("left_out.rs:"))
                                && one.rank < size
                        }));
                    }
                }
            }
        }
    }
}

/// Arrays in place: items, elements by the loop's index, of plain and of other types.
macro_rules! in_place {
    ($($name:ident $options:tt)*) => {
        family! {
            [$($name $options)*]
            fn (plain: &mut [u64], names: &mut [String], out: &mut [u64], fails: Fails) {
                for (i, (x, name)) in plain.iter_mut().zip(names.iter_mut()).enumerate() {
                    *x += 100;
                    name.push_str(&i.to_string());
                    out[i] = *x * 2;
                    assert!(!fails(i as u64), "no luck with {i}");
                    *x += 1;
                }
            }
        }
    };
}

in_place! {
    place_managed (on_error = skip)
    place_robin (on_error = skip, schedule = round_robin)
    place_blocks (on_error = skip, schedule = blocks)
    place_local (on_error = skip, local)
}

family! {
    [
        windows_managed (on_error = skip)
        windows_robin (on_error = skip, schedule = round_robin)
        windows_local (on_error = skip, local)
        windows_on_one (on_error = skip, threads = 1)
    ]
    fn (plain: &mut [u64], fails: Fails) {
        for x in plain.iter_mut() {
            let i = *x;
            *x += 100;
            assert!(!fails(i), "no luck with {i}");
            *x += 1;
        }
    }
}

family! {
    [
        texts_managed (on_error = skip)
        texts_blocks (on_error = skip, schedule = blocks)
        texts_local (on_error = skip, local)
    ]
    fn (texts: &mut [String], fails: Fails) {
        for text in texts.iter_mut() {
            let i: u64 = text.parse().unwrap();
            text.push('!');
            assert!(!fails(i), "no luck with {i}");
            text.push('?');
        }
    }
}

family! {
    [
        mapped_managed (on_error = skip)
        mapped_local (on_error = skip, local)
    ]
    fn (map: &mut BTreeMap<u64, String>, fails: Fails) {
        for (i, text) in map.values_mut().enumerate() {
            text.push('!');
            assert!(!fails(i as u64), "no luck with {i}");
            text.push('?');
        }
    }
}

#[test]
fn what_was_changed_in_place_is_as_it_was() {
    let n = 40;
    for (size, threads) in [(1, 1), (1, 3), (3, 2)] {
        for fails in FAILS {
            for distributed in [place_managed, place_robin, place_blocks, place_local] {
                let results = on_ranks(size, threads, 5, || {
                    let mut plain: Vec<u64> = (0..n).collect();
                    let mut names: Vec<String> = (0..n).map(|i| format!("{i}-")).collect();
                    let mut out = vec![9; n as usize];
                    distributed(&mut plain, &mut names, &mut out, fails);
                    (plain, names, out, indices(&skipped()))
                });
                for (plain, names, out, left_out) in results {
                    for i in 0..n {
                        let at = i as usize;
                        if fails(i) {
                            assert_eq!((plain[at], out[at]), (i, 9));
                            assert_eq!(names[at], format!("{i}-"));
                        } else {
                            assert_eq!((plain[at], out[at]), (i + 101, (i + 100) * 2));
                            assert_eq!(names[at], format!("{i}-{i}"));
                        }
                    }
                    assert_eq!(left_out, (0..n).filter(|&i| fails(i)).collect::<Vec<_>>());
                }
            }
            for distributed in [
                windows_managed,
                windows_robin,
                windows_local,
                windows_on_one,
            ] {
                let results = on_ranks(size, threads, 5, || {
                    let mut plain: Vec<u64> = (0..n).collect();
                    distributed(&mut plain, fails);
                    (plain, skipped().len())
                });
                for (plain, _) in results {
                    let after = |i| if fails(i) { i } else { i + 101 };
                    assert_eq!(plain, (0..n).map(after).collect::<Vec<_>>());
                }
            }
            for distributed in [texts_managed, texts_blocks, texts_local] {
                let results = on_ranks(size, threads, 5, || {
                    let mut texts: Vec<String> = (0..n).map(|i| i.to_string()).collect();
                    distributed(&mut texts, fails);
                    (texts, skipped().len())
                });
                for (texts, _) in results {
                    for (i, text) in (0..n).zip(&texts) {
                        let after = if fails(i) { "" } else { "!?" };
                        assert_eq!(*text, format!("{i}{after}"));
                    }
                }
            }
            for distributed in [mapped_managed, mapped_local] {
                let results = on_ranks(size, threads, 5, || {
                    let mut map = (0..n).map(|i| (i, i.to_string())).collect();
                    distributed(&mut map, fails);
                    (map, skipped().len())
                });
                for (map, _) in results {
                    for (i, text) in &map {
                        let after = if fails(*i) { "" } else { "!?" };
                        assert_eq!(*text, format!("{i}{after}"));
                    }
                }
            }
        }
    }
}
