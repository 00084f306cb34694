fn f(&mut self, xs: &[u64]) {
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::captured(
            ::parallel_for::__private::Options::of_loop(0, 12256393119103047893),
            (::parallel_for::__private::shared(&raw const self.wanted), ()),
        ),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (__self_state_results, __self_text)| {
            let (mut __self_state_results, mut __self_text) = (
                __self_state_results,
                __self_text,
            );
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                for x in __block {
                    if self.wanted[*x] {
                        __self_state_results.push(*x);
                    }
                    write!(& mut __self_text, "{x}").unwrap();
                }
            }
            ::parallel_for::__private::part((__self_state_results, __self_text))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::output(
                match &mut self.state.results {
                    __x => {
                        #[allow(
                            unused_imports,
                            reason = "which trait is needed depends on the type"
                        )]
                        use ::parallel_for::__private::{
                            IsCollection as _, IsOtherType as _,
                        };
                        (&::parallel_for::__private::typed(&*__x))
                            .appended(
                                __x,
                                |__x, (__e0,)| {
                                    #[allow(unused_must_use)] __x.push(__e0);
                                },
                            )
                    }
                },
                0,
                0,
            ),
            ::parallel_for::__private::output(
                ::parallel_for::__private::collection(&mut self.text),
                0,
                0,
            ),
        ),
        |__captures| {
            __captures
                .shared(
                    "self.wanted",
                    ::parallel_for::__private::used!(IsState, raw self.wanted),
                );
            ::parallel_for::__private::capture!(
                __captures, "self.wanted", raw self.wanted
            );
        },
    );
}
