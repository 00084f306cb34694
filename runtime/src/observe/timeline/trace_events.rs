//! The timeline as Chrome's trace events, which Perfetto and `chrome://tracing` show.
//!
//! Source: the "Trace Event Format" of the Chromium project, JSON object format, complete events ("X") in microseconds.

use std::fmt::{self, Display};

use super::json::Text;
use super::tracks::{Bar, Key};
use super::{Timeline, What};
use crate::base::rank::MASTER;

/// All of them, and the names of ranks.
pub(crate) fn trace_events(timeline: &Timeline) -> String {
    TraceEvents(timeline).to_string()
}

struct TraceEvents<'a>(&'a Timeline);

impl Display for TraceEvents<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let timeline = self.0;
        write!(f, "{{\"displayTimeUnit\":\"ms\",\"otherData\":")?;
        write!(f, "{{\"clock error in ns\":{}}}", timeline.error)?;
        write!(f, ",\"traceEvents\":[")?;
        let name = |rank| {
            format!(
                "{{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":{rank},\"args\":{{\"name\":\"rank {rank}\"}}}}"
            )
        };
        f.write_str(&name(MASTER))?;
        let mut known = MASTER;
        for (key, bars) in timeline.tracks.iter() {
            if key.rank != known {
                known = key.rank;
                write!(f, ",\n{}", name(known))?;
            }
            for bar in bars {
                write!(f, ",\n{}", OneEvent(timeline, key, bar))?;
            }
        }
        f.write_str("]}\n")
    }
}

struct OneEvent<'a>(&'a Timeline, &'a Key, &'a Bar);

impl Display for OneEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(timeline, key, bar) = self;
        let of = timeline.loops.get(key.of as usize);
        let of = of.map_or("", String::as_str);
        let name = match key.what {
            What::Call | What::Chunk => of.to_owned(),
            What::Stage(stage) => stage.to_string(),
        };
        write!(
            f,
            "{{\"name\":{},\"cat\":{},\"ph\":\"X\",\"pid\":{},\"tid\":{},\"ts\":{},\"dur\":{},\"args\":{{",
            Text(&name),
            Text(&key.what.name()),
            key.rank,
            key.thread,
            Microseconds(bar.begun),
            Microseconds(bar.ended - bar.begun),
        )?;
        match key.what {
            What::Call => write!(f, "\"items\":{},\"calls\":{}", bar.behind, bar.count)?,
            What::Chunk => write!(
                f,
                "\"first\":{},\"behind\":{},\"chunks\":{}",
                bar.first, bar.behind, bar.count
            )?,
            What::Stage(_) => write!(f, "\"loop\":{},\"times\":{}", Text(of), bar.count)?,
        }
        write!(f, ",\"busy in us\":{}}}}}", Microseconds(bar.busy))
    }
}

/// As a decimal number.
struct Microseconds(u64);

impl Display for Microseconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}
