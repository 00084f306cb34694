//! Values at places, which are used again when a value was taken.
//!
//! Invariant: a place that is not free has a value.

/// See the module.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    values: Vec<Option<T>>,
    free: Vec<usize>,
}

impl<T> Slots<T> {
    pub(crate) fn new() -> Self {
        Self {
            values: Vec::new(),
            free: Vec::new(),
        }
    }

    /// The place where the value is from now on.
    pub(crate) fn put(&mut self, value: T) -> usize {
        if let Some(place) = self.free.pop() {
            self.values[place] = Some(value);
            return place;
        }
        self.values.push(Some(value));
        self.values.len() - 1
    }

    /// The value at this place, if there is one.
    pub(crate) fn take(&mut self, place: usize) -> Option<T> {
        let value = self.values.get_mut(place)?.take()?;
        self.free.push(place);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn values_are_where_they_were_put_and_places_are_used_again(
            steps in proptest::collection::vec(proptest::option::of(0..12_usize), 0..60),
        ) {
            let (mut slots, mut expected, mut most) = (Slots::new(), BTreeMap::new(), 0);
            for (number, step) in steps.into_iter().enumerate() {
                if let Some(place) = step {
                    prop_assert_eq!(slots.take(place), expected.remove(&place));
                    continue;
                }
                let place = slots.put(number);
                prop_assert_eq!(expected.insert(place, number), None);
                most = most.max(expected.len());
                prop_assert!(place < most);
            }
        }
    }
}
