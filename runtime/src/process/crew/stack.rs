//! How much stack a compute thread needs: as much as the thread that reached the loop has left, as a
//! body that ran in the sequential loop must not overflow here.

use std::cell::Cell;
use std::fs;

/// What most systems give the main thread.
const USUAL: usize = 8 << 20;
/// For the frames between a thread's start and the body.
const OWN: usize = 256 << 10;

/// What is known of a thread's stack.
#[derive(Clone, Copy)]
enum Stack {
    /// The main thread's, which grows up to this size.
    Main(usize),
    /// It ends at this address.
    Until(usize),
    Unknown,
}

thread_local! {
    static STACK: Cell<Option<Stack>> = const { Cell::new(None) };
}

/// The bytes of stack for the compute threads of the present one.
pub(super) fn needed() -> usize {
    let local = 0_u8;
    let here = (&raw const local).addr();
    let stack = STACK.get().unwrap_or_else(|| {
        let maps = fs::read_to_string("/proc/self/maps").unwrap_or_default();
        stack_at(here, &maps)
    });
    STACK.set(Some(stack));
    match stack {
        Stack::Main(size) => size,
        // Rounded, so that threads which were started a few calls deeper still fit.
        Stack::Until(end) => (here.saturating_sub(end) + OWN).next_multiple_of(1 << 20),
        Stack::Unknown => 0,
    }
    .max(USUAL)
}

/// The stack with this address, by the kernel's list of mappings.
fn stack_at(address: usize, maps: &str) -> Stack {
    let mapping = maps.lines().find_map(|line| {
        let (start, end) = line.split_once(' ')?.0.split_once('-')?;
        let start = usize::from_str_radix(start, 16).ok()?;
        let end = usize::from_str_radix(end, 16).ok()?;
        (start..end).contains(&address).then_some((start, line))
    });
    match mapping {
        Some((_, line)) if line.ends_with("[stack]") => Stack::Main(limit(
            &fs::read_to_string("/proc/self/limits").unwrap_or_default(),
        )),
        // Below a thread's stack lies a page that nobody may touch.
        Some((start, _)) => Stack::Until(start),
        None => Stack::Unknown,
    }
}

/// How far the main thread's stack may grow, by the kernel's list of limits.
fn limit(limits: &str) -> usize {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max stack size"));
    match line.and_then(|line| line.split_whitespace().next()) {
        // Address space, not memory: only what is used is ever there.
        Some("unlimited") => 8 * USUAL,
        Some(bytes) => bytes.parse().unwrap_or(USUAL),
        None => USUAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_known_by_the_mapping_that_an_address_lies_in() {
        let maps = "7f00000000-7f00001000 ---p 00000000 00:00 0 \n\
                    7f00001000-7f40001000 rw-p 00000000 00:00 0 \n\
                    7ff0000000-7ff0021000 rw-p 00000000 00:00 0                  [stack]\n";
        let at = |address| stack_at(address, maps);
        assert!(matches!(at(0x7f_3fff_fff0), Stack::Until(0x7f_0000_1000)));
        assert!(matches!(at(0x7f_f000_0010), Stack::Main(_)));
        assert!(matches!(at(0x10), Stack::Unknown));
    }

    #[test]
    fn limits_are_understood() {
        let line =
            |value| format!("Limit  Soft Limit\nMax stack size   {value}  unlimited  bytes\n");
        assert_eq!(limit(&line("16777216")), 16 << 20);
        assert_eq!(limit(&line("unlimited")), 64 << 20);
        assert_eq!(limit(""), USUAL);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn threads_with_much_stack_ask_for_as_much() {
        let big = std::thread::Builder::new().stack_size(300 << 20);
        let needed = big.spawn(needed).unwrap().join().unwrap();
        assert!((299 << 20..310 << 20).contains(&needed), "{needed}");
    }
}
