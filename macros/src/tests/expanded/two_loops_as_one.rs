fn f(rows: &[u64], width: u64) -> Option<Vec<u64>> {
    let mut results = Vec::new();
    match ::parallel_for::__private::exits(
        ::parallel_for::__private::items_again!(
            ::parallel_for::__private::collapsed(::parallel_for::__private::even(rows),
            || ::parallel_for::__private::even(0..width))
        ),
    ) {
        mut __loop => {
            while __loop
                .run(
                    ::parallel_for::__private::Options::of_loop(0, 14929023241165705223),
                    |mut __chunk, results| {
                        let mut results = results;
                        let mut __mark = ::parallel_for::__private::mark(&mut results);
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            #[allow(unused_mut, reason = "which type it is decides")]
                            let mut results = ::parallel_for::__private::open(
                                &mut results,
                                __block.length(),
                            );
                            'rows: for (row, column) in __block {
                                __mark = ::parallel_for::__private::mark(&mut results);
                                if *row > column {
                                    break 'rows;
                                }
                                results.push(row * column);
                            }
                        }
                        ::parallel_for::__private::part_until(results, __mark)
                            .compared(::parallel_for::__private::compared(0, 0))
                    },
                    ::parallel_for::__private::output(
                        ::parallel_for::__private::pushed_once_unless_left(
                            ::parallel_for::__private::collection(&mut results),
                        ),
                        0,
                        0,
                    ),
                    ::parallel_for::__private::nothing_captured,
                )
            {
                'rows: for (row, column) in __loop.again() {
                    if *row > column {
                        break 'rows;
                    }
                    results.push(row * column);
                }
            }
        }
    }
    Some(results)
}
