fn main() {
    ::parallel_for::__private::start();
    let mut state = Vec::new();
    while again(&state) {
        {
            let __arithmetic = ::parallel_for::__private::arithmetic((
                ::parallel_for::__private::variable(&state),
                (),
            ));
            ::parallel_for::__private::distribute(
                ::parallel_for::__private::Options {
                    arithmetic: ::core::option::Option::Some(__arithmetic),
                    ..::parallel_for::__private::Options::of_loop(0, 9775507331315319821)
                },
                ::parallel_for::__private::items!(0..10),
                |mut __chunk, state| {
                    let mut state = state;
                    while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                        &mut __chunk,
                    ) {
                        #[allow(unused_mut, reason = "which type it is decides")]
                        let mut state = ::parallel_for::__private::open(
                            &mut state,
                            __block.length(),
                        );
                        for x in __block {
                            state.push(x);
                        }
                    }
                    ::parallel_for::__private::part(state)
                        .compared(::parallel_for::__private::compared(0, 0))
                },
                ::parallel_for::__private::output(
                    ::parallel_for::__private::pushed_once(
                        ::parallel_for::__private::collection(&mut state),
                    ),
                    0,
                    0,
                ),
                ::parallel_for::__private::nothing_captured,
            );
        }
    }
    let ::core::option::Option::Some(__master__only) = ::parallel_for::__private::main_goes_on(
        ::core::module_path!(),
    ) else {
        return ::parallel_for::__private::success();
    };
    save(&state);
}
