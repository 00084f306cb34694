fn f(xs: &[f64]) -> f64 {
    let (mut a, mut b, mut c, mut d, mut e) = (0.0, 0.0, 0, 0.0, 0);
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 14310228755324617133),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (a, b, c, d, e)| {
            let (mut a, mut b, mut c, mut d, mut e) = (a, b, c, d, e);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                for x in __block {
                    a.put(*x);
                    b.put(work(x));
                    c.put(count(x));
                    {
                        d.put(*x);
                    }
                    let size = size(x);
                    if size > 3 {
                        continue;
                    } else {
                        e.put(size);
                    }
                }
            }
            ::parallel_for::__private::part((a, b, c, d, e))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::maximum(
                ::parallel_for::__private::owned(
                    {
                        ::parallel_for::__private::std_method!(a, max);
                        &mut a
                    },
                    0,
                ),
            ),
            {
                #[allow(
                    unused_imports,
                    reason = "which trait is needed depends on the type"
                )]
                use ::parallel_for::__private::{IsKnown as _, IsOther as _};
                (&::parallel_for::__private::called(
                    &b,
                    f64::min,
                    ::core::primitive::f64::min,
                    || ::parallel_for::__private::never(),
                ))
                    .lend_minimum(&mut b)
            },
            ::parallel_for::__private::folded(
                &mut c,
                |__x, __e| *__x = max(::core::mem::take(__x), __e),
            ),
            ::parallel_for::__private::greatest(
                ::parallel_for::__private::owned(&mut d, 0),
            ),
            ::parallel_for::__private::least_last(
                ::parallel_for::__private::owned(&mut e, 0),
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
    a + b
}
