fn f(&self, n: usize, medoids: &[usize]) -> (f64, usize, usize) {
    let mut best = (0.0, 0, usize::MAX);
    let mut ties = 0;
    match ::parallel_for::__private::items!(0..n) {
        __items => {
            ::parallel_for::__private::replaying(
                |__outputs| ::parallel_for::__private::distribute(
                    ::parallel_for::__private::captured(
                        ::parallel_for::__private::Options::of_loop(
                            0,
                            10798381240633229345,
                        ),
                        (
                            ::parallel_for::__private::shared(&raw const *medoids),
                            (::parallel_for::__private::shared(&raw const *self), ()),
                        ),
                    ),
                    __items,
                    |mut __chunk, ((), __replays)| {
                        let ((), mut __replays) = ((), __replays);
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            for j in __block {
                                if medoids.contains(&j) {
                                    continue;
                                }
                                let (change, b) = self.swap(j);
                                __replays.put((change, b, j));
                            }
                        }
                        ::parallel_for::__private::part(((), __replays))
                            .compared(((), ::parallel_for::__private::compared(0, 0)))
                    },
                    __outputs,
                    |__captures| {
                        __captures
                            .shared(
                                "medoids",
                                ::parallel_for::__private::used!(IsState, medoids),
                            );
                        __captures
                            .shared(
                                "self",
                                ::parallel_for::__private::used!(IsState, self),
                            );
                        ::parallel_for::__private::capture!(
                            __captures, "medoids", medoids
                        );
                        ::parallel_for::__private::capture!(__captures, "self", self);
                    },
                ),
                (),
                (&mut best, &mut ties),
                |__targets, __replay| {
                    let (__best__target, __ties__target) = __targets;
                    match __replay {
                        (change, b, j) => {
                            if change <= (**__best__target).0 {
                                if change == (**__best__target).0 {
                                    (**__ties__target) += 1;
                                }
                            } else {
                                (**__best__target) = (change, b, j);
                            };
                        }
                    }
                },
                0,
            );
        }
    }
    (best.0, best.2, ties)
}
