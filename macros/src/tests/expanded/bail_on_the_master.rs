fn f() -> anyhow::Result<usize> {
    let mut results = Vec::new();
    match ::parallel_for::__private::exits(
        ::parallel_for::__private::master_items_again!(stdin().lines()),
    ) {
        mut __loop => {
            while __loop
                .run(
                    ::parallel_for::__private::Options::of_loop(0, 6590671169843909405),
                    |mut __chunk, results| {
                        let mut results = results;
                        let mut __mark = ::parallel_for::__private::mark(&mut results);
                        ::parallel_for::__private::attempt(|| -> <anyhow::Result<
                            usize,
                        > as ::parallel_for::__private::Fallible>::Unit {
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut results = ::parallel_for::__private::open(
                                    &mut results,
                                    __block.length(),
                                );
                                for line in __block {
                                    __mark = ::parallel_for::__private::mark(&mut results);
                                    if line.is_empty() {
                                        bail!("empty");
                                    }
                                    results.push(line);
                                }
                            }
                            <anyhow::Result<
                                usize,
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
                for line in __loop.again() {
                    if line.is_empty() {
                        bail!("empty");
                    }
                    results.push(line);
                }
            }
        }
    }
    Ok(results.len())
}
