use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;

fn round_trip<T: Transport>(value: &T) -> (Format, T) {
    let Encoded { format, bytes } = encode(value);
    (format, decode(format, &bytes).unwrap())
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    name: String,
    #[serde(flatten)]
    rest: BTreeMap<String, u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Skips {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<u32>,
    second: u32,
}

#[test]
fn types_that_need_a_self_describing_format_travel_too() {
    let untagged = vec![Untagged::Number(1), Untagged::Text("two".into())];
    assert_eq!(round_trip(&untagged), (Format::SelfDescribing, untagged));
    let flat = Flat {
        name: "n".into(),
        rest: BTreeMap::from([("a".into(), 1)]),
    };
    assert_eq!(round_trip(&flat), (Format::SelfDescribing, flat));
    let skips = vec![
        Skips {
            first: None,
            second: 7,
        },
        Skips {
            first: Some(1),
            second: 8,
        },
    ];
    assert_eq!(round_trip(&skips), (Format::SelfDescribing, skips));
}

#[test]
fn a_value_that_would_change_on_the_way_is_refused() {
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Ambiguous {
        Small(u32),
        Large(u64),
    }
    let value = vec![Ambiguous::Small(1), Ambiguous::Large(1)];
    let report = panicking::catch(|| encode(&value)).unwrap_err();
    assert!(
        report.message.contains("reads back as a different value"),
        "{}",
        report.message
    );
    let nested = (Untagged::Number(1), Some(Some(())));
    assert!(panicking::catch(|| encode(&vec![nested])).is_err());
}

#[test]
fn an_encoder_that_met_such_a_value_once_stays_self_describing() {
    let encoder = Encoder::default();
    assert_eq!(
        encoder.encode(&Vec::<Untagged>::new()).format,
        Format::Compact
    );
    assert_eq!(
        encoder.encode(&vec![Untagged::Number(1)]).format,
        Format::SelfDescribing
    );
    assert_eq!(
        encoder.encode(&Vec::<Untagged>::new()).format,
        Format::SelfDescribing
    );
}

#[test]
fn more_values_without_size_than_the_compact_format_allows() {
    let many = vec![(); 1 << 17];
    assert_eq!(round_trip(&many).1.len(), many.len());
}

proptest! {
    #[test]
    fn float_bits_survive(bits in proptest::collection::vec(any::<u64>(), 0..50)) {
        let floats: Vec<f64> = bits.iter().copied().map(f64::from_bits).collect();
        let back: Vec<u64> = round_trip(&floats).1.iter().map(|x| x.to_bits()).collect();
        prop_assert_eq!(back, bits);
    }

    #[test]
    fn nested_values_survive(value: Vec<(String, Option<i128>, HashMap<u8, char>)>) {
        prop_assert_eq!(round_trip(&value).1, value);
    }
}
