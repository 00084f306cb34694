fn f(xs: &[u64]) -> Vec<u64> {
    #[cfg(a)]
    let n = 1;
    #[cfg(not(a))]
    let n = 2;
    let mut results = Vec::new();
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::captured(
            ::parallel_for::__private::Options::of_loop(0, 14237152045302112670),
            (::parallel_for::__private::shared(&raw const n), ()),
        ),
        ::parallel_for::__private::items!(xs),
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
                for x in __block {
                    #[cfg(unix)]
                    fn item() {}
                    #[cfg_attr(b, allow(unused))]
                    let y = x * n;
                    results.push(y);
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
        |__captures| {
            __captures.shared("n", ::parallel_for::__private::used!(IsState, n));
            ::parallel_for::__private::capture!(__captures, "n", n);
        },
    );
    #[cfg(c)] show(&results);
    results
}
