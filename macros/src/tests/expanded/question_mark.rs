fn f(xs: &[&str]) -> Result<Vec<u64>, ParseIntError> {
    let mut results = Vec::new();
    match ::parallel_for::__private::exits(::parallel_for::__private::items_again!(xs)) {
        mut __loop => {
            while __loop
                .run(
                    ::parallel_for::__private::Options::of_loop(0, 4546487175348283354),
                    |mut __chunk, results| {
                        let mut results = results;
                        let mut __mark = ::parallel_for::__private::mark(&mut results);
                        ::parallel_for::__private::attempt(|| -> <Result<
                            Vec<u64>,
                            ParseIntError,
                        > as ::parallel_for::__private::Fallible>::Unit {
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut results = ::parallel_for::__private::open(
                                    &mut results,
                                    __block.length(),
                                );
                                for x in __block {
                                    __mark = ::parallel_for::__private::mark(&mut results);
                                    results.push(x.parse()?);
                                }
                            }
                            <Result<
                                Vec<u64>,
                                ParseIntError,
                            > as ::parallel_for::__private::Fallible>::completed()
                        });
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
                for x in __loop.again() {
                    results.push(x.parse()?);
                }
            }
        }
    }
    Ok(results)
}
