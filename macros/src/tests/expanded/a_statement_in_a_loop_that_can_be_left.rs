fn f(xs: &[&str], counts: &mut [u64]) -> Result<(), Error> {
    {
        let __counts__typed = ::parallel_for::__private::typed_like();
        #[allow(
            unreachable_code,
            clippy::all,
            clippy::pedantic,
            reason = "for the types alone"
        )]
        if false {
            loop {}
            __counts__typed.like(&counts);
        }
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(xs),
        ) {
            mut __loop => {
                while ::parallel_for::__private::replaying(
                    |__outputs| {
                        __loop
                            .run(
                                ::parallel_for::__private::Options::of_loop(
                                    0,
                                    10745572044671217605,
                                ),
                                |mut __chunk, ((), __replays)| {
                                    let ((), mut __replays) = ((), __replays);
                                    let mut __mark = (
                                        (),
                                        ::parallel_for::__private::mark(&mut __replays),
                                    );
                                    ::parallel_for::__private::attempt(|| -> <Result<
                                        (),
                                        Error,
                                    > as ::parallel_for::__private::Fallible>::Unit {
                                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                            &mut __chunk,
                                        ) {
                                            #[allow(unused, clippy::all, clippy::pedantic)]
                                            '__loop: for x in __block {
                                                __mark = (
                                                    (),
                                                    ::parallel_for::__private::mark(&mut __replays),
                                                );
                                                let slot: usize = x.parse()?;
                                                __replays.put((slot,));
                                                if slot == 7 {
                                                    break '__loop;
                                                    let _ = || -> Result<(), Error> {
                                                        loop {}
                                                        let mut counts = __counts__typed.value();
                                                        counts[0] = 1;
                                                        return Err(Error);
                                                    };
                                                }
                                            }
                                        }
                                        <Result<
                                            (),
                                            Error,
                                        > as ::parallel_for::__private::Fallible>::completed()
                                    });
                                    ::parallel_for::__private::part_until(
                                            ((), __replays),
                                            __mark,
                                        )
                                        .compared(((), ::parallel_for::__private::compared(0, 0)))
                                },
                                __outputs,
                                ::parallel_for::__private::nothing_captured,
                            )
                    },
                    (),
                    (&mut *counts,),
                    |__targets, __replay| {
                        let (__counts__target,) = __targets;
                        match __replay {
                            (slot,) => {
                                (*__counts__target)[slot % (*__counts__target).len()] += 1;
                            }
                        }
                    },
                    0,
                ) {
                    for x in __loop.again() {
                        let slot: usize = x.parse()?;
                        counts[slot % counts.len()] += 1;
                        if slot == 7 {
                            counts[0] = 1;
                            return Err(Error);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}
