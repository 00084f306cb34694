fn f() -> Vec<String> {
    let mut results = Vec::new();
    ::parallel_for::__private::distribute_from_master(
        ::parallel_for::__private::Options::of_loop(0, 11835464137881111464),
        ::parallel_for::__private::master_items!(stdin().lines()),
        |mut __chunk, results| {
            let mut results = results;
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut results = ::parallel_for::__private::open(
                    &mut results,
                    __block.length(),
                );
                for line in __block {
                    results.push(line);
                }
            }
            ::parallel_for::__private::part(results)
                .compared(::parallel_for::__private::compared(0, 0))
        },
        ::parallel_for::__private::output(
            ::parallel_for::__private::pushed_once(
                ::parallel_for::__private::collection(&mut results),
            ),
            0,
            0,
        ),
        ::parallel_for::__private::nothing_captured,
    );
    results
}
