//! The report, as people read it.

use std::fmt::{self, Display};
use std::time::Duration;

use super::advice::Percent;
use super::{Loss, Report, Sums};
use crate::base::phrases::{Time, grouped};

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
            let whose = if ranks > 1 { " of the master" } else { "" };
            write!(
                f,
                ", {} MiB of memory{whose} at most",
                grouped(memory >> 20)
            )?;
        }
        let others = report.loops.values().filter_map(|sums| sums.memory);
        if let Some((memory, rank)) = others.max() {
            let memory = grouped(memory >> 20);
            write!(
                f,
                " and {memory} MiB of rank {rank}, the largest of the others"
            )?;
        }
        if report.is_empty() {
            f.write_str("; no loop has ended")?;
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
            memory: Some((310 << 20, 2)),
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
            "parallel-for report: 3 processes (ranks), 11 s, 10 s of it in loops, 1,200 MiB of memory of the master at most \
             and 310 MiB of rank 2, the largest of the others\n\n\
             simulate:12: 12,000 items in 240 chunks, 10 s on 6 threads of 3 ranks, 96 KiB came from other ranks\n\
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
}
