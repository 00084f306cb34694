fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 9990004537060724830),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, results| {
            let mut results = results;
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                'items: for x in __block {
                    for y in 0..*x {
                        if y > 3 {
                            continue 'items;
                        }
                    }
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
    results
}
