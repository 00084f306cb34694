fn f(rows: &mut [Vec<f64>], a: &[f64]) {
    match ::parallel_for::__private::to_the_end(
        ::parallel_for::__private::items!(
            ::parallel_for::__private::numbered(0..rows.len())
        ),
    ) {
        __items => {
            let __rows__told = ::parallel_for::__private::told(|__captures| {
                ::parallel_for::__private::capture!(__captures, "rows", rows);
            });
            let mut __rows__all = ::parallel_for::__private::windows(&mut *rows, 0)
                .with(__rows__told);
            ::parallel_for::__private::distribute(
                ::parallel_for::__private::captured(
                    ::parallel_for::__private::Options::of_loop(0, 3911988353880273150),
                    (::parallel_for::__private::shared(&raw const *a), ()),
                ),
                __items,
                |mut __chunk, __rows__updates| {
                    let mut __rows__updates = __rows__updates;
                    while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                        &mut __chunk,
                    ) {
                        let mut __rows__updates = __rows__updates.open(__block.length());
                        for i in __block {
                            let __rows__element = __rows__updates
                                .element(i, ::parallel_for::__private::copying());
                            let mut __once = ::parallel_for::__private::once(());
                            ::parallel_for::__private::unaliased(
                                __rows__element,
                                |__rows__element| {
                                    'rows: for () in &mut __once {
                                        for j in 0..(*__rows__element).len() {
                                            if a[j] < 0.0 {
                                                continue 'rows;
                                            }
                                            (*__rows__element)[j] += a[j];
                                        }
                                    }
                                    ::parallel_for::__private::iterated()
                                },
                            );
                            if __once.is_left() {
                                break;
                            }
                        }
                    }
                    ::parallel_for::__private::part(__rows__updates)
                        .compared(::parallel_for::__private::compared(0, 0))
                },
                &mut __rows__all,
                |__captures| {
                    __captures.shared("a", ::parallel_for::__private::used!(IsState, a));
                    ::parallel_for::__private::capture!(__captures, "a", a);
                },
            );
            __rows__all.collected().store(&mut *rows);
        }
    }
}
