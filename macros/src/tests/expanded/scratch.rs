fn f(xs: &[u64], chunk: &mut Vec<u64>, mut path: String) -> Option<Vec<u64>> {
    let mut results = Vec::new();
    let mut buffer = Vec::new();
    let mut row = [0.0; 3];
    let (mut a, mut b) = (0, 0);
    {
        ::parallel_for::__private::cleared(&mut buffer);
        let __buffer__scratch = &buffer;
        ::parallel_for::__private::scratch(&mut row);
        let __row__scratch = &row;
        ::parallel_for::__private::scratch(&mut a);
        let __a__scratch = &a;
        ::parallel_for::__private::scratch(&mut b);
        let __b__scratch = &b;
        ::parallel_for::__private::scratch(&mut *chunk);
        let __chunk__scratch = &*chunk;
        ::parallel_for::__private::scratch(&mut path);
        let __path__scratch = &path;
        match ::parallel_for::__private::exits(
            ::parallel_for::__private::items_again!(xs),
        ) {
            mut __loop => {
                while __loop
                    .run(
                        ::parallel_for::__private::Options::of_loop(
                            0,
                            16534748979885922926,
                        ),
                        |mut __chunk, results| {
                            let mut results = results;
                            #[allow(unused_assignments, unused_mut, unused_variables)]
                            let mut buffer = ::parallel_for::__private::Clone::clone(
                                __buffer__scratch,
                            );
                            #[allow(unused_assignments, unused_mut, unused_variables)]
                            let mut row = ::parallel_for::__private::Clone::clone(
                                __row__scratch,
                            );
                            #[allow(unused_assignments, unused_mut, unused_variables)]
                            let mut a = ::parallel_for::__private::Clone::clone(
                                __a__scratch,
                            );
                            #[allow(unused_assignments, unused_mut, unused_variables)]
                            let mut b = ::parallel_for::__private::Clone::clone(
                                __b__scratch,
                            );
                            let mut __mark = ::parallel_for::__private::mark(
                                &mut results,
                            );
                            ::parallel_for::__private::attempt(|| -> <Option<
                                Vec<u64>,
                            > as ::parallel_for::__private::Fallible>::Unit {
                                while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                    &mut __chunk,
                                ) {
                                    #[allow(unused_mut, reason = "which type it is decides")]
                                    let mut results = ::parallel_for::__private::open(
                                        &mut results,
                                        __block.length(),
                                    );
                                    for x in __block {
                                        __mark = ::parallel_for::__private::mark(&mut results);
                                        #[allow(unused_assignments, unused_mut, unused_variables)]
                                        let chunk = &mut ::parallel_for::__private::Clone::clone(
                                            __chunk__scratch,
                                        );
                                        #[allow(unused_assignments, unused_mut, unused_variables)]
                                        let mut path = ::parallel_for::__private::Clone::clone(
                                            __path__scratch,
                                        );
                                        buffer.clear();
                                        row.fill(0.0);
                                        (a, b) = (*x, x + 1);
                                        buffer.push(a);
                                        row[0] = f64::from(b);
                                        chunk.push(x.checked_sub(1)?);
                                        path.push('x');
                                        results.push(buffer.len() + b);
                                    }
                                }
                                <Option<
                                    Vec<u64>,
                                > as ::parallel_for::__private::Fallible>::completed()
                            });
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
                            ::parallel_for::__private::capture!(
                                __captures, "chunk", chunk
                            );
                            ::parallel_for::__private::capture!(
                                __captures, "path", path
                            );
                        },
                    )
                {
                    #[allow(unused_assignments, unused_mut, unused_variables)]
                    let mut buffer = ::parallel_for::__private::Clone::clone(
                        __buffer__scratch,
                    );
                    #[allow(unused_assignments, unused_mut, unused_variables)]
                    let mut row = ::parallel_for::__private::Clone::clone(
                        __row__scratch,
                    );
                    #[allow(unused_assignments, unused_mut, unused_variables)]
                    let mut a = ::parallel_for::__private::Clone::clone(__a__scratch);
                    #[allow(unused_assignments, unused_mut, unused_variables)]
                    let mut b = ::parallel_for::__private::Clone::clone(__b__scratch);
                    for x in __loop.again() {
                        #[allow(unused_assignments, unused_mut, unused_variables)]
                        let chunk = &mut ::parallel_for::__private::Clone::clone(
                            __chunk__scratch,
                        );
                        #[allow(unused_assignments, unused_mut, unused_variables)]
                        let mut path = ::parallel_for::__private::Clone::clone(
                            __path__scratch,
                        );
                        buffer.clear();
                        row.fill(0.0);
                        (a, b) = (*x, x + 1);
                        buffer.push(a);
                        row[0] = f64::from(b);
                        chunk.push(x.checked_sub(1)?);
                        path.push('x');
                        results.push(buffer.len() + b);
                    }
                }
            }
        }
    }
    Some(results)
}
