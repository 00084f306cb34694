fn longest<'a>(lines: &'a [String], lengths: &mut [usize]) -> (Vec<&'a str>, &'a str) {
    let (mut found, mut last) = (Vec::new(), "");
    match ::parallel_for::__private::local_items!(
        ::parallel_for::__private::numbered(0..lengths.len())
    ) {
        __items => {
            let mut __lengths__all = ::parallel_for::__private::windows(
                &mut *lengths,
                0,
            );
            ::parallel_for::__private::distribute_locally(
                ::parallel_for::__private::captured(
                    ::parallel_for::__private::Options::of_loop(0, 2436626936714873740),
                    (::parallel_for::__private::shared(&raw const *lines), ()),
                ),
                __items,
                |mut __chunk, (found, __lengths__updates, last)| {
                    let (mut found, mut __lengths__updates, mut last) = (
                        found,
                        __lengths__updates,
                        last,
                    );
                    while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                        &mut __chunk,
                    ) {
                        let mut __lengths__updates = __lengths__updates
                            .open(__block.length());
                        #[allow(unused_mut, reason = "which type it is decides")]
                        let mut found = ::parallel_for::__private::open(
                            &mut found,
                            __block.length(),
                        );
                        for i in __block {
                            let __lengths__element = __lengths__updates
                                .element(i, ::parallel_for::__private::copying());
                            ::parallel_for::__private::println!("{i}");
                            found.push(&*lines[i]);
                            last.put(&lines[i]);
                            (*__lengths__element) += lines[i].len();
                        }
                    }
                    ::parallel_for::__private::part((found, __lengths__updates, last))
                },
                (
                    ::parallel_for::__private::kept(
                        ::parallel_for::__private::pushed_once(
                            ::parallel_for::__private::collection(&mut found),
                        ),
                        0,
                    ),
                    &mut __lengths__all,
                    ::parallel_for::__private::last(&mut last),
                ),
                |__captures| {
                    __captures
                        .shared(
                            "lines",
                            ::parallel_for::__private::used!(IsState, lines),
                        );
                },
            );
            __lengths__all.collected().store(&mut *lengths);
        }
    }
    (found, last)
}
