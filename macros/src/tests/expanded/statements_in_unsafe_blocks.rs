fn f(image: &Image, out: &mut Image, xs: &[u64]) {
    match ::parallel_for::__private::items!(xs.iter().enumerate()) {
        __items => {
            ::parallel_for::__private::replaying(
                |__outputs| ::parallel_for::__private::distribute(
                    ::parallel_for::__private::captured(
                        ::parallel_for::__private::Options::of_loop(
                            0,
                            11007854232807650607,
                        ),
                        (
                            ::parallel_for::__private::shared(&raw const *image),
                            (::parallel_for::__private::shared(&raw const *xs), ()),
                        ),
                    ),
                    __items,
                    |mut __chunk, ((), __replays)| {
                        let ((), mut __replays) = ((), __replays);
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            for (i, x) in __block {
                                #[allow(unsafe_code)] #[allow(unused_unsafe)]
                                unsafe {
                                    let p = image.unsafe_get_pixel(i, 0);
                                    __replays
                                        .put(
                                            ::parallel_for::__private::Either::This((
                                                i,
                                                f(p, *xs.get_unchecked(i)),
                                            )),
                                        );
                                }
                                __replays
                                    .put(::parallel_for::__private::Either::Other((key(x),)));
                            }
                        }
                        ::parallel_for::__private::part(((), __replays))
                            .compared(((), ::parallel_for::__private::compared(0, 0)))
                    },
                    __outputs,
                    |__captures| {
                        __captures
                            .shared(
                                "image",
                                ::parallel_for::__private::used!(IsState, image),
                            );
                        __captures
                            .shared("xs", ::parallel_for::__private::used!(IsState, xs));
                        ::parallel_for::__private::capture!(__captures, "image", image);
                        ::parallel_for::__private::capture!(__captures, "xs", xs);
                    },
                ),
                (),
                (&mut self.counts, &mut *out),
                |__targets, __replay| {
                    let (__self_counts__target, __out__target) = __targets;
                    match __replay {
                        ::parallel_for::__private::Either::This((i, __value1)) => {
                            #[allow(unsafe_code)]
                            #[allow(unused_unsafe)]
                            unsafe {
                                (*__out__target).unsafe_put_pixel(i, 0, __value1);
                            }
                        }
                        ::parallel_for::__private::Either::Other((__value0,)) => {
                            (**__self_counts__target)[__value0] += 1;
                        }
                    }
                },
                0,
            );
        }
    }
}
