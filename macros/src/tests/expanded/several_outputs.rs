fn f(xs: &[u64]) -> (Vec<u64>, String) {
    let mut squares = Vec::new();
    let mut text = String::new();
    ::parallel_for::__private::distribute(
        ::parallel_for::__private::Options::of_loop(0, 13643364570791691877),
        ::parallel_for::__private::items!(xs),
        |mut __chunk, (text, squares)| {
            let (mut text, mut squares) = (text, squares);
            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                &mut __chunk,
            ) {
                #[allow(unused_mut, reason = "which type it is decides")]
                let mut squares = ::parallel_for::__private::open(
                    &mut squares,
                    __block.length(),
                );
                for x in __block {
                    write!(text, "{x}").unwrap();
                    squares.push(x * x);
                }
            }
            ::parallel_for::__private::part((text, squares))
                .compared((
                    ::parallel_for::__private::compared(0, 0),
                    ::parallel_for::__private::compared(0, 0),
                ))
        },
        (
            ::parallel_for::__private::output(
                ::parallel_for::__private::collection(&mut text),
                0,
                0,
            ),
            ::parallel_for::__private::output(
                ::parallel_for::__private::pushed_once(
                    ::parallel_for::__private::collection(&mut squares),
                ),
                0,
                0,
            ),
        ),
        ::parallel_for::__private::nothing_captured,
    );
    (squares, text)
}
