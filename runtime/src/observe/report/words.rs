//! The report, as people read it.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::time::Duration;

use super::advice::Percent;
use super::{Loss, Report, Sums};
use crate::base::phrases::{Time, grouped};
use crate::base::rank::Rank;

/// What is known of the program around its loops.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    pub(crate) wall: Duration,
    pub(crate) ranks: usize,
    /// Bytes of memory that the master had at most, where the system tells.
    pub(crate) memory: Option<u64>,
}

impl Report {
    /// The report on this program.
    pub(crate) fn on(&self, program: Program) -> impl Display {
        Words {
            report: self,
            program,
        }
        .to_string()
    }
}

/// So many ranks are told of one by one.
const FEW: usize = 8;

struct Words<'a> {
    report: &'a Report,
    program: Program,
}

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { report, program } = self;
        let Program {
            wall,
            ranks,
            memory,
        } = *program;
        write!(
            f,
            "parallel-for report: {}",
            counted(ranks, "process", "processes")
        )?;
        if ranks > 1 {
            write!(f, " (ranks)")?;
        }
        let inside = Time(report.inside);
        write!(f, ", {}, {inside} of it in loops", Time(wall))?;
        if let Some(memory) = memory {
            if ranks > 1 {
                f.write_str("\nmost memory: ")?;
                write_memory(f, memory, &report.memory)?;
            } else {
                write!(f, ", {} MiB of memory at most", grouped(memory >> 20))?;
            }
        }
        if report.is_empty() {
            f.write_str("\nno loop has ended")?;
        }
        for name in &report.order {
            write!(f, "\n\n{name}{}", report.loops[name])?;
        }
        if let Some(advice) = report.advice(wall, ranks) {
            write!(f, "\n\nadvice: {advice}")?;
        }
        Ok(())
    }
}

impl Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = counted(self.items, "item", "items");
        let chunks = counted(self.chunks, "chunk", "chunks");
        write!(f, ": {items} in {chunks}")?;
        if self.calls > 1 {
            write!(f, " of {} calls", grouped(self.calls))?;
        }
        let threads = counted(self.threads, "thread", "threads");
        write!(f, ", {} on {threads}", Time(self.wall))?;
        if self.ranks > 1 {
            write!(f, " of {} ranks", self.ranks)?;
        }
        if self.bytes > 0 {
            write!(f, ", {} came from other ranks", Bytes(self.bytes))?;
        }
        if self.spread > 0 {
            write!(f, ", {} went to each of them", Bytes(self.spread))?;
        }
        let (busy, each) = (Time(self.busy), Time(self.each()));
        let times = self.busy.as_secs_f64() / self.wall.as_secs_f64().max(1e-9);
        write!(
            f,
            "\n  {:>5}  iterations: {busy}, {each} each; {times:.2} of them at a time",
            Part(self.share(self.busy))
        )?;
        for loss in Loss::ALL {
            let part = self.lost(loss);
            if part >= 0.005 {
                write!(f, "\n  {:>5}  {loss}", Part(part))?;
            }
        }
        if !self.slowest.is_empty() {
            f.write_str("\n  slowest: ")?;
        }
        for (number, (slowest, rank)) in self.slowest.iter().enumerate() {
            let comma = if number > 0 { ", " } else { "" };
            let took = Time(Duration::from_nanos(slowest.nanos));
            write!(f, "{comma}{} ({took}", grouped(slowest.iteration))?;
            if self.ranks > 1 {
                write!(f, ", rank {rank}")?;
            }
            f.write_str(")")?;
        }
        if let Some(advice) = self.advice() {
            write!(f, "\n  advice: {advice}")?;
        }
        Ok(())
    }
}

