//! Elements of the user's own types, with what serde lets their authors write.

use std::collections::BTreeMap;

use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Shape {
    Nothing,
    Circle(f64),
    Pair(i8, String),
    Named {
        label: Option<String>,
        inner: Box<Shape>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    List(Vec<Untagged>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    Empty,
    Full { value: u32 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Record {
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(flatten)]
    extra: Extra,
    tail: (u8, char, bool),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Extra {
    weight: f32,
    #[serde(flatten)]
    rest: BTreeMap<String, i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Unit;

fn shape(n: u32) -> Shape {
    match n % 4 {
        0 => Shape::Nothing,
        1 => Shape::Circle(f64::from(n) / 3.0),
        2 => Shape::Pair(-1, format!("pair {n}")),
        _ => Shape::Named {
            label: (n % 8 == 3).then(|| "ä".repeat(3)),
            inner: Box::new(shape(n / 4)),
        },
    }
}

fn record(n: u32) -> Record {
    Record {
        id: u64::from(n) << 33,
        note: n.is_multiple_of(2).then(|| format!("note {n}")),
        tags: vec!["tag".to_owned(); n as usize % 3],
        extra: Extra {
            weight: 0.1,
            rest: BTreeMap::from([(format!("k{n}"), -7)]),
        },
        tail: (255, '€', true),
    }
}

#[parallel_for]
pub(crate) fn main() {
    let mut shapes = Vec::new();
    let mut untagged = Vec::new();
    let mut tagged = Vec::new();
    let mut records = Vec::new();
    let mut others = Vec::new();
    #[parallel_for]
    for n in 0..30 {
        shapes.push(shape(n));
        untagged.push(Untagged::List(vec![
            Untagged::Number(i64::from(n)),
            Untagged::Text(n.to_string()),
        ]));
        tagged.push(if n % 2 == 0 {
            Tagged::Empty
        } else {
            Tagged::Full { value: n }
        });
        records.push(record(n));
    }
    // What only a format that knows the types can tell apart has a loop without the types above.
    #[parallel_for]
    for n in 0..30_u32 {
        others.push((
            Unit,
            Some(Some(())),
            u128::MAX - u128::from(n),
            [n; 4],
            Ok::<_, String>('c'),
        ));
    }
    assert_eq!(shapes[7], shape(7));
    assert_eq!(records[29], record(29));
    println!("{shapes:?}\n{untagged:?}\n{tagged:?}\n{records:?}\n{others:?}");
}
