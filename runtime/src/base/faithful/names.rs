//! Names of types, as the compiler writes them: shortened for people, and searched for types of whom
//! nothing is known.

/// A type's name without the modules that it stands in: `Vec<Point>`.
pub(super) fn short_name(name: &str) -> String {
    let mut short = String::new();
    for word in words(name) {
        short.push_str(word.rsplit("::").next().unwrap_or(word));
    }
    short
}

/// The short name of what a part holds: `Point` for `Vec<Point>`.
pub(crate) fn element_name(name: &str) -> String {
    const LISTS: [&str; 9] = [
        "Arguments",
        "Filling",
        "HeapLog",
        "MapLog",
        "SetLog",
        "Updated",
        "Vec",
        "VecDeque",
        "Window",
    ];
    let short = short_name(name);
    let inner = short.strip_suffix('>').and_then(|it| it.split_once('<'));
    match inner {
        Some(("MapLog", entry)) => format!("({entry})"),
        Some(("Reduced", inner)) => {
            let end = inner.rfind(", ").unwrap_or(inner.len());
            inner[..end].to_owned()
        }
        Some((list, inner)) if LISTS.contains(&list) => inner.trim_start_matches("'_, ").to_owned(),
        _ => short,
    }
}

/// Whether all words of a type's name are those of std's plain types.
pub(super) fn is_plain_name(name: &str) -> bool {
    const PLAIN: &[&str] = &[
        "alloc::boxed::Box",
        "alloc::collections::binary_heap::BinaryHeap",
        "alloc::collections::btree::map::BTreeMap",
        "alloc::collections::btree::set::BTreeSet",
        "alloc::collections::vec_deque::VecDeque",
        "alloc::string::String",
        "alloc::vec::Vec",
        "bool",
        "char",
        "core::num::wrapping::Wrapping",
        "core::option::Option",
        "core::result::Result",
        "core::time::Duration",
        "f32",
        "f64",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "std::collections::hash::map::HashMap",
        "std::collections::hash::set::HashSet",
        "std::hash::random::RandomState",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
    ];
    let is_plain = |word: &str| {
        !word.starts_with(|first: char| first.is_alphabetic() || first == '_')
            || PLAIN.contains(&word)
            // A lifetime.
            || word == "_"
            || word.starts_with("parallel_for::loop_parts::gather::")
    };
    !name.contains(['&', '*', '{']) && words(name).all(is_plain)
}

/// The paths in a type's name, and what stands between them.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let is_path = |character: char| character.is_alphanumeric() || "_:".contains(character);
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let path = is_path(first);
        let end = rest
            .find(|character| is_path(character) != path)
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}
