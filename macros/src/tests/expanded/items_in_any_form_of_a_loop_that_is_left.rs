fn f(xs: &mut [u64]) -> Option<()> {
    match ::parallel_for::__private::known(
        ::parallel_for::__private::changed_items_again!(
            ::parallel_for::__private::untouched(& mut xs[1..])
        ),
    ) {
        mut __changed => {
            let __number = __changed.len();
            let mut __told = ::parallel_for::__private::told(|__captures| {
                ::parallel_for::__private::capture!(__captures, "items", __changed);
            });
            match ::parallel_for::__private::exits(
                ::parallel_for::__private::items_again!(0..__number),
            ) {
                mut __loop => {
                    while {
                        let mut __items__all = ::parallel_for::__private::changed(
                                &mut __changed,
                            )
                            .with(::core::mem::take(&mut __told));
                        let __again = __loop
                            .run(
                                ::parallel_for::__private::Options::of_loop(
                                    0,
                                    5445372374990068019,
                                ),
                                |mut __chunk, __items__updates| {
                                    let mut __items__updates = __items__updates;
                                    let mut __mark = ::parallel_for::__private::mark(
                                        &mut __items__updates,
                                    );
                                    ::parallel_for::__private::attempt(|| -> <Option<
                                        (),
                                    > as ::parallel_for::__private::Fallible>::Unit {
                                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                            &mut __chunk,
                                        ) {
                                            for __index in __block {
                                                __mark = ::parallel_for::__private::mark(
                                                    &mut __items__updates,
                                                );
                                                let x = __items__updates.item(__index);
                                                *x = work(*x)?;
                                            }
                                        }
                                        <Option<
                                            (),
                                        > as ::parallel_for::__private::Fallible>::completed()
                                    });
                                    ::parallel_for::__private::part_until(
                                            __items__updates,
                                            __mark,
                                        )
                                        .compared(::parallel_for::__private::compared(0, 0))
                                },
                                &mut __items__all,
                                ::parallel_for::__private::nothing_captured,
                            );
                        __items__all.collected().store(&mut __changed);
                        __again
                    } {
                        for x in __loop
                            .again_of(::parallel_for::__private::lent(&mut __changed))
                        {
                            *x = work(*x)?;
                        }
                    }
                }
            }
        }
    }
    Some(())
}
