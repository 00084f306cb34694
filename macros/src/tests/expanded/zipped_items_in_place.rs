fn f(&mut self, ys: &[u64]) {
    {
        let __self_xs_array = ::parallel_for::__private::array(&self.xs);
        let mut __self_xs = __self_xs_array.updates();
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::DEFAULT,
            ::parallel_for::__private::items!(
                ::core::iter::zip(__self_xs_array.of(& self.xs, 0).iter(), ys)
                .enumerate()
            ),
            |__chunk, (mut __self_xs_updates, mut __self_count)| {
                for (__index, (__self_xs_item, __shared_1)) in __chunk {
                    ::parallel_for::__private::begin(&mut __self_count);
                    let mut __self_xs_element = ::parallel_for::__private::copy(
                        __self_xs_item,
                    );
                    for (i, (x, y)) in ::parallel_for::__private::once((
                        __index,
                        (__self_xs_array.lent(&mut __self_xs_element), __shared_1),
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
                    __self_xs_updates.put(__index, __self_xs_element);
                }
                ::parallel_for::__private::part((__self_xs_updates, __self_count))
            },
            (&mut __self_xs, ::parallel_for::__private::sum(&mut self.count)),
        );
        __self_xs.store(__self_xs_array.of_mut(&mut self.xs, 0));
    }
}
