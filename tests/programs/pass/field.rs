//! Outputs that are fields of a local struct, at any depth.

use parallel_for::parallel_for;

#[derive(Debug, Default)]
struct Report {
    title: String,
    tables: Tables,
    pair: (Vec<u8>, Vec<char>),
}

#[derive(Debug, Default)]
struct Tables {
    even: Vec<u32>,
    odd: Vec<u32>,
}

#[parallel_for]
pub(crate) fn main() {
    let mut report = Report {
        title: "numbers".to_owned(),
        ..Report::default()
    };
    for n in 0..60 {
        if n % 2 == 0 {
            report.tables.even.push(n);
        } else {
            report.tables.odd.push(n);
        }
    }
    report.title.push('!');
    println!("{report:?}");
    println!("{:?}", pairs());
    let mut body = Body::default();
    body.move_by(&[1.0, 0.25, -3.0]);
    println!("{body:?}");
}

/// Fields whose paths are the same with `_` for `.`.
#[derive(Debug, Default)]
struct Body {
    place: Place,
    place_x: f64,
    place_log: Vec<f64>,
}

#[derive(Debug, Default)]
struct Place {
    x: f64,
    log: Vec<f64>,
}

impl Body {
    #[parallel_for]
    fn move_by(&mut self, steps: &[f64]) {
        for step in steps {
            self.place.x += step;
            self.place_x -= 2.0 * step;
            self.place.log.push(*step);
            self.place_log.push(step * 4.0);
        }
    }
}

#[parallel_for]
fn pairs() -> Report {
    let mut report = Report::default();
    for byte in b'a'..=b'z' {
        report.pair.0.push(byte);
        report.pair.1.push(char::from(byte));
    }
    report
}
