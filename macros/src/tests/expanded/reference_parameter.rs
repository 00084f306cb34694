fn f(results: &mut Vec<u64>, more: Option<&mut Vec<u64>>) {
    if let Some(more) = more {
        {
            let __arithmetic = ::parallel_for::__private::arithmetic((
                ::parallel_for::__private::variable(&results),
                (::parallel_for::__private::variable(&more), ()),
            ));
            ::parallel_for::__private::distribute(
                ::parallel_for::__private::Options {
                    arithmetic: ::core::option::Option::Some(__arithmetic),
                    ..::parallel_for::__private::Options::of_loop(0, 4728559543718544161)
                },
                ::parallel_for::__private::items!(0..10),
                |mut __chunk, (results, more)| {
                    let (mut results, mut more) = (results, more);
                    while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                        &mut __chunk,
                    ) {
                        #[allow(unused_mut, reason = "which type it is decides")]
                        let mut results = ::parallel_for::__private::open(
                            &mut results,
                            __block.length(),
                        );
                        #[allow(unused_mut, reason = "which type it is decides")]
                        let mut more = ::parallel_for::__private::open(
                            &mut more,
                            __block.length(),
                        );
                        for x in __block {
                            results.push(x);
                            more.push(x);
                        }
                    }
                    ::parallel_for::__private::part((results, more))
                        .compared((
                            ::parallel_for::__private::compared(0, 0),
                            ::parallel_for::__private::compared(0, 0),
                        ))
                },
                (
                    ::parallel_for::__private::output(
                        ::parallel_for::__private::pushed_once(
                            ::parallel_for::__private::collection(&mut *results),
                        ),
                        0,
                        0,
                    ),
                    ::parallel_for::__private::output(
                        match &mut &mut *more {
                            __x => {
                                #[allow(
                                    unused_imports,
                                    reason = "which trait is needed depends on the type"
                                )]
                                use ::parallel_for::__private::{
                                    IsCollection as _, IsOtherType as _,
                                };
                                (&::parallel_for::__private::typed(&*__x))
                                    .pushed_once(
                                        __x,
                                        |__x, (__e0,)| {
                                            #[allow(unused_must_use)] __x.push(__e0);
                                        },
                                    )
                            }
                        },
                        0,
                        0,
                    ),
                ),
                ::parallel_for::__private::nothing_captured,
            );
        }
    }
}
