//! Where the calls of all threads are shown, and the thread that looks at them.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, Weak};
use std::thread;
use std::time::Duration;

use super::Meter;
#[cfg(feature = "progress")]
use super::bars::Bars;
use super::lines::Lines;
use crate::base::clock::now;
use crate::base::lock::lock;
use crate::base::stderr::say;
use crate::observe::progress::Running;

/// What they are shown in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Medium {
    /// Drawn again and again in the same place.
    Bars,
    /// One below the other, as in a batch log.
    Lines,
}

/// It is looked at so often.
const INTERVAL: Duration = Duration::from_millis(100);

/// See the module.
pub(super) struct Screen {
    canvas: Canvas,
    /// Of the threads that reach loops.
    meters: Mutex<Vec<Weak<Meter>>>,
}

enum Canvas {
    #[cfg(feature = "progress")]
    Bars(Bars),
    Lines(Mutex<Lines>),
}

impl Canvas {
    fn new(medium: Medium) -> Self {
        match medium {
            #[cfg(feature = "progress")]
            Medium::Bars => Self::Bars(Bars::new()),
            #[cfg(not(feature = "progress"))]
            Medium::Bars => Self::Lines(Mutex::default()),
            Medium::Lines => Self::Lines(Mutex::default()),
        }
    }
}

impl Screen {
    /// The one of this process, in the medium that is asked for first.
    pub(super) fn of(medium: Medium) -> &'static Self {
        static SCREEN: OnceLock<Screen> = OnceLock::new();
        SCREEN.get_or_init(|| {
            let looking = thread::Builder::new().name("parallel-for progress".to_owned());
            // Without the thread, the ends of calls are shown.
            let _ = looking.spawn(|| {
                loop {
                    thread::sleep(INTERVAL);
                    if let Some(screen) = SCREEN.get() {
                        screen.look();
                    }
                }
            });
            Self {
                canvas: Canvas::new(medium),
                meters: Mutex::default(),
            }
        })
    }

    /// From now on, the calls of a thread are looked at.
    pub(super) fn follow(&self, meter: &Arc<Meter>) {
        let mut meters = self.meters();
        if !meters.iter().any(|one| one.as_ptr() == Arc::as_ptr(meter)) {
            meters.retain(|one| one.strong_count() > 0);
            meters.push(Arc::downgrade(meter));
        }
    }

    /// A call has ended that was to be shown.
    pub(super) fn end(&self, meter: &Arc<Meter>, call: &Running, now: Duration) {
        let words = call.words(now).at_the_end().to_string();
        match &self.canvas {
            #[cfg(feature = "progress")]
            Canvas::Bars(bars) => bars.end(key(meter), &call.name, &words),
            Canvas::Lines(lines) => {
                let is_due = lock(lines).ends(key(meter), call, now);
                if is_due {
                    tell(call, &words);
                }
            }
        }
    }

    fn look(&self) {
        let meters: Vec<_> = self.meters().iter().filter_map(Weak::upgrade).collect();
        let now = now();
        for meter in meters {
            let Some(call) = meter.shown(now) else {
                continue;
            };
            let words = call.words(now);
            match &self.canvas {
                #[cfg(feature = "progress")]
                Canvas::Bars(bars) => {
                    bars.draw(key(&meter), &call, &words.to_string());
                    // It may have ended meanwhile, and then this came too late.
                    if !meter.is_in(&call) {
                        bars.forget(key(&meter));
                    }
                }
                Canvas::Lines(lines) => {
                    let is_due = lock(lines).is_due(key(&meter), &call, now);
                    if is_due {
                        let percent = call.thousandths().map(|thousandths| thousandths / 10);
                        let percent = percent.map(|percent| format!("{percent} %, "));
                        tell(&call, &format!("{}{words}", percent.unwrap_or_default()));
                    }
                }
            }
        }
    }

    fn meters(&self) -> MutexGuard<'_, Vec<Weak<Meter>>> {
        lock(&self.meters)
    }
}

/// A line about a call.
fn tell(call: &Running, words: &str) {
    say(format_args!("parallel-for: {}: {words}", call.name));
}

/// Tells meters apart.
fn key(meter: &Arc<Meter>) -> usize {
    Arc::as_ptr(meter).addr()
}
