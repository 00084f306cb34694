//! What the properties of reductions don't show: very many contributions, memory, and functions of
//! the user's.

use std::cell::Cell;

use proptest::prelude::*;

use super::super::balance::{Balance, Change};
use super::super::{extremes, folded, last, operators};
use super::*;

fn one_chunk() -> Way {
    Way {
        lengths: vec![usize::MAX],
        marked: false,
        repeated: false,
        in_order: false,
    }
}

proptest! {
    #[test]
    fn an_iteration_that_contributes_very_often_is_the_same_in_any_chunk(
        often in proptest::collection::vec(proptest::collection::vec(-1.0..1.0_f64, 0..200), 0..6),
        way in ways(),
    ) {
        let bits = |way: &Way| [
            in_chunks(0.1, sum, &often, way, |x, e| *x += e).to_bits(),
            in_chunks(0.1, difference, &often, way, |x, e| *x -= e).to_bits(),
            in_chunks(0.1, product, &often, way, |x, e| *x *= e + 1.5).to_bits(),
            in_chunks(0.1, balance, &often, way, |x, e| if e > 0.0 { *x += e } else { *x -= e }).to_bits(),
        ];
        prop_assert_eq!(bits(&way), bits(&one_chunk()));
        // The excess is summed before it is added.
        let mut expected = 0.1_f64;
        for iteration in &often {
            let (apart, excess) = iteration.split_at(iteration.len().min(64));
            for e in apart {
                expected += e;
            }
            if let Some((first, rest)) = excess.split_first() {
                expected += rest.iter().fold(*first, |sum, e| sum + e);
            }
        }
        prop_assert_eq!(bits(&way)[0], expected.to_bits());
    }
}

#[test]
fn what_merges_takes_no_memory() {
    fn entries<E, O>(mut part: Reduced<E, O>) -> usize {
        part.emptied().count()
    }
    let (mut n, mut top, mut flag) = (
        Reduced::<u128, operators::Sum>::default(),
        Reduced::<f64, extremes::Greatest>::default(),
        Reduced::<bool, last::Last>::default(),
    );
    let mut text = Reduced::<String, operators::Sum>::default();
    for i in 0..1000_u32 {
        n.mark();
        top.mark();
        flag.mark();
        text.mark();
        n += 1;
        n += 2;
        top.put(f64::from(i % 77));
        flag.put(true);
        text += "x";
    }
    let most = [entries(n), entries(top), entries(flag), entries(text)];
    assert!(most.iter().all(|&entries| entries <= 2), "{most:?}");
}

proptest! {
    #[test]
    fn walks_take_no_memory(steps in proptest::collection::vec(-9..10_i128, 0..300), marked: bool) {
        let mut up_and_down = (Reduced::<i128, operators::Sum>::default(), Reduced::<Change<u128>, Balance>::default());
        for step in steps {
            if marked {
                up_and_down.mark();
            }
            let (sum, balance) = &mut up_and_down;
            *sum += step;
            match u128::try_from(step) {
                Ok(up) => *balance += up,
                Err(_) => *balance -= 1,
            }
        }
        let most = (up_and_down.0.emptied().count(), up_and_down.1.emptied().count());
        prop_assert!(most.0 <= 5 && most.1 <= 30, "{:?}", most);
    }
}

#[test]
fn the_function_of_the_user_is_called_in_order() {
    let calls = Cell::new(0);
    let mut digits = String::new();
    let mut output = folded(&mut digits, |x, e: u32| {
        calls.set(calls.get() + 1);
        x.push_str(&e.to_string());
    });
    let mut part = Arguments::default();
    part.put(1);
    let mark = part.mark();
    part.put(9);
    part.rewind(mark);
    part.put(2);
    assert_eq!(calls.get(), 0);
    output.absorb(&mut travelled(part));
    assert_eq!((digits.as_str(), calls.get()), ("12", 2));
}
