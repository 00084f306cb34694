fn main() {
    ::parallel_for::__private::start();
    let mut results = Vec::new();
    match wanted() {
        0 => {}
        n => {
            ::parallel_for::__private::distribute(
                ::parallel_for::__private::Options {
                    gather: ::parallel_for::__private::Gather::of_main(
                        ::core::module_path!(),
                    ),
                    ..::parallel_for::__private::Options::of_loop(
                        0,
                        13179276249009963752,
                    )
                },
                ::parallel_for::__private::items!(0..n),
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
                            results.push(x);
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
                ::parallel_for::__private::nothing_captured,
            );
            let ::core::option::Option::Some(__master__only) = ::parallel_for::__private::main_goes_on(
                ::core::module_path!(),
            ) else {
                return ::parallel_for::__private::success();
            };
        }
    }
    let ::core::option::Option::Some(__master__only) = ::parallel_for::__private::main_goes_on(
        ::core::module_path!(),
    ) else {
        return ::parallel_for::__private::success();
    };
    save(&results);
}
