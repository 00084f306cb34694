//! What people call a loop.

use crate::loop_parts::options::Shown;
use crate::protocol::message::Entry;

/// The name of a call: what its user calls it, its function and line, or its place.
pub(crate) fn name(entry: &Entry, shown: Option<Shown>) -> String {
    if let Some(Shown::As(name)) = shown {
        return name.to_owned();
    }
    let Some(identity) = &entry.identity else {
        return entry.site.to_string();
    };
    // `a::b::<c::D>` is `b` here.
    let function = identity.function.split("::<").next().unwrap_or_default();
    let function = function.rsplit("::").next().unwrap_or_default();
    format!("{function}:{}", entry.site.line())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::loop_parts::identity::{LoopIdentity, Written};
    use crate::protocol::message::{Call, Site};

    /// Of a loop of this length in this function.
    pub(in crate::observe) fn entry(length: Option<u64>) -> Entry {
        fn identity<F>(_: F) -> LoopIdentity {
            LoopIdentity::of::<(), (), F>(Written::new(1, 2))
        }
        let site: Site = std::panic::Location::caller().into();
        Entry {
            length,
            identity: Some(identity(|| ())),
            ..Entry::new(Call::Loop, site)
        }
    }

    #[test]
    fn a_loop_is_called_by_its_function_and_line_or_as_its_user_says() {
        let entry = entry(None);
        let line = entry.site.line();
        assert_eq!(name(&entry, None), format!("entry:{line}"));
        assert_eq!(name(&entry, Some(Shown::As("cells"))), "cells");
        let anonymous = Entry::new(Call::Split, entry.site.clone());
        assert_eq!(name(&anonymous, None), entry.site.to_string());
    }
}
