//! The calls that this rank has entered, in words that last: each is put into words once.

use crate::base::whereabouts::Place;
use crate::protocol::message::{Call, Entry, Site};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: Vec<(Call, Site, &'static Place)>,
}

impl Places {
    /// Programs have a few such calls, and mostly one is in a loop.
    pub(super) fn of(&mut self, entry: &Entry) -> &'static Place {
        let is_it = |(call, site, _): &&(Call, Site, _)| *site == entry.site && *call == entry.call;
        if let Some(&(_, _, place)) = self.known.iter().rfind(is_it) {
            return place;
        }
        let place = Place::new(entry.to_string());
        self.known
            .push((entry.call.clone(), entry.site.clone(), place));
        place
    }
}
