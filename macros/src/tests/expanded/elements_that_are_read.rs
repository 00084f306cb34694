fn f(&mut self, n: usize, mut rows: Vec<Vec<u64>>) {
    {
        let mut __self_totals__all = ::parallel_for::__private::updates(&self.totals);
        let mut __rows__all = ::parallel_for::__private::updates(&rows);
        ::parallel_for::__private::distribute(
            ::parallel_for::__private::captured(
                ::parallel_for::__private::Options::of_loop(0, 8626314771026403865),
                (::parallel_for::__private::shared(&raw const n), ()),
            ),
            ::parallel_for::__private::items!(::parallel_for::__private::numbered(0..n)),
            |__chunk, (mut __self_totals__updates, mut __rows__updates)| {
                for i in __chunk {
                    let mut __self_totals__element = ::parallel_for::__private::copy(
                        &self.totals[i],
                    );
                    let mut __rows__element = ::core::option::Option::None;
                    'own: for () in ::parallel_for::__private::once(()) {
                        __self_totals__element.sum += 1;
                        for j in 0..n {
                            if j > 3 {
                                continue 'own;
                            }
                            (*__rows__element
                                .get_or_insert_with(|| ::parallel_for::__private::copy(
                                    &rows[i],
                                )))[j] = __self_totals__element.sum;
                            println!(
                                "{}", (* __rows__element.get_or_insert_with(||
                                ::parallel_for::__private::copy(& rows[i]))).len()
                            );
                        }
                    }
                    if ::parallel_for::__private::left_once() {
                        break;
                    }
                    __self_totals__updates.put(i, __self_totals__element);
                    if let ::core::option::Option::Some(__rows__element) = __rows__element {
                        __rows__updates.put(i, __rows__element);
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
                __captures.shared("n", ::parallel_for::__private::used!(IsState, n));
                ::parallel_for::__private::capture!(__captures, "n", n);
            },
        );
        __self_totals__all.store(&mut self.totals);
        __rows__all.store(&mut rows);
    }
}
