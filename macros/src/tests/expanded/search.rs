fn f(xs: &[u64]) -> Option<u64> {
    match ::parallel_for::__private::exits(::parallel_for::__private::items_again!(xs)) {
        mut __loop => {
            while __loop
                .run(
                    ::parallel_for::__private::Options::of_loop(0, 12464504292735285985),
                    |mut __chunk, ()| {
                        let mut __mark = ();
                        while let ::core::option::Option::Some(__block) = ::parallel_for::__private::block(
                            &mut __chunk,
                        ) {
                            #[allow(unused, clippy::all, clippy::pedantic)]
                            '__loop: for x in __block {
                                __mark = ();
                                let Some(y) = next(x) else {
                                    break '__loop;
                                    let _ = || -> Option<u64> {
                                        loop {}
                                        ::parallel_for::__private::eprintln!("none");
                                        return None;
                                    };
                                };
                                if y == 3 {
                                    break '__loop;
                                    let _ = || -> Option<u64> {
                                        loop {}
                                        return Some(y);
                                    };
                                }
                            }
                        }
                        ::parallel_for::__private::part_until((), __mark).compared(())
                    },
                    (),
                    ::parallel_for::__private::nothing_captured,
                )
            {
                for x in __loop.again() {
                    let Some(y) = next(x) else {
                        ::parallel_for::__private::eprintln!("none");
                        return None;
                    };
                    if y == 3 {
                        return Some(y);
                    }
                }
            }
        }
    }
    None
}
