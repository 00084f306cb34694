fn f(xs: &mut [u64]) {
    {
        let __xs_array = ::parallel_for::__private::array(&*xs);
        let mut __xs = __xs_array.updates();
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::DEFAULT,
            ::parallel_for::__private::items!(
                __xs_array.of(& * xs, 0).iter().enumerate()
            ),
            |__chunk, mut __xs_updates| {
                for (__index, __xs_item) in __chunk {
                    let mut __xs_element = ::parallel_for::__private::copy(__xs_item);
                    for x in ::parallel_for::__private::once(
                        __xs_array.lent(&mut __xs_element),
                    ) {
                        *x *= 2;
                    }
                    if ::parallel_for::__private::left_once() {
                        break;
                    }
                    __xs_updates.put(__index, __xs_element);
                }
                ::parallel_for::__private::part(__xs_updates)
            },
            &mut __xs,
        );
        __xs.store(__xs_array.of_mut(&mut *xs, 0));
    }
}
