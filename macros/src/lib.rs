//! The attribute macro of `parallel-for`. Use it through that crate.
#![forbid(unsafe_code)]

mod conditions;
mod dependency;
mod diagnostics;
mod expand;
mod model;
mod options;
mod placement;
mod plan;
mod planned;
mod roles;
mod rules;
mod syntax;
#[cfg(test)]
mod tests;
mod walk;

use expand::fallback;
use planned::Planned;
use proc_macro2::TokenStream;

/// Distributes the `for` loop of a function over all cores, and over all ranks of a cluster.
///
/// ```ignore
/// use parallel_for::parallel_for;
///
/// #[parallel_for]
/// fn squares(xs: &[u64]) -> Vec<u64> {
///     let mut results = Vec::new();
///     for x in xs {
///         results.push(x * x);
///     }
///     results
/// }
/// ```
///
/// The result is that of the sequential loop: the same values in the same order. Code for which this
/// can't be guaranteed is a compile error with the reason and the rewrite. The module `guide` of
/// `parallel-for` tells the same at length.
///
/// # Which loop
///
/// The only `for` of the function that fills a collection declared outside of it, at any depth of
/// blocks, but not inside closures. If no loop does, the only one that reduces a variable or updates
/// elements in place that are declared outside of it; failing that, the only one that is left by `return`
/// or `?`. If there are several, or if such a loop is inside a search, write `#[parallel_for]` before
/// each `for` to distribute; the others stay as they are.
///
/// # What runs where
///
/// | code | runs |
/// |---|---|
/// | before the loop | on every rank |
/// | body of the loop | once per item, on one rank; of a loop that is `local`, or does nothing but a little arithmetic, on every rank |
/// | after the last loop, in `fn main` | on the master only; the other ranks leave `main` |
/// | after the loop, in any other function | on every rank, each with the complete outputs |
/// | `print!`, `println!`, `eprint!`, `eprintln!`, `dbg!` outside the loops and closures | arguments are evaluated on every rank; the text is written once, by the master |
///
/// On early exit, by `?`, `return` or `break`, the exiting iteration runs again, on each rank that
/// needs the value or continues after the loop, and its prints and changes to files happen again. Its
/// item must be `Clone` for that; if it is a `Result`, the value must be.
///
/// # Options
///
/// On the function, options are the defaults for all its loops; on a `for`, they apply to that loop.
///
/// | option | meaning |
/// |---|---|
/// | `gather = all` | every rank gets the complete outputs; the default except in `fn main` |
/// | `gather = master` | only the master gets them and continues; the function returns `()` or `Result<(), E>` |
/// | `schedule = managed` | ranks ask for work, and the length of chunks adapts; the default |
/// | `schedule = managed(chunk = 16)` | ranks ask for work, 16 items at a time |
/// | `schedule = round_robin` | item `i` runs on rank `i % size`; no messages until the end |
/// | `schedule = blocks` | one contiguous block of items for each rank |
/// | `threads = 4` | compute threads of each rank; `1` allows captured `Rc` and `RefCell` |
/// | `items = master` | only the master iterates, and the items travel: standard input, a cursor |
/// | `local` | the threads of this process run the loop: results may borrow, and need no serde; every rank runs all of it |
/// | `on_error = stop` | an iteration that panics ends the loop and the job; the default |
/// | `on_error = retry(3)` | it runs again, up to 3 more times, before it does |
/// | `on_error = skip` | it is left out; `parallel_for::skipped()` lists such iterations, else the exit code is 2 |
/// | `checkpoint = "kept"` | what is finished is kept in this folder, and the next start of the program goes on from there |
/// | `checkpoint = off` | nothing is kept, also where `PARALLEL_FOR_CHECKPOINT` is set |
/// | `progress` | how far the loop is, is shown on stderr, also without a terminal |
/// | `progress = "name"` | the same, by this name instead of the function's |
/// | `progress = off` | it is never shown |
/// | `collapse` | this loop and the one that is all of its body are one loop over pairs |
/// | `reduce(x: f)` | the loop changes `x` only by calls of `f`, which are made afterwards in the order of the items |
/// | `reduce(x: +)` | the loop changes `x` only by `+=`: checked, not required; also `-`, `*`, `&`, `\|`, `^`, `max`, `min` |
/// | `per_rank(cache)` | each rank may have its own `cache`: it is neither compared between ranks nor refused as shared memory |
/// | `private(buffer, row)` | each iteration starts from a clone of these variables: your word that it needs no more |
///
/// # What the body may do
///
/// | code | supported |
/// |---|---|
/// | read variables from outside the loop | yes |
/// | fill collections: `push`, `extend`, `extend_from_slice`, `append`, `push_back`, `push_str`, `insert`, `write!` | yes, several, any number of times, in branches, inner loops and closures |
/// | `continue`, and anything in inner loops and closures | yes |
/// | read a collection that the loop fills, or change it in other ways | refused: earlier iterations may run on other ranks |
/// | assign to variables from outside the loop in other ways, or lend them by `&mut` | refused: earlier iterations may run on other ranks |
/// | `?`, `return`, `bail!`, `ensure!`, `break`, `break 'outer`, `continue 'outer` | yes, also in loops that only search or test: the first iteration that leaves the loop wins, and what later ones wrote is dropped; error values need no serde |
/// | `break 'found value` | refused: `return` the value |
/// | use a variable from outside the loop that each iteration resets first: `buffer.clear();`, `row.fill(0.0);`, `x = ..;` | yes, if it isn't used after the loop; `private(buffer)` if the macro can't see the reset |
/// | reduce, by one of `x += e` (with `x -= e`), `x *= e`, `x &= e`, `x \|= e`, `x ^= e`, `x = x.max(e)`, `x = x.min(e)`, `if e > x { x = e; }` | yes, to the exact bits of the sequential loop, if the loop does nothing else with `x` |
/// | reduce values of a type of your own | yes, with `impl Reducible` for it |
/// | set a flag or a last value, `x = e` | yes, if the loop doesn't read `x` |
/// | combine values by a function: `x = f(x, e);`, `f(&mut x, e);`, `x.f(e);` | yes, with `reduce(x: f)` |
/// | change elements by the loop's own index: `out[i] = e`, `out[i].count += e`, `out[i][j] = e` | yes, in `for i in a..b` and with `.enumerate()`; other elements of `out` can't be read |
/// | change variables by statements that need nothing else of them: `counts[k] += e`, `*map.entry(k).or_insert(0) += e`, `image.put_pixel(x, y, e);`, `if e < best { best = e; at = i; }` | yes: iterations make the values, and the statements run with them in the order of the items |
/// | change the items: `for x in xs.iter_mut()`, `for x in &mut xs`, also with `.enumerate()` and `.zip(..)` | yes; each iteration works on a copy of its elements, which are `Clone` |
/// | `.await`, `yield` | refused |
///
/// Floats are added one by one in the order of the items. If one iteration contributes more than 64
/// times to one variable, the rest is summed separately first: the same for any number of ranks and
/// threads, but not to the exact bits of the sequential loop.
///
/// Elements of outputs and elements in place must be able to travel (`Serialize`, `Deserialize`,
/// owned), or just be `Send` in a loop that is `local`; captured variables must be `Sync`. The module
/// `errors` of `parallel-for` has a page for each refusal, with the rewrite, and for each warning.
///
/// # Expansion
///
/// The loop is moved, not rewritten: the compiler sees the body above unchanged.
///
/// ```ignore
/// fn squares(xs: &[u64]) -> Vec<u64> {
///     let mut results = Vec::new();
///     distribute(
///         Options::of_loop(0, 1234),
///         items!(xs),
///         |__chunk, mut results| {
///             for x in __chunk {
///                 results.push(x * x);
///             }
///             part(results)
///         },
///         &mut results,
///     );
///     results
/// }
/// ```
///
/// A loop that can be left is expanded twice. In the closure, `return` and the like end the chunk, and
/// the values of `return` are not computed; the outputs of the exiting iteration, from its mark on, are
/// dropped. That iteration then runs again in the loop as you wrote it, in the function itself, where an
/// error is returned like any other.
///
/// ```ignore
/// let mut left = exits(items_again!(xs));
/// while left.run(
///     Options::of_loop(0, 1234),
///     |__chunk, mut results| {
///         let mut __mark = mark(&results);
///         attempt(|| {
///             for x in __chunk {
///                 __mark = mark(&results);
///                 results.push(work(x)?);
///             }
///         });
///         part_until(results, __mark)
///     },
///     &mut results,
/// ) {
///     for x in left.again() {
///         results.push(work(x)?);
///     }
/// }
/// ```
///
/// Sums are outputs of another kind, `sum(&mut total)`, whose part keeps what `total += x` adds. Scratch
/// is a clone in the closure. Elements in place are clones, put into a part with their index and stored
/// after the loop: `updates.put(i, element)`, `updates.store(&mut out)`.
#[proc_macro_attribute]
pub fn parallel_for(
    options: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand::paths::call_library(dependency::name());
    distributed(&options.into(), &item.into()).into()
}

/// Parse, plan, check, expand; the function as it was written where anything is wrong with it. Of
/// a function whose loops depend on `#[cfg(..)]` each variant for itself.
fn distributed(options: &TokenStream, item: &TokenStream) -> TokenStream {
    let function = match placement::parse(item) {
        Ok(function) => function,
        Err(refused) => return refused,
    };
    let variants = match conditions::variants(&function) {
        Ok(variants) => variants,
        Err(error) => return fallback::with_errors(function, error, None),
    };
    let plan = |may_lack_loops| {
        let variants = variants.iter().cloned();
        variants.map(move |variant| Planned::new(options, variant, may_lack_loops))
    };
    // It is enough that there is a loop in one of them.
    let has_loops = plan(true).any(|planned| planned.has_loops());
    plan(has_loops).map(Planned::expanded).collect()
}
