//! Exits of loops over items that are neither `Clone` nor known to serde.

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

struct Ticket(u64, Box<dyn Fn(u64) -> u64 + Send + Sync>);

#[parallel_for]
fn tickets(count: u64, wanted: u64) -> Option<Ticket> {
    let tickets = (0..count).map(|n| Ticket(n, Box::new(move |x| x * n)));
    let mut values = Vec::new();
    for ticket in tickets {
        work(1_000);
        values.push(ticket.1(3));
        if values_of(&ticket) == wanted {
            return Some(Ticket(values.iter().sum(), ticket.1));
        }
    }
    None
}

fn values_of(ticket: &Ticket) -> u64 {
    ticket.1(ticket.0)
}

fn main() {
    let mut report = Vec::new();
    for wanted in [0, 49, 50, 59 * 59] {
        let ticket = tickets(60, wanted).map(|ticket| (ticket.0, values_of(&ticket)));
        report.push(format!("{ticket:?} "));
    }
    show(&report);
}
