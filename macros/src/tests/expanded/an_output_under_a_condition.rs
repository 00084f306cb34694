#[cfg(all(feature = "stats"))]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut stats = Vec::new();
    {
        let __arithmetic = ::parallel_for::__private::arithmetic((
            ::parallel_for::__private::variable(&stats),
            (::parallel_for::__private::variable(&results), ()),
        ));
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options {
                arithmetic: ::core::option::Option::Some(__arithmetic),
                ..::parallel_for::__private::Options::of_loop(0, 11010422319235191269)
            },
            ::parallel_for::__private::items!(xs),
            |mut __chunk, (stats, results)| {
                let (mut stats, mut results) = (stats, results);
                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                    &mut __chunk,
                ) {
                    #[allow(unused_mut, reason = "which type it is decides")]
                    let mut stats = ::parallel_for::__private::open(
                        &mut stats,
                        __block.length(),
                    );
                    #[allow(unused_mut, reason = "which type it is decides")]
                    let mut results = ::parallel_for::__private::open(
                        &mut results,
                        __block.length(),
                    );
                    for x in __block {
                        stats.push(x);
                        results.push(*x);
                    }
                }
                ::parallel_for::__private::part((stats, results))
                    .compared((
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                    ))
            },
            (
                ::parallel_for::__private::output(
                    ::parallel_for::__private::pushed_once(
                        ::parallel_for::__private::collection(&mut stats),
                    ),
                    0,
                    0,
                ),
                ::parallel_for::__private::output(
                    ::parallel_for::__private::pushed_once(
                        ::parallel_for::__private::collection(&mut results),
                    ),
                    0,
                    0,
                ),
            ),
            ::parallel_for::__private::nothing_captured,
        );
    }
    results
}
#[cfg(all(not(feature = "stats")))]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    {
        let __arithmetic = ::parallel_for::__private::arithmetic((
            ::parallel_for::__private::variable(&results),
            (),
        ));
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options {
                arithmetic: ::core::option::Option::Some(__arithmetic),
                ..::parallel_for::__private::Options::of_loop(0, 10518990023711476706)
            },
            ::parallel_for::__private::items!(xs),
            |mut __chunk, results| {
                let mut results = results;
                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                    &mut __chunk,
                ) {
                    for x in __block {
                        results.push(0);
                        results.push(*x);
                    }
                }
                ::parallel_for::__private::part(results)
                    .compared(::parallel_for::__private::compared(0, 0))
            },
            ::parallel_for::__private::output(
                ::parallel_for::__private::collection(&mut results),
                0,
                0,
            ),
            ::parallel_for::__private::nothing_captured,
        );
    }
    results
}
