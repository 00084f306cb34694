fn f(xs: &[f64], mut flags: u8) -> f64 {
    let (mut sum, mut balance, mut n, mut product) = (0.0, 0.0, 0, 1.0);
    let mut last = None;
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 528599364455874937),
        ::parallel_for::__private::items!(xs.iter().enumerate()),
        |mut __chunk, (sum, balance, n, product, flags, last)| {
            let (mut sum, mut balance, mut n, mut product, mut flags, mut last) = (
                sum,
                balance,
                n,
                product,
                flags,
                last,
            );
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                for (i, x) in __block {
                    ::parallel_for::__private::begin(&mut sum);
                    ::parallel_for::__private::begin(&mut balance);
                    ::parallel_for::__private::begin(&mut n);
                    ::parallel_for::__private::begin(&mut product);
                    ::parallel_for::__private::contribute_once(&mut sum, x);
                    ::parallel_for::__private::gain(&mut balance, x);
                    if i > 3 {
                        ::parallel_for::__private::lose(&mut balance, 1.0);
                    }
                    ::parallel_for::__private::contribute_once(&mut n, 1);
                    ::parallel_for::__private::contribute(&mut product, x + 1.0);
                    ::parallel_for::__private::contribute(&mut flags, 1 << i);
                    if *x > 3.0 {
                        last.put(Some(i));
                    }
                }
                ::parallel_for::__private::end_block(&mut sum);
                ::parallel_for::__private::end_block(&mut n);
            }
            ::parallel_for::__private::part((sum, balance, n, product, flags, last))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::sum(&mut sum),
            ::parallel_for::__private::balance(&mut balance),
            ::parallel_for::__private::sum(&mut n),
            ::parallel_for::__private::product(&mut product),
            ::parallel_for::__private::bit_or(&mut flags),
            ::parallel_for::__private::last(
                ::parallel_for::__private::owned(&mut last, 0),
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
    sum
}
