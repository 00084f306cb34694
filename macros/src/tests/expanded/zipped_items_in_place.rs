fn f(&mut self, ys: &[u64]) {
    {
        let __self_xs_array = ::parallel_for::__private::array(&self.xs);
        match ::parallel_for::__private::items!(
            ::parallel_for::__private::zip((0..__self_xs_array.of(& self.xs, 0).len()),
            ys).enumerate()
        ) {
            __items => {
                let __self_xs__told = ::parallel_for::__private::told(|__captures| {
                    ::parallel_for::__private::capture!(
                        __captures, "self.xs", raw self.xs
                    );
                });
                let mut __self_xs__all = __self_xs_array
                    .windows(&mut self.xs, 0)
                    .with(__self_xs__told);
                ::parallel_for::__private::distribute(
                    ::parallel_for::__private::Options::of_loop(0, 10870130125825507816),
                    __items,
                    |mut __chunk, (__self_xs__updates, __self_count)| {
                        let (mut __self_xs__updates, mut __self_count) = (
                            __self_xs__updates,
                            __self_count,
                        );
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            let mut __self_xs__updates = __self_xs__updates
                                .open(__block.length());
                            for (__index, (__self_xs__item, __shared__1)) in __block {
                                ::parallel_for::__private::begin(&mut __self_count);
                                let __self_xs__element = __self_xs__updates
                                    .element(
                                        __self_xs__item,
                                        ::parallel_for::__private::copying(),
                                    );
                                let (i, (x, y)) = (
                                    __index,
                                    (__self_xs_array.lent(__self_xs__element), __shared__1),
                                );
                                if *y == 0 {
                                    continue;
                                }
                                *x += y * i as u64;
                                ::parallel_for::__private::contribute_once(
                                    &mut __self_count,
                                    1,
                                );
                            }
                            ::parallel_for::__private::end_block(&mut __self_count);
                        }
                        ::parallel_for::__private::part((
                                __self_xs__updates,
                                __self_count,
                            ))
                            .compared((
                                ::parallel_for::__private::compared(0, 0),
                                ::parallel_for::__private::compared(0, 0),
                            ))
                    },
                    (
                        &mut __self_xs__all,
                        ::parallel_for::__private::sum(&mut self.count),
                    ),
                    ::parallel_for::__private::nothing_captured,
                );
                __self_xs__all
                    .collected()
                    .store(__self_xs_array.of_mut(&mut self.xs, 0));
            }
        }
    }
}
