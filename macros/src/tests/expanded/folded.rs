fn f(xs: &[u64], mut hash: u64, mut words: Words, mut stats: Stats) {
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 2351333211809026506),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (hash, words, stats)| {
            let (mut hash, mut words, mut stats) = (hash, words, stats);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                for x in __block {
                    hash.put(*x);
                    words.put(count(x));
                    stats.put(x);
                }
            }
            ::parallel_for::__private::part((hash, words, stats))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::folded(
                &mut hash,
                |__x, __e| *__x = mix(::core::mem::take(__x), __e),
            ),
            ::parallel_for::__private::folded(&mut words, |__x, __e| __x.merge(__e)),
            ::parallel_for::__private::folded(
                &mut stats,
                |__x, __e| Stats::add(__x, __e),
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
}
