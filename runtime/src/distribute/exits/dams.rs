//! Loops over items that can't be cloned, as those of readers.

use std::io;

use proptest::prelude::*;

use super::tests::schedules;
use crate::__private::{
    Fallible, Gather, Options, attempt, block, exits, items_again, mark, part_until,
};
use crate::distribute::tests::on_ranks;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The first line that is an error, of lines that can't be cloned; and errors that are passed over.
    #[test]
    fn items_that_can_not_be_copied_are_run_in_their_turn(
        lines in proptest::collection::vec(0..10_u8, 0..60),
        size in 1..5_usize,
        schedule in 0..3_usize,
        tolerant: bool,
        everywhere: bool,
        seed: u64,
    ) {
        let line = |&value: &u8| match value {
            0 => Err(io::Error::other("torn")),
            value => Ok(value.to_string()),
        };
        let gather = if everywhere { Gather::All } else { Gather::Master };
        let options = Options { gather, ..schedules()[schedule] };
        let results = on_ranks(size, 2, seed, || -> (Vec<String>, Option<String>) {
            let mut results = Vec::new();
            let mut read = || -> io::Result<()> {
                let mut this = exits(items_again!(lines.iter().map(line)));
                while this.run(options, |mut chunk, mut results: Vec<String>| {
                    let mut start = mark(&mut results);
                    attempt(|| -> <io::Result<()> as Fallible>::Unit {
                        while let Some(block) = block(&mut chunk) { for line in block {
                            start = mark(&mut results);
                            if tolerant && line.is_err() {
                                continue;
                            }
                            results.push(line?);
                        } }
                        <io::Result<()> as Fallible>::completed()
                    });
                    part_until(results, start)
                }, &mut results, |_| ()) {
                    for line in this.again() {
                        if tolerant && line.is_err() {
                            continue;
                        }
                        results.push(line?);
                    }
                }
                Ok(())
            };
            let value = read().err().map(|error| error.to_string());
            (results, value)
        });
        let torn = lines.iter().position(|&value| value == 0);
        let until = torn.filter(|_| !tolerant).unwrap_or(lines.len());
        let good = lines[..until].iter().filter(|&&value| value != 0);
        let values: Vec<String> = good.map(ToString::to_string).collect();
        let error = (until < lines.len()).then(|| "torn".to_owned());
        for (rank, result) in results.into_iter().enumerate() {
            if everywhere || rank == 0 {
                prop_assert_eq!(result, (values.clone(), error.clone()));
            } else {
                prop_assert_eq!(result, (vec![], None));
            }
        }
    }
}
