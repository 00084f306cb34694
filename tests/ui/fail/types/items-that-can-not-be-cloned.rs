// An iteration that leaves the loop is run again, and needs its item a second time.
use parallel_for::parallel_for;

struct Ticket(u32);

#[parallel_for]
fn numbers(tickets: Vec<Ticket>) -> Result<Vec<u32>, String> {
    let mut numbers = Vec::new();
    for ticket in tickets {
        if ticket.0 == 0 {
            return Err("a ticket without a number".to_owned());
        }
        numbers.push(ticket.0);
    }
    Ok(numbers)
}

fn main() {
    numbers(vec![Ticket(1)]).unwrap();
}
