fn f(&mut self, ys: &[u64]) {
    {
        let __self_xs_array = ::parallel_for::__private::array(&self.xs);
        let mut __self_xs__all = __self_xs_array.updates();
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::of_loop(0, 10870130125825507816),
            ::parallel_for::__private::items!(
                ::parallel_for::__private::zip(__self_xs_array.of(& self.xs, 0).iter(),
                ys).enumerate()
            ),
            |__chunk, (mut __self_xs__updates, mut __self_count)| {
                for (__index, (__self_xs__item, __shared__1)) in __chunk {
                    ::parallel_for::__private::begin(&mut __self_count);
                    let mut __self_xs__element = ::parallel_for::__private::copy(
                        __self_xs__item,
                    );
                    for (i, (x, y)) in ::parallel_for::__private::once((
                        __index,
                        (__self_xs_array.lent(&mut __self_xs__element), __shared__1),
                    )) {
                        if *y == 0 {
                            continue;
                        }
                        *x += y * i as u64;
                        ::parallel_for::__private::contribute(&mut __self_count, 1);
                    }
                    if ::parallel_for::__private::left_once() {
                        break;
                    }
                    __self_xs__updates.put(__index, __self_xs__element);
                }
                ::parallel_for::__private::part((__self_xs__updates, __self_count))
                    .compared((
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                    ))
            },
            (&mut __self_xs__all, ::parallel_for::__private::sum(&mut self.count)),
            ::parallel_for::__private::nothing_captured,
        );
        __self_xs__all.store(__self_xs_array.of_mut(&mut self.xs, 0));
    }
}
