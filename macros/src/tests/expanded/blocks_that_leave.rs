fn f(&mut self, goals: &[usize], spare: Vec<u64>) -> Result<u64, Error> {
    let mut results = Vec::new();
    {
        let __self__typed = ::parallel_for::__private::typed_like();
        let __results__typed = ::parallel_for::__private::typed_like();
        let __spare__typed = ::parallel_for::__private::typed_like();
        #[allow(
            unreachable_code,
            clippy::all,
            clippy::pedantic,
            reason = "for the types alone"
        )]
        if false {
            loop {}
            __self__typed.like(&self);
            __results__typed.like(&results);
            __spare__typed.like(&spare);
        }
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(goals),
        ) {
            mut __loop => {
                '__rounds: while __loop
                    .run(
                        ::parallel_for::__private::captured(
                            ::parallel_for::__private::Options::of_loop(
                                0,
                                7578487167302940720,
                            ),
                            (::parallel_for::__private::shared(&raw const self), ()),
                        ),
                        |mut __chunk, results| {
                            let mut results = results;
                            #[allow(unused_variables)]
                            let __read_0 = ::parallel_for::__private::reads_in_place(
                                &self,
                                0,
                            );
                            let mut __mark = ::parallel_for::__private::mark(
                                &mut results,
                            );
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused, clippy::all, clippy::pedantic)]
                                'goals: for goal in __block {
                                    __mark = ::parallel_for::__private::mark(&mut results);
                                    if self.is_free(*goal) {
                                        break;
                                    }
                                    results.push(*goal);
                                    if self.is_taken(*goal) {
                                        break 'goals;
                                        let _ = || -> Result<u64, Error> {
                                            loop {}
                                            let mut __self = __self__typed.value();
                                            let mut results = __results__typed.value();
                                            __self.swap(*goal, &mut results)?;
                                            ::parallel_for::__private::println!("{goal}");
                                            loop {}
                                        };
                                    }
                                    let Some(next) = (*__read_0).next(*goal) else {
                                        break 'goals;
                                        let _ = || -> Result<u64, Error> {
                                            loop {}
                                            let mut __self = __self__typed.value();
                                            let mut spare = __spare__typed.value();
                                            __self.spare = spare;
                                            loop {}
                                        };
                                    };
                                    results.push(next);
                                }
                            }
                            ::parallel_for::__private::part_until(results, __mark)
                                .compared(::parallel_for::__private::compared(0, 0))
                        },
                        ::parallel_for::__private::output(
                            ::parallel_for::__private::collection(&mut results),
                            0,
                            0,
                        ),
                        |__captures| {
                            __captures
                                .shared(
                                    "self",
                                    ::parallel_for::__private::used!(IsState, self),
                                );
                            ::parallel_for::__private::capture!(
                                __captures, "self", self
                            );
                        },
                    )
                {
                    #[allow(unused_labels)]
                    'goals: for goal in __loop.again() {
                        if self.is_free(*goal) {
                            break;
                        }
                        results.push(*goal);
                        if self.is_taken(*goal) {
                            self.swap(*goal, &mut results)?;
                            ::parallel_for::__private::println!("{goal}");
                            break '__rounds;
                        }
                        let Some(next) = self.next(*goal) else {
                            self.spare = spare;
                            break '__rounds;
                        };
                        results.push(next);
                    }
                }
            }
        }
    }
    self.count(&results)
}
