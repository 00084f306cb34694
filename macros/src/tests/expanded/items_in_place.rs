fn f(xs: &mut [u64]) {
    {
        let __xs_array = ::parallel_for::__private::array(&*xs);
        let mut __xs__all = __xs_array.updates();
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::of_loop(0, 14002505408742568163),
            ::parallel_for::__private::items!(
                __xs_array.of(& * xs, 0).iter().enumerate()
            ),
            |__chunk, mut __xs__updates| {
                for (__index, __xs__item) in __chunk {
                    let mut __xs__element = ::parallel_for::__private::copy(__xs__item);
                    for x in ::parallel_for::__private::once(
                        __xs_array.lent(&mut __xs__element),
                    ) {
                        *x *= 2;
                    }
                    if ::parallel_for::__private::left_once() {
                        break;
                    }
                    __xs__updates.put(__index, __xs__element);
                }
                ::parallel_for::__private::part(__xs__updates)
                    .compared(::parallel_for::__private::compared(0, 0))
            },
            &mut __xs__all,
            ::parallel_for::__private::nothing_captured,
        );
        __xs__all.store(__xs_array.of_mut(&mut *xs, 0));
    }
}
