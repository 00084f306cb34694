fn f(xs: &[u64]) -> Vec<u64> {
    let (mut a, mut b, mut c) = (Vec::new(), Vec::new(), Vec::new());
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options {
            schedule: ::parallel_for::__private::Schedule::Blocks,
            ..::parallel_for::__private::Options::of_loop(0, 7781248179308784822)
        },
        ::parallel_for::__private::items!(xs),
        |mut __chunk, a| {
            let mut a = a;
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut a = ::parallel_for::__private::open(&mut a, __block.length());
                for x in __block {
                    a.push(*x);
                }
            }
            ::parallel_for::__private::part(a)
                .compared(::parallel_for::__private::compared(0, 0))
        },
        ::parallel_for::__private::output(
            ::parallel_for::__private::pushed_once(
                ::parallel_for::__private::collection(&mut a),
            ),
            0,
            0,
        ),
        ::parallel_for::__private::nothing_captured,
    );
    for x in &a {
        b.push(*x);
    }
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options {
            schedule: ::parallel_for::__private::Schedule::RoundRobin,
            ..::parallel_for::__private::Options::of_loop(2, 7496393784800993311)
        },
        ::parallel_for::__private::items!(& b),
        |mut __chunk, c| {
            let mut c = c;
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut c = ::parallel_for::__private::open(&mut c, __block.length());
                for x in __block {
                    c.push(*x);
                }
            }
            ::parallel_for::__private::part(c)
                .compared(::parallel_for::__private::compared(0, 0))
        },
        ::parallel_for::__private::output(
            ::parallel_for::__private::pushed_once(
                ::parallel_for::__private::collection(&mut c),
            ),
            0,
            0,
        ),
        ::parallel_for::__private::nothing_captured,
    );
    c
}
