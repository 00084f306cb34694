fn f(xs: &[u64]) -> HashMap<u64, u64> {
    let mut squares = HashMap::new();
    let mut all = Vec::new();
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 4838551133759207679),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (squares, all)| {
            let (mut squares, mut all) = (squares, all);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut)]
                let mut all = ::parallel_for::__private::open(
                    &mut all,
                    __block.length(),
                );
                for x in __block {
                    squares.insert(*x, x * x);
                    all.push(*x);
                }
            }
            ::parallel_for::__private::part((squares, all))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::output(
                ::parallel_for::__private::keyed(
                    ::parallel_for::__private::collection(&mut squares),
                ),
                0,
                0,
            ),
            ::parallel_for::__private::output(
                ::parallel_for::__private::pushed_once(
                    ::parallel_for::__private::collection(&mut all),
                ),
                0,
                0,
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
    squares
}
