//! How far a call is, in words.

use std::fmt::{self, Display};
use std::time::Duration;

use super::Running;
use crate::base::phrases::{Time, grouped};

/// What is told of a call at some time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    running: &'a Running,
    now: Duration,
}

impl Running {
    /// To be told at this time.
    pub(crate) fn words(&self, now: Duration) -> Words<'_> {
        Words { running: self, now }
    }
}

impl Words<'_> {
    /// Of a call that is over.
    pub(crate) fn at_the_end(&self) -> impl Display {
        let took = self.now.saturating_sub(self.running.since);
        let (done, _) = self.running.done();
        #[expect(clippy::cast_precision_loss, reason = "it is for people")]
        let rate = self.running.finished as f64 / took.as_secs_f64();
        let rate = if rate.is_finite() && rate > 0.0 {
            format!(", {}", Rate(rate))
        } else {
            String::new()
        };
        let exceptions = Exceptions(self.running);
        format!("{} in {}{rate}{exceptions}", items(done), Time(took))
    }
}

/// Iterations that were not run as the others.
struct Exceptions<'a>(&'a Running);

impl Display for Exceptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.0.skipped, "skipped"),
            (self.0.resumed, "of an earlier start"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, ", {} {what}", grouped(count))?;
        }
        Ok(())
    }
}

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = self.running;
        let (done, length) = running.done();
        match length {
            Some(length) => write!(f, "{}/{}", grouped(done), grouped(length))?,
            None => f.write_str(&items(done))?,
        }
        if let Some(rate) = running.forecast.rate() {
            write!(f, ", {}", Rate(rate))?;
        }
        let rest = length.map(|length| length - done).filter(|&rest| rest > 0);
        let left = rest.and_then(|rest| running.forecast.left(rest));
        if let Some(left) = left {
            // The forecast is from the last item on.
            let since_item = running.forecast.age(self.now.saturating_sub(running.since));
            write!(
                f,
                ", {} left",
                Time(in_tenths(left.saturating_sub(since_item)))
            )?;
        } else {
            write!(f, ", for {}", Time(self.now.saturating_sub(running.since)))?;
        }
        if running.ranks > 1 {
            let (working, ranks) = (running.busy(), running.ranks);
            write!(f, ", {working}/{ranks} ranks")?;
        }
        write!(f, "{}", Exceptions(running))
    }
}

fn items(count: u64) -> String {
    match count {
        1 => "1 item".to_owned(),
        _ => format!("{} items", grouped(count)),
    }
}

/// What is forecast is not known to the millisecond.
fn in_tenths(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_millis() / 100 * 100).unwrap_or(u64::MAX))
}

/// Items in a second, or seconds for an item.
struct Rate(f64);

impl Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(rate) = *self;
        if rate >= 100.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is a positive number for people"
            )]
            let whole = rate.round() as u64;
            write!(f, "{}/s", grouped(whole))
        } else if rate >= 1.0 {
            write!(f, "{rate:.1}/s")
        } else {
            let each = Duration::try_from_secs_f64(rate.recip()).unwrap_or(Duration::MAX);
            write!(f, "{} each", Time(each))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Cost;
    use crate::observe::Event;
    use crate::protocol::message::{Call, Entry};
    use std::slice;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn running(length: Option<u64>, finished: u64, ranks: usize) -> Running {
        let entry = Entry {
            length,
            ..Entry::new(Call::Loop, std::panic::Location::caller().into())
        };
        let mut running = Running::new(&entry, None, ranks, seconds(100));
        let chunk = 0..finished;
        let event = Event::Finished {
            rank: 0,
            chunks: slice::from_ref(&chunk),
            cost: Cost::default(),
            bytes: 0,
            memory: None,
        };
        running.notice(&event, 0);
        running.look(seconds(110));
        running
    }

    #[test]
    fn items_rate_and_what_is_left_are_told() {
        let several = running(Some(12_000), 4_000, 3);
        let words = several.words(seconds(112)).to_string();
        assert!(words.ends_with(", 0/3 ranks"), "{words}");
        let running = running(Some(12_000), 4_000, 1);
        let words = running.words(seconds(112)).to_string();
        assert_eq!(words, "4,000/12,000, 400/s, 18 s left");
        let over = running.words(seconds(120)).at_the_end().to_string();
        assert_eq!(over, "4,000 items in 20 s, 200/s");
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        let words = |running: &Running| running.words(seconds(115)).to_string();
        assert_eq!(words(&running(None, 7, 1)), "7 items, 1.4 s each, for 15 s");
        assert_eq!(words(&running(Some(7), 0, 1)), "0/7, for 15 s");
        assert_eq!(words(&running(Some(7), 7, 1)), "7/7, 1.4 s each, for 15 s");
    }

    #[test]
    fn exceptions_are_told() {
        let mut running = running(Some(100), 50, 1);
        running.notice(&Event::Resumed { iterations: 25 }, 0);
        let words = running.words(seconds(110)).to_string();
        assert!(words.starts_with("75/100, "), "{words}");
        assert!(
            words.ends_with("5.0 s left, 25 of an earlier start"),
            "{words}"
        );
    }
}
