fn f(table: &mut [u64]) -> u64 {
    let mut sum = 0;
    match ::parallel_for::__private::known(
        ::parallel_for::__private::changed_items!(table.chunks_mut(3).enumerate()),
    ) {
        mut __changed => {
            let __number = __changed.len();
            let mut __told = ::parallel_for::__private::told(|__captures| {
                ::parallel_for::__private::capture!(__captures, "items", __changed);
            });
            {
                let mut __items__all = ::parallel_for::__private::changed(&mut __changed)
                    .with(::core::mem::take(&mut __told));
                let __again = {
                    ::parallel_for::__private::distribute(
                        ::parallel_for::__private::Options::of_loop(
                            0,
                            5753794309980327438,
                        ),
                        ::parallel_for::__private::items!(0..__number),
                        |mut __chunk, (sum, __items__updates)| {
                            let (mut sum, mut __items__updates) = (
                                sum,
                                __items__updates,
                            );
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                for __index in __block {
                                    ::parallel_for::__private::begin(&mut sum);
                                    let (i, row) = __items__updates.item(__index);
                                    row[0] += i;
                                    ::parallel_for::__private::contribute_once(
                                        &mut sum,
                                        row[1],
                                    );
                                }
                                ::parallel_for::__private::end_block(&mut sum);
                            }
                            ::parallel_for::__private::part((sum, __items__updates))
                                .compared((
                                    ::parallel_for::__private::compared(0, 0),
                                    ::parallel_for::__private::compared(0, 0),
                                ))
                        },
                        (::parallel_for::__private::sum(&mut sum), &mut __items__all),
                        ::parallel_for::__private::nothing_captured,
                    );
                };
                __items__all.collected().store(&mut __changed);
                __again
            }
        }
    }
    sum
}
