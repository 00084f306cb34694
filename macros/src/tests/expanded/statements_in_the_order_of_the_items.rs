fn f(&mut self, xs: &[u64], image: &mut Image) -> Vec<u64> {
    let mut counts = vec![0; 10];
    let (mut best, mut at) = (0.0, 0);
    let mut results = Vec::new();
    {
        let __counts__length = ::parallel_for::__private::length(&mut counts);
        match ::parallel_for::__private::items!(xs.iter().enumerate()) {
            __items => {
                ::parallel_for::__private::replaying(
                    |__outputs| ::parallel_for::__private::distribute(
                        ::parallel_for::__private::captured(
                            ::parallel_for::__private::Options::of_loop(
                                0,
                                7427716745547765832,
                            ),
                            (
                                ::parallel_for::__private::shared(&raw const self.model),
                                (),
                            ),
                        ),
                        __items,
                        |mut __chunk, (results, __replays)| {
                            let (mut results, mut __replays) = (results, __replays);
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut results = ::parallel_for::__private::open(
                                    &mut results,
                                    __block.length(),
                                );
                                for (i, x) in __block {
                                    let slot = key(x) % __counts__length;
                                    __replays
                                        .put(
                                            ::parallel_for::__private::Either::This((weight(x), slot)),
                                        );
                                    let cost = self.model.cost(x);
                                    __replays
                                        .put(
                                            ::parallel_for::__private::Either::Other(
                                                ::parallel_for::__private::Either::This((cost, i)),
                                            ),
                                        );
                                    __replays
                                        .put(
                                            ::parallel_for::__private::Either::Other(
                                                ::parallel_for::__private::Either::Other(
                                                    ::parallel_for::__private::Either::This((slot, *x)),
                                                ),
                                            ),
                                        );
                                    __replays
                                        .put(
                                            ::parallel_for::__private::Either::Other(
                                                ::parallel_for::__private::Either::Other(
                                                    ::parallel_for::__private::Either::Other((
                                                        i,
                                                        slot,
                                                        colour(x),
                                                    )),
                                                ),
                                            ),
                                        );
                                    results.push(cost);
                                }
                            }
                            ::parallel_for::__private::part((results, __replays))
                                .compared((
                                    ::parallel_for::__private::compared(0, 0),
                                    ::parallel_for::__private::compared(0, 0),
                                ))
                        },
                        __outputs,
                        |__captures| {
                            __captures
                                .shared(
                                    "self.model",
                                    ::parallel_for::__private::used!(IsState, raw self.model),
                                );
                            ::parallel_for::__private::capture!(
                                __captures, "self.model", raw self.model
                            );
                        },
                    ),
                    ::parallel_for::__private::output(
                        ::parallel_for::__private::pushed_once(
                            ::parallel_for::__private::collection(&mut results),
                        ),
                        0,
                        0,
                    ),
                    (&mut counts, &mut best, &mut at, &mut self.groups, &mut *image),
                    |__targets, __replay| {
                        let (
                            __counts__target,
                            __best__target,
                            __at__target,
                            __self_groups__target,
                            __image__target,
                        ) = __targets;
                        match __replay {
                            ::parallel_for::__private::Either::This(
                                (__value0, slot),
                            ) => {
                                (**__counts__target)[slot] += __value0;
                            }
                            ::parallel_for::__private::Either::Other(
                                ::parallel_for::__private::Either::This((cost, i)),
                            ) => {
                                if cost < (**__best__target) {
                                    (**__best__target) = cost;
                                    (**__at__target) = i;
                                }
                            }
                            ::parallel_for::__private::Either::Other(
                                ::parallel_for::__private::Either::Other(
                                    ::parallel_for::__private::Either::This((slot, __value1)),
                                ),
                            ) => {
                                (**__self_groups__target)
                                    .entry(slot)
                                    .or_default()
                                    .push(__value1);
                            }
                            ::parallel_for::__private::Either::Other(
                                ::parallel_for::__private::Either::Other(
                                    ::parallel_for::__private::Either::Other(
                                        (i, slot, __value2),
                                    ),
                                ),
                            ) => {
                                (*__image__target)
                                    .put_pixel(i, slot, Rgb([__value2, 0, 1]));
                            }
                        }
                    },
                    0,
                );
            }
        }
    }
    results
}
