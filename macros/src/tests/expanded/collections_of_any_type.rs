fn f(&mut self, xs: &[u64], table: &mut [Row]) -> Result<Known, Error> {
    let mut known = Default::default();
    let mut list: Vec<u64> = made();
    match ::parallel_for::__private::exits(::parallel_for::__private::items_again!(xs)) {
        mut __loop => {
            while __loop
                .run(
                    ::parallel_for::__private::Options::of_loop(0, 17638392214877261321),
                    |mut __chunk, (__self_exclusions, known, list, __self_rest)| {
                        let (
                            mut __self_exclusions,
                            mut known,
                            mut list,
                            mut __self_rest,
                        ) = (__self_exclusions, known, list, __self_rest);
                        let mut __mark = (
                            ::parallel_for::__private::mark(&mut __self_exclusions),
                            ::parallel_for::__private::mark(&mut known),
                            ::parallel_for::__private::mark(&mut list),
                            ::parallel_for::__private::mark(&mut __self_rest),
                        );
                        ::parallel_for::__private::attempt(|| -> <Result<
                            Known,
                            Error,
                        > as ::parallel_for::__private::Fallible>::Unit {
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut list = ::parallel_for::__private::open(
                                    &mut list,
                                    __block.length(),
                                );
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut __self_rest = ::parallel_for::__private::open(
                                    &mut __self_rest,
                                    __block.length(),
                                );
                                for x in __block {
                                    __mark = (
                                        ::parallel_for::__private::mark(&mut __self_exclusions),
                                        ::parallel_for::__private::mark(&mut known),
                                        ::parallel_for::__private::mark(&mut list),
                                        ::parallel_for::__private::mark(&mut __self_rest),
                                    );
                                    __self_exclusions.insert((*x, 1));
                                    known.insert(x / 7, check(x)?);
                                    list.push(*x);
                                    match x % 3 {
                                        0 => __self_rest.push(*x),
                                        _ => __self_rest.push(1),
                                    }
                                }
                            }
                            <Result<
                                Known,
                                Error,
                            > as ::parallel_for::__private::Fallible>::completed()
                        });
                        ::parallel_for::__private::part_until(
                                (__self_exclusions, known, list, __self_rest),
                                __mark,
                            )
                            .compared((
                                ::parallel_for::__private::compared(0, 0),
                                ::parallel_for::__private::compared(0, 0),
                                ::parallel_for::__private::compared(0, 0),
                                ::parallel_for::__private::compared(0, 0),
                            ))
                    },
                    (
                        ::parallel_for::__private::output(
                            match &mut self.exclusions {
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
                                            |__x, (__e0,)| {
                                                #[allow(unused_must_use)] __x.insert(__e0);
                                            },
                                        )
                                }
                            },
                            0,
                            0,
                        ),
                        ::parallel_for::__private::output(
                            match &mut known {
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
                            ::parallel_for::__private::pushed_once_unless_left(
                                ::parallel_for::__private::collection(&mut list),
                            ),
                            0,
                            0,
                        ),
                        ::parallel_for::__private::output(
                            match &mut self.rest {
                                __x => {
                                    #[allow(
                                        unused_imports,
                                        reason = "which trait is needed depends on the type"
                                    )]
                                    use ::parallel_for::__private::{
                                        IsCollection as _, IsOtherType as _,
                                    };
                                    (&::parallel_for::__private::typed(&*__x))
                                        .pushed_once_unless_left(
                                            __x,
                                            |__x, (__e0,)| {
                                                match __x.push(__e0) {
                                                    __value => ::parallel_for::__private::unused(__value),
                                                }
                                            },
                                        )
                                }
                            },
                            0,
                            0,
                        ),
                    ),
                    ::parallel_for::__private::nothing_captured,
                )
            {
                for x in __loop.again() {
                    self.exclusions.insert((*x, 1));
                    known.insert(x / 7, check(x)?);
                    list.push(*x);
                    match x % 3 {
                        0 => self.rest.push(*x),
                        _ => self.rest.push(1),
                    }
                }
            }
        }
    }
    Ok(known)
}
