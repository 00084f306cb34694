fn parsed<'a>(lines: &'a [String]) -> Result<Vec<Line<'a>>, Wrong<'a>> {
    let mut parsed = Vec::new();
    match ::parallel_for::__private::exits(
        ::parallel_for::__private::local_items_again!(lines),
    ) {
        mut __loop => {
            while __loop
                .run_locally(
                    ::parallel_for::__private::Options::of_loop(0, 10665158947858966178),
                    |mut __chunk, parsed| {
                        let mut parsed = parsed;
                        let mut __mark = ::parallel_for::__private::mark(&mut parsed);
                        ::parallel_for::__private::attempt(|| -> <Result<
                            Vec<Line<'a>>,
                            Wrong<'a>,
                        > as ::parallel_for::__private::Fallible>::Unit {
                            while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                                &mut __chunk,
                            ) {
                                #[allow(unused_mut, reason = "which type it is decides")]
                                let mut parsed = ::parallel_for::__private::open(
                                    &mut parsed,
                                    __block.length(),
                                );
                                for line in __block {
                                    __mark = ::parallel_for::__private::mark(&mut parsed);
                                    parsed.push(parse(line)?);
                                }
                            }
                            <Result<
                                Vec<Line<'a>>,
                                Wrong<'a>,
                            > as ::parallel_for::__private::Fallible>::completed()
                        });
                        ::parallel_for::__private::part_until(parsed, __mark)
                    },
                    ::parallel_for::__private::kept(
                        ::parallel_for::__private::pushed_once_unless_left(
                            ::parallel_for::__private::collection(&mut parsed),
                        ),
                        0,
                    ),
                    ::parallel_for::__private::nothing_captured,
                )
            {
                for line in __loop.again() {
                    parsed.push(parse(line)?);
                }
            }
        }
    }
    Ok(parsed)
}
