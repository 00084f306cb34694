fn f(xs: &mut [u64]) {
    {
        let __arithmetic = ::parallel_for::__private::arithmetic((
            ::parallel_for::__private::variable(&xs),
            (),
        ));
        let __xs_array = ::parallel_for::__private::array(&*xs);
        match ::parallel_for::__private::items!(
            (0..__xs_array.of(& * xs, 0).len()).enumerate()
        ) {
            __items => {
                let __xs__told = ::parallel_for::__private::told(|__captures| {
                    ::parallel_for::__private::capture!(__captures, "xs", xs);
                });
                let mut __xs__all = __xs_array.windows(&mut *xs, 0).with(__xs__told);
                ::parallel_for::__private::distribute(
                    ::parallel_for::__private::Options {
                        arithmetic: ::core::option::Option::Some(__arithmetic),
                        ..::parallel_for::__private::Options::of_loop(
                            0,
                            14002505408742568163,
                        )
                    },
                    __items,
                    |mut __chunk, __xs__updates| {
                        let mut __xs__updates = __xs__updates;
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            let mut __xs__updates = __xs__updates.open(__block.length());
                            for (__index, __xs__item) in __block {
                                let __xs__element = __xs__updates
                                    .element(__xs__item, ::parallel_for::__private::copying());
                                let x = __xs_array.lent(__xs__element);
                                *x *= 2;
                            }
                        }
                        ::parallel_for::__private::part(__xs__updates)
                            .compared(::parallel_for::__private::compared(0, 0))
                    },
                    &mut __xs__all,
                    ::parallel_for::__private::nothing_captured,
                );
                __xs__all.collected().store(__xs_array.of_mut(&mut *xs, 0));
            }
        }
    }
}
