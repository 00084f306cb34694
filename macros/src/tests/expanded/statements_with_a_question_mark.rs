fn f<W: Write>(writer: &mut W, xs: &[u64], seen: &mut Vec<u64>) -> Result<u64, Error> {
    let mut sum = 0;
    let mut groups = BTreeMap::new();
    {
        ::parallel_for::__private::own_writer(&writer, 0);
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(xs),
        ) {
            mut __loop => {
                match ::core::option::Option::None {
                    mut __left => {
                        while ::parallel_for::__private::stopping(
                            |__outputs| {
                                __loop
                                    .run(
                                        ::parallel_for::__private::Options::of_loop(
                                            0,
                                            4281289906806155800,
                                        ),
                                        |mut __chunk, ((), __replays)| {
                                            let ((), mut __replays) = ((), __replays);
                                            let mut __mark = (
                                                (),
                                                ::parallel_for::__private::mark(&mut __replays),
                                            );
                                            ::parallel_for::__private::attempt_all(|| -> <Result<
                                                u64,
                                                Error,
                                            > as ::parallel_for::__private::Fallible>::Unit {
                                                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                                    &mut __chunk,
                                                ) {
                                                    for x in __block {
                                                        __mark = (
                                                            (),
                                                            ::parallel_for::__private::mark(&mut __replays),
                                                        );
                                                        let line = line(x)?;
                                                        __replays
                                                            .put(
                                                                ::parallel_for::__private::Either::This((
                                                                    ::parallel_for::__private::ToOwned::to_owned(
                                                                        line.as_bytes(),
                                                                    ),
                                                                )),
                                                            );
                                                        __replays
                                                            .put(
                                                                ::parallel_for::__private::Either::Other(
                                                                    ::parallel_for::__private::Either::This((
                                                                        match ::parallel_for::__private::Text::new() {
                                                                            mut __text => {
                                                                                writeln!(__text, "{x} {}", sqrt(* x));
                                                                                __text
                                                                            }
                                                                        },
                                                                        x,
                                                                    )),
                                                                ),
                                                            );
                                                        __replays
                                                            .put(
                                                                ::parallel_for::__private::Either::Other(
                                                                    ::parallel_for::__private::Either::Other(
                                                                        ::parallel_for::__private::Either::This((x % 10, weight(x))),
                                                                    ),
                                                                ),
                                                            );
                                                        __replays
                                                            .put(
                                                                ::parallel_for::__private::Either::Other(
                                                                    ::parallel_for::__private::Either::Other(
                                                                        ::parallel_for::__private::Either::Other(
                                                                            ::parallel_for::__private::Either::This((x,)),
                                                                        ),
                                                                    ),
                                                                ),
                                                            );
                                                        __replays
                                                            .put(
                                                                ::parallel_for::__private::Either::Other(
                                                                    ::parallel_for::__private::Either::Other(
                                                                        ::parallel_for::__private::Either::Other(
                                                                            ::parallel_for::__private::Either::Other((*x,)),
                                                                        ),
                                                                    ),
                                                                ),
                                                            );
                                                    }
                                                }
                                                <Result<
                                                    u64,
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
                            (&mut *writer, &mut groups, &mut *seen, &mut sum),
                            |
                                __targets,
                                __replay,
                            | -> <Result<
                                u64,
                                Error,
                            > as ::parallel_for::__private::Fallible>::Unit {
                                let (
                                    __writer__target,
                                    __groups__target,
                                    __seen__target,
                                    __sum__target,
                                ) = __targets;
                                match __replay {
                                    ::parallel_for::__private::Either::This((__value0,)) => {
                                        (*__writer__target).write_all((&__value0[..]))?;
                                    }
                                    ::parallel_for::__private::Either::Other(
                                        ::parallel_for::__private::Either::This((__value0, x)),
                                    ) => {
                                        ::core::write!((* __writer__target), "{}", __value0)
                                            .map_err(|e| Error::of(e, x))?;
                                    }
                                    ::parallel_for::__private::Either::Other(
                                        ::parallel_for::__private::Either::Other(
                                            ::parallel_for::__private::Either::This(
                                                (__value0, __value1),
                                            ),
                                        ),
                                    ) => {
                                        {
                                            let group = (**__groups__target)
                                                .entry(__value0)
                                                .or_insert((0, 0));
                                            group.0 += 1;
                                            group.1 += __value1;
                                        };
                                    }
                                    ::parallel_for::__private::Either::Other(
                                        ::parallel_for::__private::Either::Other(
                                            ::parallel_for::__private::Either::Other(
                                                ::parallel_for::__private::Either::This((x,)),
                                            ),
                                        ),
                                    ) => {
                                        (**__sum__target) += x;
                                    }
                                    ::parallel_for::__private::Either::Other(
                                        ::parallel_for::__private::Either::Other(
                                            ::parallel_for::__private::Either::Other(
                                                ::parallel_for::__private::Either::Other((__value0,)),
                                            ),
                                        ),
                                    ) => {
                                        (*__seen__target).push(__value0);
                                    }
                                }
                                <Result<
                                    u64,
                                    Error,
                                > as ::parallel_for::__private::Fallible>::completed()
                            },
                            &mut __left,
                            0,
                        ) {
                            for x in __loop.again() {
                                let line = line(x)?;
                                writer.write_all(line.as_bytes())?;
                                writeln!(writer, "{x} {}", sqrt(* x))
                                    .map_err(|e| Error::of(e, x))?;
                                {
                                    let group = groups.entry(x % 10).or_insert((0, 0));
                                    group.0 += 1;
                                    group.1 += weight(x);
                                }
                                sum += x;
                                seen.push(*x);
                            }
                        }
                        if let ::core::option::Option::Some(__end) = __left {
                            __end?;
                        }
                    }
                }
            }
        }
    }
    Ok(sum)
}
