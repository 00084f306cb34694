fn f(&self, xs: &[u64], path: String) -> Result<impl Iterator<Item = u64>, Error> {
    let mut results = Vec::new();
    let mut text = String::new();
    {
        let __path__typed = ::parallel_for::__private::typed_like();
        let __self__typed = ::parallel_for::__private::typed_like();
        let __results__typed = ::parallel_for::__private::typed_like();
        #[allow(
            unreachable_code,
            clippy::all,
            clippy::pedantic,
            reason = "for the types alone"
        )]
        if false {
            loop {}
            __path__typed.like(&path);
            __self__typed.like(&self);
            __results__typed.like(&results);
        }
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(xs),
        ) {
            mut __loop => {
                while __loop
                    .run_unshared(
                        ::parallel_for::__private::Options {
                            threads: ::core::option::Option::Some(1usize),
                            ..::parallel_for::__private::Options::of_loop(
                                0,
                                18445279689131261479,
                            )
                        },
                        |mut __chunk, (text, results)| {
                            let (mut text, mut results) = (text, results);
                            let mut __mark = (
                                ::parallel_for::__private::mark(&mut text),
                                ::parallel_for::__private::mark(&mut results),
                            );
                            ::parallel_for::__private::attempt(|| -> <Result<
                                (),
                                Error,
                            > as ::parallel_for::__private::Fallible>::Unit {
                                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                    &mut __chunk,
                                ) {
                                    #[allow(unused_mut, reason = "which type it is decides")]
                                    let mut results = ::parallel_for::__private::open(
                                        &mut results,
                                        __block.length(),
                                    );
                                    #[allow(unused, clippy::all, clippy::pedantic)]
                                    'items: for x in __block {
                                        __mark = (
                                            ::parallel_for::__private::mark(&mut text),
                                            ::parallel_for::__private::mark(&mut results),
                                        );
                                        text.push_str("x");
                                        if *x == 0 {
                                            break 'items;
                                        }
                                        if *x == 1 {
                                            break 'items;
                                            let _ = || -> Result<(), Error> {
                                                loop {}
                                                let mut __self = __self__typed.value();
                                                let mut path = __path__typed.value();
                                                return Err(Error {
                                                    path,
                                                    name: __self.name.clone(),
                                                    x,
                                                });
                                            };
                                        }
                                        if *x == 2 {
                                            break 'items;
                                            let _ = || -> Result<_, Error> {
                                                loop {}
                                                let mut results = __results__typed.value();
                                                return Ok(results.into_iter());
                                            };
                                        }
                                        let next = || {
                                            if *x == 3 {
                                                return None;
                                            }
                                            self.next(x)
                                        };
                                        results.push(next().ok_or(self.error(*x))?);
                                    }
                                }
                                <Result<
                                    (),
                                    Error,
                                > as ::parallel_for::__private::Fallible>::completed()
                            });
                            ::parallel_for::__private::part_until(
                                    (text, results),
                                    __mark,
                                )
                                .compared((
                                    ::parallel_for::__private::compared(0, 0),
                                    ::parallel_for::__private::compared(0, 0),
                                ))
                        },
                        (
                            ::parallel_for::__private::output(
                                ::parallel_for::__private::collection(&mut text),
                                0,
                                0,
                            ),
                            ::parallel_for::__private::output(
                                ::parallel_for::__private::pushed_once_unless_left(
                                    ::parallel_for::__private::collection(&mut results),
                                ),
                                0,
                                0,
                            ),
                        ),
                        |__captures| {
                            __captures
                                .shared(
                                    "self",
                                    ::parallel_for::__private::used!(IsCell, self),
                                );
                            ::parallel_for::__private::capture!(
                                __captures, "self", self
                            );
                        },
                    )
                {
                    'items: for x in __loop.again() {
                        text.push_str("x");
                        if *x == 0 {
                            break 'items;
                        }
                        if *x == 1 {
                            return Err(Error {
                                path,
                                name: self.name.clone(),
                                x,
                            });
                        }
                        if *x == 2 {
                            return Ok(results.into_iter());
                        }
                        let next = || {
                            if *x == 3 {
                                return None;
                            }
                            self.next(x)
                        };
                        results.push(next().ok_or(self.error(*x))?);
                    }
                }
            }
        }
    }
    Ok(results.into_iter())
}
