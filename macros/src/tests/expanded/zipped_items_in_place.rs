fn f(&mut self, ys: &[u64]) {
    {
        let mut __self_xs = ::parallel_for::__private::updates(&self.xs);
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::DEFAULT,
            ::parallel_for::__private::items!(
                ::core::iter::zip(self.xs.iter(), ys).enumerate()
            ),
            |__chunk, (mut __self_xs_updates, mut __self_count)| {
                for (__index, (__self_xs_item, __shared_1)) in __chunk {
                    ::parallel_for::__private::begin(&mut __self_count);
                    let mut __self_xs_element = ::parallel_for::__private::copy(
                        __self_xs_item,
                    );
                    for (i, (x, y)) in ::parallel_for::__private::once((
                        __index,
                        (&mut __self_xs_element, __shared_1),
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
        __self_xs.store(&mut self.xs);
    }
}
