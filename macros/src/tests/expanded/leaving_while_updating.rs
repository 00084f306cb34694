fn f(xs: &mut [u64], out: &mut [u64], ys: &[u64]) -> Result<u64, Error> {
    let mut sum = 0;
    {
        let __xs_array = ::parallel_for::__private::array(&*xs);
        let mut __xs__all = __xs_array.updates();
        let mut __out__all = ::parallel_for::__private::updates(&*out);
        let __out__typed = ::parallel_for::__private::typed_like();
        let __sum__typed = ::parallel_for::__private::typed_like();
        #[allow(
            unreachable_code,
            clippy::all,
            clippy::pedantic,
            reason = "for the types alone"
        )]
        if false {
            loop {}
            __out__typed.like(&out);
            __sum__typed.like(&sum);
        }
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(
                ::parallel_for::__private::numbered(::parallel_for::__private::zip((0
                ..__xs_array.of(& * xs, 0).len()), ys).enumerate())
            ),
        ) {
            mut __loop => {
                while __loop
                    .run(
                        ::parallel_for::__private::Options::of_loop(
                            0,
                            15699975775982192503,
                        ),
                        |mut __chunk, (__xs__updates, __out__updates, sum)| {
                            let (mut __xs__updates, mut __out__updates, mut sum) = (
                                __xs__updates,
                                __out__updates,
                                sum,
                            );
                            let mut __mark = (
                                ::parallel_for::__private::mark(&mut __xs__updates),
                                ::parallel_for::__private::mark(&mut __out__updates),
                                ::parallel_for::__private::mark(&mut sum),
                            );
                            ::parallel_for::__private::attempt(|| -> <Result<
                                u64,
                                Error,
                            > as ::parallel_for::__private::Fallible>::Unit {
                                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                    &mut __chunk,
                                ) {
                                    #[allow(unused, clippy::all, clippy::pedantic)]
                                    for (__index, (__xs__item, __shared__1)) in __block {
                                        __mark = (
                                            ::parallel_for::__private::mark(&mut __xs__updates),
                                            ::parallel_for::__private::mark(&mut __out__updates),
                                            ::parallel_for::__private::mark(&mut sum),
                                        );
                                        ::parallel_for::__private::begin(&mut sum);
                                        let mut __xs__element = ::parallel_for::__private::copy(
                                            &__xs_array.of(&*xs, 0)[__xs__item],
                                        );
                                        let mut __once = ::parallel_for::__private::once((
                                            __index,
                                            (__xs_array.lent(&mut __xs__element), __shared__1),
                                        ));
                                        for (i, (x, y)) in &mut __once {
                                            let mut __out__element = ::core::option::Option::None;
                                            let mut __once = ::parallel_for::__private::once(());
                                            'own: for () in &mut __once {
                                                if *y == 0 {
                                                    continue 'own;
                                                }
                                                if *y == 1 {
                                                    break 'own;
                                                    let _ = || -> Result<u64, Error> {
                                                        loop {}
                                                        let mut out = __out__typed.value();
                                                        let mut sum = __sum__typed.value();
                                                        return Ok(out[i] + sum);
                                                    };
                                                }
                                                (*__out__element
                                                    .get_or_insert_with(|| ::parallel_for::__private::copy(
                                                        &out[i],
                                                    ))) += work(y)?;
                                                *x += y;
                                                ::parallel_for::__private::contribute_once(&mut sum, y);
                                            }
                                            if __once.is_left() {
                                                break;
                                            }
                                            if let ::core::option::Option::Some(__out__element) = __out__element {
                                                __out__updates.put(i, __out__element);
                                            }
                                        }
                                        if __once.is_left() {
                                            break;
                                        }
                                        __xs__updates.put(__index, __xs__element);
                                    }
                                    ::parallel_for::__private::end_block(&mut sum);
                                }
                                <Result<
                                    u64,
                                    Error,
                                > as ::parallel_for::__private::Fallible>::completed()
                            });
                            ::parallel_for::__private::part_until(
                                    (__xs__updates, __out__updates, sum),
                                    __mark,
                                )
                                .compared((
                                    ::parallel_for::__private::compared(0, 0),
                                    ::parallel_for::__private::compared(0, 0),
                                    ::parallel_for::__private::compared(0, 0),
                                ))
                        },
                        (
                            &mut __xs__all,
                            &mut __out__all,
                            ::parallel_for::__private::sum(&mut sum),
                        ),
                        ::parallel_for::__private::nothing_captured,
                    )
                {
                    __xs__all.store(__xs_array.of_mut(&mut *xs, 0));
                    __out__all.store(&mut *out);
                    'own: for (i, (x, y)) in __loop
                        .again_of(
                            ::parallel_for::__private::zip(
                                    __xs_array.of_mut(&mut *xs, 0).iter_mut(),
                                    ys,
                                )
                                .enumerate(),
                        )
                    {
                        if *y == 0 {
                            continue 'own;
                        }
                        if *y == 1 {
                            return Ok(out[i] + sum);
                        }
                        out[i] += work(y)?;
                        *x += y;
                        sum += y;
                    }
                }
            }
        }
        __xs__all.store(__xs_array.of_mut(&mut *xs, 0));
        __out__all.store(&mut *out);
    }
    Ok(sum)
}
