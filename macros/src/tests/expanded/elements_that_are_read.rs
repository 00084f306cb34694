fn f(&mut self, n: usize, mut rows: Vec<Vec<u64>>) {
    {
        let mut __rows__all = ::parallel_for::__private::updates(&rows);
        match ::parallel_for::__private::items!(
            ::parallel_for::__private::numbered(0..n)
        ) {
            __items => {
                let __self_totals__told = ::parallel_for::__private::told(|__captures| {
                    ::parallel_for::__private::capture!(
                        __captures, "self.totals", raw self.totals
                    );
                });
                let mut __self_totals__all = ::parallel_for::__private::windows(
                        &mut self.totals,
                        0,
                    )
                    .with(__self_totals__told);
                ::parallel_for::__private::distribute(
                    ::parallel_for::__private::captured(
                        ::parallel_for::__private::Options::of_loop(
                            0,
                            8626314771026403865,
                        ),
                        (::parallel_for::__private::shared(&raw const n), ()),
                    ),
                    __items,
                    |mut __chunk, (__self_totals__updates, __rows__updates)| {
                        let (mut __self_totals__updates, mut __rows__updates) = (
                            __self_totals__updates,
                            __rows__updates,
                        );
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            let mut __self_totals__updates = __self_totals__updates
                                .open(__block.length());
                            for i in __block {
                                let __self_totals__element = __self_totals__updates
                                    .element(i, ::parallel_for::__private::copying());
                                let mut __rows__element = ::core::option::Option::None;
                                let mut __once = ::parallel_for::__private::once(());
                                'own: for () in &mut __once {
                                    (*__self_totals__element).sum += 1;
                                    for j in 0..n {
                                        if j > 3 {
                                            continue 'own;
                                        }
                                        (*__rows__element
                                            .get_or_insert_with(|| ::parallel_for::__private::copy(
                                                &rows[i],
                                            )))[j] = (*__self_totals__element).sum;
                                        ::parallel_for::__private::println!(
                                            "{}", (* __rows__element.get_or_insert_with(||
                                            ::parallel_for::__private::copy(& rows[i]))).len()
                                        );
                                    }
                                }
                                if __once.is_left() {
                                    break;
                                }
                                if let ::core::option::Option::Some(__rows__element) = __rows__element {
                                    __rows__updates.put(i, __rows__element);
                                }
                            }
                        }
                        ::parallel_for::__private::part((
                                __self_totals__updates,
                                __rows__updates,
                            ))
                            .compared((
                                ::parallel_for::__private::compared(0, 0),
                                ::parallel_for::__private::compared(0, 0),
                            ))
                    },
                    (&mut __self_totals__all, &mut __rows__all),
                    |__captures| {
                        __captures
                            .shared("n", ::parallel_for::__private::used!(IsState, n));
                        ::parallel_for::__private::capture!(__captures, "n", n);
                    },
                );
                __self_totals__all.collected().store(&mut self.totals);
            }
        }
        __rows__all.store(&mut rows);
    }
}
