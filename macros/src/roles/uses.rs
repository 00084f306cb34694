//! One use of a variable: in words, and whether its name proves what it does.

use crate::model::{Mention, Usage};

/// The use, as the subject of a sentence.
pub(crate) fn describe(mention: &Mention) -> String {
    let place = &mention.place;
    match &mention.usage {
        Usage::Method { name, .. } | Usage::Append { method: name, .. } => {
            format!("`{place}.{name}()`")
        }
        Usage::ElementMethod(method) => format!("`{place}[..].{method}()`"),
        Usage::Element => format!("`{place}[..]`"),
        Usage::AssignElement { .. } => format!("`{place}[..] = ..`"),
        Usage::Borrow => format!("`&{place}`"),
        Usage::BorrowMut => format!("`&mut {place}`"),
        Usage::BorrowElementMut => format!("`&mut {place}[..]`"),
        _ => format!("this use of `{place}`"),
    }
}

/// An append whose value is used, where those of the standard library have none, or one that
/// depends on earlier iterations.
pub(crate) fn is_doubtful(usage: &Usage) -> bool {
    match usage {
        Usage::Append {
            method,
            dropped,
            used,
        } => *used || (method == "insert" && !dropped),
        _ => false,
    }
}
