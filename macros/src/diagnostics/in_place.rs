//! Changes of array elements that are not known to be one iteration's own.

use super::message;
use crate::model::{Misuse, OuterWrite};
use syn::Error;

/// `out[i + 1] = x`
pub(crate) fn other_element(write: &OuterWrite, own: Option<&str>) -> Error {
    let place = &write.place;
    let own = own.map_or_else(
        || {
            format!(
                "number the iterations, `for (i, item) in items.enumerate()`, and use `{place}[i]` \
                 only"
            )
        },
        |own| {
            format!(
                "use `{place}[{own}]` only, `{own}` being the loop's own index (count in `usize`, \
                 `0..n as usize`, instead of casting it here)"
            )
        },
    );
    message(
        write.span,
        &format!(
            "this changes an element of `{place}` by any index, and the loop also uses `{place}` in \
             another way: its content there depends on earlier iterations, which may run on other \
             ranks"
        ),
        &format!(
            "let each change be a statement that needs nothing else of `{place}`, `{place}[k] = \
             value;` or `{place}[k] += value;`: these are made in the order of the items; or {own}; or \
             read what was there before the loop from a copy, `let before = {place}.clone();`"
        ),
    )
}

/// `buckets[x % 10].push(x)`
pub(crate) fn scatter(write: &OuterWrite, method: &str, own: Option<&str>) -> Error {
    let place = &write.place;
    let own = own.map_or_else(String::new, |own| {
        format!("; or use `{place}[{own}]` only, `{own}` being the loop's own index")
    });
    message(
        write.span,
        &format!(
            "`{place}[..].{method}()` fills an element of `{place}` that other iterations, \
             possibly on other ranks, may fill as well, and the loop also uses `{place}` in another way"
        ),
        &format!(
            "let `{place}[k].{method}(value);` be a statement, and all that the loop does with \
             `{place}`: such calls are made in the order of the items{own}"
        ),
    )
}

/// `#[parallel_for(items = master)] for row in rows.chunks_mut(3)`
pub(crate) fn unknown_items(write: &OuterWrite, how: &str) -> Error {
    message(
        write.span,
        &format!(
            "{how} lets the loop change its items, of which the other ranks have copies that the master \
             has sent: the changes would stay there"
        ),
        "leave out `items = master`, so that every rank has all items; or push the new values, and assign \
         them after the loop",
    )
}

/// `out[i] = out[i - 1]`
pub(crate) fn beyond_own(misuse: &Misuse, how: &str, own: &str) -> Error {
    let output = &misuse.output;
    message(
        misuse.span,
        &format!(
            "{how} reaches more of `{output}` than `{output}[{own}]`, the element of this \
             iteration: other iterations, possibly on other ranks, change the other elements"
        ),
        &format!(
            "use `{output}[{own}]` and `{output}.len()` only; where the values from before the loop \
             are meant, read them from a copy: `let before = {output}.clone();`"
        ),
    )
}

/// `for x in xs.iter_mut() { *x += xs[0]; }`
pub(crate) fn beyond_item(misuse: &Misuse, how: &str) -> Error {
    let output = &misuse.output;
    message(
        misuse.span,
        &format!(
            "{how} reaches `{output}`, the elements of which are the items of the loop: other \
             iterations, possibly on other ranks, change the other elements"
        ),
        &format!("use the item, or a copy of `{output}` made before the loop"),
    )
}
