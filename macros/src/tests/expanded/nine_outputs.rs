fn f(o: &mut Outputs) {
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 4913255967206757618),
        ::parallel_for::__private::items!(0..9),
        |mut __chunk, ((__o_0, __o_1, __o_2, __o_3, __o_4, __o_5, __o_6, __o_7), __o_8)| {
            let (
                (
                    mut __o_0,
                    mut __o_1,
                    mut __o_2,
                    mut __o_3,
                    mut __o_4,
                    mut __o_5,
                    mut __o_6,
                    mut __o_7,
                ),
                mut __o_8,
            ) = ((__o_0, __o_1, __o_2, __o_3, __o_4, __o_5, __o_6, __o_7), __o_8);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_0 = ::parallel_for::__private::open(
                    &mut __o_0,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_1 = ::parallel_for::__private::open(
                    &mut __o_1,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_2 = ::parallel_for::__private::open(
                    &mut __o_2,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_3 = ::parallel_for::__private::open(
                    &mut __o_3,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_4 = ::parallel_for::__private::open(
                    &mut __o_4,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_5 = ::parallel_for::__private::open(
                    &mut __o_5,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_6 = ::parallel_for::__private::open(
                    &mut __o_6,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_7 = ::parallel_for::__private::open(
                    &mut __o_7,
                    __block.length(),
                );
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut __o_8 = ::parallel_for::__private::open(
                    &mut __o_8,
                    __block.length(),
                );
                for x in __block {
                    __o_0.push(x);
                    __o_1.push(x);
                    __o_2.push(x);
                    __o_3.push(x);
                    __o_4.push(x);
                    __o_5.push(x);
                    __o_6.push(x);
                    __o_7.push(x);
                    __o_8.push(x);
                }
            }
            ::parallel_for::__private::part((
                    (__o_0, __o_1, __o_2, __o_3, __o_4, __o_5, __o_6, __o_7),
                    __o_8,
                ))
                .compared((
                    (
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                        ::parallel_for::__private::compared(0, 0),
                    ),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            (
                ::parallel_for::__private::output(
                    match &mut o.0 {
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
                ::parallel_for::__private::output(
                    match &mut o.1 {
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
                ::parallel_for::__private::output(
                    match &mut o.2 {
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
                ::parallel_for::__private::output(
                    match &mut o.3 {
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
                ::parallel_for::__private::output(
                    match &mut o.4 {
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
                ::parallel_for::__private::output(
                    match &mut o.5 {
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
                ::parallel_for::__private::output(
                    match &mut o.6 {
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
                ::parallel_for::__private::output(
                    match &mut o.7 {
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
            ::parallel_for::__private::output(
                match &mut o.8 {
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
