fn f(&mut self, xs: &[u64], n: &mut u64, text: &mut String) {
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 15696224880709763298),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (text, __self_total, n, __self_best)| {
            let (mut text, mut __self_total, mut n, mut __self_best) = (
                text,
                __self_total,
                n,
                __self_best,
            );
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                for x in __block {
                    ::parallel_for::__private::begin(&mut __self_total);
                    ::parallel_for::__private::begin(&mut n);
                    ::parallel_for::__private::contribute_once(&mut __self_total, x);
                    ::parallel_for::__private::contribute_once(&mut n, 1);
                    text += name(x);
                    text.push('x');
                    {
                        __self_best.put(*x);
                    }
                }
                ::parallel_for::__private::end_block(&mut __self_total);
                ::parallel_for::__private::end_block(&mut n);
            }
            ::parallel_for::__private::part((text, __self_total, n, __self_best))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::output(
                ::parallel_for::__private::collection(&mut *text),
                0,
                0,
            ),
            ::parallel_for::__private::sum(&mut self.total),
            ::parallel_for::__private::sum({
                ::parallel_for::__private::own_method(
                    ::parallel_for::__private::typed(&n),
                );
                &mut *n
            }),
            ::parallel_for::__private::greatest(
                ::parallel_for::__private::owned(&mut self.best, 0),
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
}
