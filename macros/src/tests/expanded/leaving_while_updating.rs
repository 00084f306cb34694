fn f(xs: &mut [u64], out: &mut [u64], ys: &[u64]) -> Result<u64, Error> {
    let mut sum = 0;
    {
        let __xs_array = ::parallel_for::__private::array(&*xs);
        let mut __xs = __xs_array.updates();
        let mut __out = ::parallel_for::__private::updates(&*out);
        let __typed_out = ::parallel_for::__private::typed(&out);
        let __typed_sum = ::parallel_for::__private::typed(&sum);
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(
                ::parallel_for::__private::numbered(::core::iter::zip((0..__xs_array.of(&
                * xs, 0).len()), ys).enumerate())
            ),
        ) {
            mut __loop => {
                while __loop
                    .run(
                        ::parallel_for::__private::Options::DEFAULT,
                        |__chunk, (mut __xs_updates, mut __out_updates, mut sum)| {
                            let mut __mark = (
                                ::parallel_for::__private::mark(&__xs_updates),
                                ::parallel_for::__private::mark(&__out_updates),
                                ::parallel_for::__private::mark(&sum),
                            );
                            ::parallel_for::__private::attempt(|| -> <Result<
                                u64,
                                Error,
                            > as ::parallel_for::__private::Fallible>::Unit {
                                #[allow(unused, clippy::all, clippy::pedantic)]
                                for (__index, (__xs_item, __shared_1)) in __chunk {
                                    __mark = (
                                        ::parallel_for::__private::mark(&__xs_updates),
                                        ::parallel_for::__private::mark(&__out_updates),
                                        ::parallel_for::__private::mark(&sum),
                                    );
                                    ::parallel_for::__private::begin(&mut sum);
                                    let mut __xs_element = ::parallel_for::__private::copy(
                                        &__xs_array.of(&*xs, 0)[__xs_item],
                                    );
                                    for (i, (x, y)) in ::parallel_for::__private::once((
                                        __index,
                                        (__xs_array.lent(&mut __xs_element), __shared_1),
                                    )) {
                                        let mut __out_element = ::core::option::Option::None;
                                        'own: for () in ::parallel_for::__private::once(()) {
                                            if *y == 0 {
                                                continue 'own;
                                            }
                                            if *y == 1 {
                                                break 'own;
                                                let _ = || -> Result<u64, Error> {
                                                    loop {}
                                                    let mut out = __typed_out.value();
                                                    let mut sum = __typed_sum.value();
                                                    return Ok(out[i] + sum);
                                                };
                                            }
                                            (*__out_element
                                                .get_or_insert_with(|| ::parallel_for::__private::copy(
                                                    &out[i],
                                                ))) += work(y)?;
                                            *x += y;
                                            ::parallel_for::__private::contribute(&mut sum, y);
                                        }
                                        if ::parallel_for::__private::left_once() {
                                            break;
                                        }
                                        if let ::core::option::Option::Some(__out_element) = __out_element {
                                            __out_updates.put(i, __out_element);
                                        }
                                    }
                                    if ::parallel_for::__private::left_once() {
                                        break;
                                    }
                                    __xs_updates.put(__index, __xs_element);
                                }
                                <Result<
                                    u64,
                                    Error,
                                > as ::parallel_for::__private::Fallible>::completed()
                            });
                            ::parallel_for::__private::part_until(
                                (__xs_updates, __out_updates, sum),
                                __mark,
                            )
                        },
                        (&mut __xs, &mut __out, ::parallel_for::__private::sum(&mut sum)),
                    )
                {
                    __xs.store(__xs_array.of_mut(&mut *xs, 0));
                    __out.store(&mut *out);
                    'own: for (i, (x, y)) in __loop
                        .again_of(
                            ::core::iter::zip(
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
        __xs.store(__xs_array.of_mut(&mut *xs, 0));
        __out.store(&mut *out);
    }
    Ok(sum)
}
