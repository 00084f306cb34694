//! What can be changed through them, their type does not say; and values that can't travel, or be copied.
use parallel_for::parallel_for;

struct Row<'a> {
    cells: &'a mut [u64],
}

fn rows_mut(table: &mut [u64]) -> impl Iterator<Item = Row<'_>> {
    table.chunks_mut(2).map(|cells| Row { cells })
}

#[parallel_for]
fn own(table: &mut [u64]) {
    for row in rows_mut(&mut *table) {
        row.cells[0] = 1;
    }
}

#[derive(Clone)]
struct Pixel(u8);

#[parallel_for]
fn without_serde(pixels: &mut [Pixel]) {
    for row in pixels.chunks_mut(3) {
        row[0] = Pixel(row[1].0);
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Ticket(u8);

#[parallel_for]
fn without_clone(tickets: &mut [Ticket]) {
    for ticket in tickets.iter_mut().rev() {
        ticket.0 += 1;
    }
}

#[parallel_for(items = master)]
fn of_the_master(xs: &mut [u64]) {
    for x in &mut xs[1..] {
        *x += 1;
    }
}

fn main() {}
