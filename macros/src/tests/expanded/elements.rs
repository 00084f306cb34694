fn f(xs: &[u64], out: &mut [u64]) {
    {
        let mut __out__all = ::parallel_for::__private::updates(&*out);
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::Options::of_loop(0, 1986419865027956453),
            ::parallel_for::__private::items!(
                ::parallel_for::__private::numbered(xs.iter().enumerate())
            ),
            |mut __chunk, __out__updates| {
                let mut __out__updates = __out__updates;
                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                    &mut __chunk,
                ) {
                    for (i, x) in __block {
                        if i < out.len() {
                            {
                                __out__updates.put(i, x * x);
                                let _ = &out[i];
                            };
                        }
                    }
                }
                ::parallel_for::__private::part(__out__updates)
                    .compared(::parallel_for::__private::compared(0, 0))
            },
            &mut __out__all,
            ::parallel_for::__private::nothing_captured,
        );
        __out__all.store(&mut *out);
    }
}
