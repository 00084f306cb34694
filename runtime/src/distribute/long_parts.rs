//! Whole loops with parts that take long to read: compute threads of the master do that, between their chunks and when
//! there are no more of these.

use serde::{Deserialize, Serialize};

use super::tests::on_ranks;
use crate::parallel_for;

/// What no type says of itself: the master's own are remade.
#[derive(Serialize, Deserialize)]
struct Record {
    number: u64,
    text: Option<String>,
}

impl Record {
    fn new(number: u64) -> Self {
        let text = (!number.is_multiple_of(5)).then(|| format!("{number:>100}"));
        Self { number, text }
    }

    fn is_right(&self, number: u64) -> bool {
        let right = Self::new(number);
        self.number == number && self.text == right.text
    }
}

macro_rules! examples {
    ($($name:ident($($options:tt)*))+) => {
        $(#[parallel_for($($options)*)]
        fn $name(n: u64) -> (Vec<Record>, Vec<String>) {
            let (mut records, mut texts) = (Vec::new(), Vec::new());
            for i in 0..n {
                records.push(Record::new(i));
                if i % 3 == 0 {
                    texts.push(i.to_string());
                }
            }
            (records, texts)
        })+

        const EXAMPLES: &[fn(u64) -> (Vec<Record>, Vec<String>)] = &[$($name),+];
    };
}

examples! {
    managed()
    in_chunks(schedule = managed(chunk = 700))
    round_robin(schedule = round_robin)
    blocks(schedule = blocks)
}

#[test]
fn every_rank_has_the_sequential_result() {
    for (size, threads) in [(2, 1), (3, 2), (2, 0)] {
        for example in EXAMPLES {
            let results = on_ranks(size, threads, 7, || {
                [0, 1, 20_000, 3_000].map(|n| {
                    let (records, texts) = example(n);
                    let mut numbered = (0..n).zip(&records);
                    let all = numbered.all(|(i, record)| record.is_right(i));
                    let expected = (0..n).step_by(3).map(|i| i.to_string());
                    all && records.len() as u64 == n && expected.eq(texts)
                })
            });
            assert!(results.iter().flatten().all(|right| *right), "{results:?}");
        }
    }
}
