fn main() {
    ::parallel_for::__private::start();
    'rounds: for round in 0..3 {
        let mut results = Vec::new();
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(0..10),
        ) {
            mut __loop => {
                while __loop
                    .run(
                        ::parallel_for::__private::captured(
                            ::parallel_for::__private::Options::of_loop(
                                1,
                                17033777910318656137,
                            ),
                            (::parallel_for::__private::shared(&raw const round), ()),
                        ),
                        |mut __chunk, results| {
                            let mut results = results;
                            let mut __mark = ::parallel_for::__private::mark(
                                &mut results,
                            );
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut results = ::parallel_for::__private::open(
                                    &mut results,
                                    __block.length(),
                                );
                                #[allow(unused, clippy::all, clippy::pedantic)]
                                '__loop: for x in __block {
                                    __mark = ::parallel_for::__private::mark(&mut results);
                                    for y in 0..x {
                                        if y == 1 {
                                            break;
                                        }
                                        if y == 2 {
                                            break '__loop;
                                        }
                                    }
                                    if x == round {
                                        break '__loop;
                                    }
                                    if x > round {
                                        break '__loop;
                                        let _ = || -> () {
                                            loop {}
                                            return;
                                        };
                                    }
                                    results.push(x);
                                }
                            }
                            ::parallel_for::__private::part_until(results, __mark)
                                .compared(::parallel_for::__private::compared(0, 0))
                        },
                        ::parallel_for::__private::output(
                            ::parallel_for::__private::pushed_once_unless_left(
                                ::parallel_for::__private::collection(&mut results),
                            ),
                            0,
                            0,
                        ),
                        |__captures| {
                            __captures
                                .shared(
                                    "round",
                                    ::parallel_for::__private::used!(IsState, round),
                                );
                            ::parallel_for::__private::capture!(
                                __captures, "round", round
                            );
                        },
                    )
                {
                    for x in __loop.again() {
                        for y in 0..x {
                            if y == 1 {
                                break;
                            }
                            if y == 2 {
                                continue 'rounds;
                            }
                        }
                        if x == round {
                            break 'rounds;
                        }
                        if x > round {
                            return;
                        }
                        results.push(x);
                    }
                }
            }
        }
    }
}
