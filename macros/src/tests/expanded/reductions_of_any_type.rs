fn f(xs: &[Complex]) -> (Complex, Set, Wrapping<u8>) {
    let (mut sum, mut seen, mut wrapped) = (
        Complex::new(0.0, 1.0),
        Set::NONE,
        Wrapping(1),
    );
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 6591022744418592012),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (sum, seen, wrapped)| {
            let (mut sum, mut seen, mut wrapped) = (sum, seen, wrapped);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                for x in __block {
                    ::parallel_for::__private::begin(&mut sum);
                    ::parallel_for::__private::begin(&mut wrapped);
                    sum.contribute(*x * f(x));
                    seen.contribute(x.set());
                    for y in x.parts() {
                        ::parallel_for::__private::contribute(&mut wrapped, y);
                    }
                }
                ::parallel_for::__private::end_block(&mut sum);
            }
            ::parallel_for::__private::part((sum, seen, wrapped))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            match &mut sum {
                __x => {
                    #[allow(
                        unused_imports,
                        reason = "which trait is needed depends on the type"
                    )]
                    use ::parallel_for::__private::{IsOperand as _, IsReducible as _};
                    (&::parallel_for::__private::typed(&*__x))
                        .sum(__x, |__x, __e| *__x += __e)
                }
            },
            match &mut seen {
                __x => {
                    #[allow(
                        unused_imports,
                        reason = "which trait is needed depends on the type"
                    )]
                    use ::parallel_for::__private::{IsOperand as _, IsReducible as _};
                    (&::parallel_for::__private::typed(&*__x))
                        .bit_or(__x, |__x, __e| *__x |= __e)
                }
            },
            ::parallel_for::__private::product(&mut wrapped),
        ),
        ::parallel_for::__private::nothing_captured,
    );
    (sum, seen, wrapped)
}
