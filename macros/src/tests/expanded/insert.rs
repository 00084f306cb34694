fn f(xs: &[u64]) -> HashMap<u64, u64> {
    let mut squares = HashMap::new();
    let mut all = Vec::new();
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 4838551133759207679),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (squares, all)| {
            let (mut squares, mut all) = (squares, all);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut all = ::parallel_for::__private::open(
                    &mut all,
                    __block.length(),
                );
                for x in __block {
                    squares.insert(*x, x * x);
                    all.push(*x);
                }
            }
            ::parallel_for::__private::part((squares, all))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::output(
                match &mut squares {
                    __x => {
                        #[allow(
                            unused_imports,
                            reason = "which trait is needed depends on the type"
                        )]
                        use ::parallel_for::__private::{
                            IsCollection as _, IsOtherType as _,
                        };
                        (&::parallel_for::__private::typed(&*__x))
                            .keyed(
                                __x,
                                |__x, (__e0, __e1)| {
                                    #[allow(unused_must_use)] __x.insert(__e0, __e1);
                                },
                            )
                    }
                },
                0,
                0,
            ),
            ::parallel_for::__private::output(
                ::parallel_for::__private::pushed_once(
                    ::parallel_for::__private::collection(&mut all),
                ),
                0,
                0,
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
    squares
}
