fn f(xs: &mut [u64]) {
    {
        let mut __xs = ::parallel_for::__private::updates(&*xs);
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::DEFAULT,
            ::parallel_for::__private::items!(xs.iter().enumerate()),
            |__chunk, mut __xs_updates| {
                for (__index, __xs_item) in __chunk {
                    let mut __xs_element = ::parallel_for::__private::copy(__xs_item);
                    for x in ::parallel_for::__private::once(&mut __xs_element) {
                        *x *= 2;
                    }
                    if ::parallel_for::__private::left_once() {
                        break;
                    }
                    __xs_updates.put(__index, __xs_element);
                }
                ::parallel_for::__private::part(__xs_updates)
                    .compared(::parallel_for::__private::compared(0, 0))
            },
            &mut __xs,
            ::parallel_for::__private::nothing_captured,
        );
        __xs.store(&mut *xs);
    }
}