/// What the master had at most, and the others: all of them where they are few, else the extremes.
fn write_memory(
    f: &mut fmt::Formatter<'_>,
    master: u64,
    others: &BTreeMap<Rank, u64>,
) -> fmt::Result {
    write!(f, "{} MiB on the master", grouped(master >> 20))?;
    let by_size = |&(_, &memory): &(&Rank, &u64)| memory;
    let extremes = [
        others.iter().max_by_key(by_size),
        others.iter().min_by_key(by_size),
    ];
    let few = others.len() <= FEW;
    let listed = others.iter().filter(|_| few);
    for (rank, memory) in listed.chain(extremes.into_iter().flatten().filter(|_| !few)) {
        write!(f, ", {} on rank {rank}", grouped(memory >> 20))?;
    }
    if !few {
        let all = master + others.values().sum::<u64>();
        write!(
            f,
            " (the most and the least of the others), {} on all ranks together",
            grouped(all >> 20)
        )?;
    }
    Ok(())
}

impl Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unused => "threads that got nothing to run",
            Self::Last => "waiting for the last iterations",
            Self::Collecting => "collecting results, from the last iteration to the end",
            Self::Spreading => "sending results to all ranks",
            Self::Coding => "encoding and decoding results",
            Self::Handling => "starting, handing out chunks",
        })
    }
}

/// A size of memory.
struct Bytes(u64);

impl Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes) = *self;
        match bytes {
            0..10_240 => write!(f, "{} bytes", grouped(bytes)),
            10_240..10_485_760 => write!(f, "{} KiB", grouped(bytes >> 10)),
            _ => write!(f, "{} MiB", grouped(bytes >> 20)),
        }
    }
}

/// A percentage that can be aligned.
struct Part(f64);

impl Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&Percent(self.0).to_string())
    }
}

fn counted(count: impl TryInto<u64>, one: &str, several: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        count => format!("{} {several}", grouped(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Slowest;

    #[test]
    fn a_report_reads_like_this() {
        let seconds = Duration::from_secs;
        let mut report = Report::default();
        let sums = Sums {
            calls: 1,
            items: 12_000,
            chunks: 240,
            threads: 6,
            ranks: 3,
            wall: seconds(10),
            whole: seconds(60),
            busy: seconds(36),
            bytes: 96 << 10,
            spread: 3 << 20,
            memory: [(1, 280 << 20), (2, 310 << 20)].into(),
            lost: [0, 18, 1, 2, 1, 2].map(seconds),
            slowest: vec![
                (
                    Slowest {
                        iteration: 8231,
                        nanos: 1_200_000_000,
                    },
                    2,
                ),
                (
                    Slowest {
                        iteration: 17,
                        nanos: 40_000_000,
                    },
                    0,
                ),
            ],
        };
        report.add("simulate:12", sums);
        let program = Program {
            wall: seconds(11),
            ranks: 3,
            memory: Some(1200 << 20),
        };
        assert_eq!(
            report.on(program).to_string(),
            "parallel-for report: 3 processes (ranks), 11 s, 10 s of it in loops\n\
             most memory: 1,200 MiB on the master, 280 on rank 1, 310 on rank 2\n\n\
             simulate:12: 12,000 items in 240 chunks, 10 s on 6 threads of 3 ranks, 96 KiB came from other ranks, \
             3,072 KiB went to each of them\n\
             \x20  60 %  iterations: 36 s, 3.0 ms each; 3.60 of them at a time\n\
             \x20  30 %  waiting for the last iterations\n\
             \x20   2 %  collecting results, from the last iteration to the end\n\
             \x20   3 %  sending results to all ranks\n\
             \x20   2 %  encoding and decoding results\n\
             \x20   3 %  starting, handing out chunks\n\
             \x20 slowest: 8,231 (1.2 s, rank 2), 17 (40 ms, rank 0)\n\
             \x20 advice: 30 % of the time went by waiting for the last iterations: sort the items by cost, the longest first"
        );
    }

    #[test]
    fn of_many_ranks_the_extremes_are_told() {
        let sums = Sums {
            memory: (1..20).map(|rank| (rank, (rank as u64) << 20)).collect(),
            ..Sums::default()
        };
        let mut report = Report::default();
        report.add("simulate:12", sums);
        let program = Program {
            wall: Duration::from_secs(1),
            ranks: 20,
            memory: Some(10 << 20),
        };
        let told = "\nmost memory: 10 MiB on the master, 19 on rank 19, 1 on rank 1 \
                    (the most and the least of the others), 200 on all ranks together\n";
        let text = report.on(program).to_string();
        assert!(text.contains(told), "{text}");
    }
}
