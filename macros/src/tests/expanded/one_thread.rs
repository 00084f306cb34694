fn f(tape: &Rc<Tape>) -> Vec<u64> {
    let mut results = Vec::new();
    ::parallel_for::__private::distribute_unshared(
        ::parallel_for::__private::Options {
            threads: ::core::option::Option::Some(1usize),
            ..::parallel_for::__private::Options::of_loop(0, 1917221303428846972)
        },
        ::parallel_for::__private::items!(0..10),
        |mut __chunk, results| {
            let mut results = results;
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut results = ::parallel_for::__private::open(
                    &mut results,
                    __block.length(),
                );
                for x in __block {
                    results.push(tape.run(x));
                }
            }
            ::parallel_for::__private::part(results)
                .compared(::parallel_for::__private::compared(0, 0))
        },
        ::parallel_for::__private::output(
            ::parallel_for::__private::pushed_once(
                ::parallel_for::__private::collection(&mut results),
            ),
            0,
            0,
        ),
        |__captures| {
            __captures.shared("tape", ::parallel_for::__private::used!(IsCell, tape));
            ::parallel_for::__private::capture!(__captures, "tape", tape);
        },
    );
    results
}
